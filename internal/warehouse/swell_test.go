package warehouse

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestSwelling: what would be copied without end is refused before the engine
// begins, and what people write is not.
func TestSwelling(t *testing.T) {
	r := asker(t, map[string]string{"queries/of.sql": "-- title: Một\n-- params: {wanted: {title: Đơn vị}}\nSELECT unit FROM progress WHERE unit = wanted OR note = wanted"})
	ctx := context.Background()
	around := func(n int, before, inner, after string) string {
		return "SELECT " + strings.Repeat(before, n) + inner + strings.Repeat(after, n)
	}
	whens := strings.Repeat(" WHEN 1 THEN 1", 60)
	for _, sql := range []string{
		around(30, "round_even(", "1.5", ", 0)"),
		around(40, "nullif(", "1", ", 2)"),
		around(30, "split_part(", "'a'", ", 'a', 1)"),
		around(22, "array_pop_back(", "[1, 2]", ")"),
		around(18, "period_end(", "'2021-Q1'", ")"),
		around(60, "(", "1", " BETWEEN 0 AND 1)"),
		around(24, "CASE ", "1", " WHEN 1 THEN 1 WHEN 2 THEN 2 END"),
		around(5, "CASE ", "1", whens+" END"),
		around(12, "(SELECT max(period_end(period)) FROM progress_as_of(", "DATE '2030-01-01'", "))"),
		around(14, "(SELECT max(unit) FROM of(", "'SNV'", "))"),
	} {
		if _, err := r.Ask(ctx, Question{SQL: sql}); err == nil || err.Error() != r.locale.Say("ask.deep") {
			t.Errorf("%.60s…: %v", sql, err)
		}
	}
	for _, sql := range []string{
		"SELECT CASE unit" + strings.Repeat(" WHEN 'SNV' THEN 1", 2000) + " ELSE CASE line WHEN 1 THEN CASE note WHEN 'a' THEN 2 END END END FROM progress",
		"SELECT round(sum(arranged_m) / nullif(sum(backlog_m), 0), 2), max(period_months(period)), max(period_end(period)) FROM progress WHERE backlog_m BETWEEN 0 AND 1e9 GROUP BY unit",
		"SELECT * FROM of((SELECT max(unit) FROM of('SNV')))",
		"SELECT 1 WHERE 1 IN (" + strings.Repeat("1, ", 15000) + "2)",
		"SELECT 1 FROM progress WHERE " + strings.Repeat("backlog_m BETWEEN 1 AND 2 OR ", 1000) + "true",
	} {
		if _, err := r.Ask(ctx, Question{SQL: sql}); err != nil {
			t.Errorf("%.60s…: %v", sql, err)
		}
	}
}

// TestCopied: every macro that uses a parameter more than once is known.
func TestCopied(t *testing.T) {
	r := asker(t, nil)
	rows, err := r.db.Query(`SELECT function_name, unnest(parameters), macro_definition FROM duckdb_functions()
		WHERE function_type = 'macro' AND macro_definition IS NOT NULL`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var name, param, text string
		if err := rows.Scan(&name, &param, &text); err != nil {
			t.Fatal(err)
		}
		text = regexp.MustCompile(`"\w+" :=`).ReplaceAllString(text, "") // a field, not the parameter
		n := len(regexp.MustCompile(fmt.Sprintf(`\b%s\b`, regexp.QuoteMeta(param))).FindAllString(text, -1))
		if n > 1 && copied[name] == 0 && !slices.Contains(withheld, name) && !strings.HasPrefix(name, "__") {
			t.Errorf("%s(%s) uses it %d times: %s", name, param, n, text)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
}
