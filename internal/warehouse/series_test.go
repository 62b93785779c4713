package warehouse

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"tongket/internal/report"
)

const listHeader = "-- title: Diễn biến\n-- columns: {course: {title: Diễn biến, format: sparkline, decimals: 1}}\n"

func TestListsAreSparklines(t *testing.T) {
	r, err := define(t, map[string]string{
		"queries/numbers.sql":  listHeader + "SELECT [1.5, NULL, 3.25]::DOUBLE[] AS course",
		"queries/decimals.sql": listHeader + "SELECT [1.50, NULL, 3.25] AS course",
		"queries/whole.sql":    listHeader + "SELECT [1, NULL, 'nan'::DOUBLE, 9] AS course",
		"queries/nothing.sql":  listHeader + "SELECT NULL::DOUBLE[] AS course",
		"queries/empty.sql":    listHeader + "SELECT []::DOUBLE[] AS course",
		"queries/texts.sql":    listHeader + "SELECT ['a'] AS course",
		"queries/long.sql":     listHeader + "SELECT range(1001) AS course",
		"queries/number.sql":   listHeader + "SELECT 1.5 AS course",
		"queries/plain.sql":    "-- title: Không khai\n-- columns: {course: {title: Diễn biến}}\nSELECT [1.5] AS course",
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"numbers": "[1.5, NULL, 3.25]", "decimals": "[1.5, NULL, 3.25]", "whole": "[1, NULL, NULL, 9]", "nothing": "", "empty": "[]",
	} {
		table, err := r.Query(context.Background(), name, nil)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got := ""
		if s, ok := table.Rows[0][0].(report.Series); ok {
			got = s.String()
		}
		if got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
		// The next edition reads what this one wrote.
		var csv bytes.Buffer
		if err := table.WriteCSV(&csv, table.All()); err != nil {
			t.Fatal(err)
		}
		if want != "" && !strings.Contains(csv.String(), want) {
			t.Errorf("%s: CSV %q", name, csv.String())
		}
	}
	for name, want := range map[string]string{
		"texts": `queries/texts.sql: column "course": a list that holds "a"`, "long": "a list of 1001 numbers",
		"number": "needs a list of numbers", "plain": "needs `format: sparkline`",
	} {
		if _, err := r.Query(context.Background(), name, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", name, err, want)
		}
	}
}

func TestPreviousListsComeBack(t *testing.T) {
	r, err := define(t, map[string]string{"queries/back.sql": listHeader + "SELECT CAST('[1.5, NULL, 3.25]' AS DOUBLE[]) AS course"})
	if err != nil {
		t.Fatal(err)
	}
	table, err := r.Query(context.Background(), "back", nil)
	if err != nil {
		t.Fatal(err)
	}
	if s, ok := table.Rows[0][0].(report.Series); !ok || s.String() != "[1.5, NULL, 3.25]" {
		t.Errorf("%v", table.Rows)
	}
}
