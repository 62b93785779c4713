package warehouse

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
)

// TestPick: a query without parameters gives the rows in which columns have
// the values asked for, in its own order, to many that ask at once.
func TestPick(t *testing.T) {
	r, err := define(t, map[string]string{
		"queries/course.sql": `-- title: x
-- columns: {line: {title: l}, unit: {title: u}, n: {title: n}, day: {title: d}, share: {title: s}, note: {title: t}}
SELECT * FROM (VALUES (1, 'SNV', 3, DATE '2022-10-28', 0.5, NULL), (2, '731', 1, DATE '2022-10-28', 2, 'a'), (3, 'SNV', 1, DATE '2021-01-05', 0.5, ''), (4, 'snv', 9, NULL, NULL, 'a" "b'))
	AS t(line, unit, n, day, share, note) ORDER BY line`,
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	for values, want := range map[string]string{
		"unit=SNV":              "1 3",
		"unit=snv":              "4",
		"n=1":                   "2 3",
		"unit=SNV,n=1":          "3",
		"day=2022-10-28":        "1 2",
		"share=0.5":             "1 3",
		"share=2":               "2",
		"share=0.50":            "1 3",
		"n=03":                  "1",
		"unit=0731":             "", // a text is what it says
		`note=a" "b`:            "4",
		"note=":                 "3", // a missing value is no empty text
		"unit=SNV' OR 1=1 --":   "",
		`unit=731,note=a" "b`:   "",
		"unit=SNV,unknown":      "no parameter and no column",
		"unit=731,day=28/10/22": "",
	} {
		var together sync.WaitGroup
		for range 4 {
			together.Go(func() {
				params := map[string]string{}
				for _, pair := range strings.Split(values, ",") {
					name, value, _ := strings.Cut(pair, "=")
					params[name] = value
				}
				picked, err := r.Query(ctx, "course", params)
				if err != nil {
					if want == "" || !strings.Contains(err.Error(), want) {
						t.Errorf("%s: %v", values, err)
					}
					return
				}
				var lines []string
				for _, row := range picked.Rows {
					lines = append(lines, fmt.Sprint(row[0]))
				}
				if got := strings.Join(lines, " "); got != want {
					t.Errorf("%s: lines %q, not %q", values, got, want)
				}
			})
		}
		together.Wait()
	}
}
