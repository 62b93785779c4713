package warehouse

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// tally counts warnings by what they are about: a rule of subjects, or "rule"
// for those of the contract.
type tally map[string]int

// subjects are the rules of the loader whose warnings are told apart, in the
// order in which a note names them; the rules of the contract come last.
var subjects = []string{"total", "formula", "falls", "thousandfold", "left_out", "writing", "rule"}

// about is the subject of a warning's rule, in SQL. How a figure is written is
// one subject, however many ways there are to doubt it.
const about = `CASE WHEN w.rule IN ('total', 'formula', 'falls', 'thousandfold') THEN w.rule
	WHEN w.rule IN ('lacking', 'blanked') THEN 'left_out'
	WHEN w.rule IN ('about', 'against', 'days', 'open', 'rounded', 'unit') THEN 'writing' ELSE 'rule' END`

// ofFile are the rules that speak of a column or a sum, not of the row on
// whose line they stand.
const ofFile = "'total', 'open', 'rounded', 'lacking'"

// countDoubts counts the warnings of what stands today: those of rows in
// force, and those of whole files which have such rows.
func (r *Reader) countDoubts(ctx context.Context) error {
	for _, res := range r.contract.Resources {
		counts, err := r.tallied(ctx, fmt.Sprintf(`SELECT %s AS subject, count(*) FROM warehouse.warnings AS w
			LEFT JOIN submissions AS s ON s.id = w.submission AND s.resource = %s AND s.rows_in_force > 0
			WHERE w.rule IN (%s) AND s.id IS NOT NULL OR EXISTS (SELECT 1 FROM (%s) AS x
				WHERE x.submission = w.submission AND x.line = w.line)
			GROUP BY subject`, about, lit(res.Name), ofFile, standing(res, r.after)))
		if err != nil {
			return fmt.Errorf("warehouse: %w", err)
		}
		if len(counts) > 0 {
			r.doubts[res.Name] = counts
		}
	}
	return nil
}

func (r *Reader) tallied(ctx context.Context, query string) (tally, error) {
	rows, err := r.db.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := tally{}
	for rows.Next() {
		var subject string
		var n int
		if err := rows.Scan(&subject, &n); err != nil {
			return nil, err
		}
		out[subject] = n
	}
	return out, rows.Err()
}

// notes are the doubts about the rows that a query rests on, to be printed
// under its numbers. A query with parameters shows a part of the rows, perhaps
// one without any doubt, and gets none; nor does one about the files, which
// tells them itself.
func (r *Reader) notes(q *Query) []string {
	if len(r.doubts) == 0 || len(q.Params) > 0 || r.aboutFiles(q) {
		return nil
	}
	sum, all := tally{}, 0
	for _, table := range r.tables(q) {
		for subject, n := range r.doubts[table] {
			sum[subject] += n
			all += n
		}
	}
	if all == 0 {
		return nil
	}
	count := func(n int) string { return r.locale.Number(float64(n), 0) }
	var parts []string
	for _, subject := range subjects {
		if n := sum[subject]; n > 0 {
			parts = append(parts, r.locale.Say("doubt."+subject, "n", count(n)))
		}
	}
	key := "doubt.many"
	if all == 1 {
		key = "doubt.one"
	}
	return []string{r.locale.Say(key, "n", count(all), "list", strings.Join(parts, r.locale.Say("doubt.and")))}
}

// aboutFiles reports whether a query reads the accounts of the files, itself
// or through others.
func (r *Reader) aboutFiles(q *Query) bool {
	return slices.ContainsFunc(r.sources(q), func(name string) bool {
		return slices.Contains(accounts, name)
	})
}
