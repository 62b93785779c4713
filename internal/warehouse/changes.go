package warehouse

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"tongket/internal/contract"
	"tongket/internal/report"
)

// changesWrong makes the tests of the changes of units, each as its name,
// title and body.
func changesWrong(c *contract.Contract, l *report.Locale) [][3]string {
	changes := c.Succession()
	if changes == nil {
		return nil
	}
	s := changes.Succession
	from, to, date := "c."+ident(s.From), "c."+ident(s.To), "c."+ident(s.Date)
	test := func(name, with, message, where string) [3]string {
		return [3]string{name + "_" + changes.Name, l.Say("derived."+name, "resource", changes.Title),
			fmt.Sprintf("%sSELECT %s, %s, %s, %s AS message, c.submission, c.line FROM %s AS c%s ORDER BY ALL", with, date, from, to, message, ident(changes.Name), where)}
	}
	absent := func(code, day string) string {
		return fmt.Sprintf("(%[1]s IN (SELECT f.code FROM __frame AS f) AND NOT EXISTS (SELECT 1 FROM __frame AS f WHERE f.code = %[1]s AND %s BETWEEN f.since AND f.until))", code, day)
	}
	oldAbsent, newAbsent := absent(from, date+" - 1"), absent(to, date)
	out := [][3]string{
		test("circle", circle, "x.path", fmt.Sprintf(" JOIN circles AS x ON x.a = %s AND x.d = %s AND x.b = %s", from, date, to)),
		test("early", "", fmt.Sprintf("CASE WHEN %s THEN %s ELSE %s END", oldAbsent, lit(l.Say("derived.early.from")), lit(l.Say("derived.early.to"))),
			" WHERE "+oldAbsent+" OR "+newAbsent),
	}
	if s.Share != "" {
		share := "c." + ident(s.Share)
		sum := fmt.Sprintf("SELECT %s AS a, %s AS d FROM %s AS c GROUP BY ALL HAVING coalesce(sum(%s) FILTER (%s IS NOT NULL) > 1.000000001 OR min(%[4]s) < 0, false)", from, date, ident(changes.Name), share, to)
		out = append(out, test("shares", "", lit(l.Say("derived.shares.message")), fmt.Sprintf(" JOIN (%s) AS x ON x.a = %s AND x.d = %s", sum, from, date)))
	}
	return out
}

// circle finds units that became another one as a whole, and it another, until
// the first was there again. Where the register founds the first anew that
// day, there is none. Only what closes a circle has its path written out.
const circle = `WITH RECURSIVE whole AS (
  SELECT a, d, b FROM __steps WHERE how = 1 AND share = 1 AND a <> b
), onward AS (
  SELECT w.a, w.d, w.b, min(n.d) AS leaves FROM whole AS w LEFT JOIN whole AS n ON n.a = w.b AND n.d >= w.d GROUP BY ALL
), walk AS (
  SELECT a, d, b, b AS reached, d AS arrived, leaves FROM onward
  UNION
  SELECT w.a, w.d, w.b, n.b, n.d, n.leaves FROM walk AS w JOIN onward AS n ON n.a = w.reached AND n.d = w.leaves WHERE w.reached <> w.a
), path AS (
  SELECT a, d, b, [a, b] AS seen, b AS reached, o.leaves FROM onward AS o
    WHERE EXISTS (SELECT 1 FROM walk AS w WHERE w.a = o.a AND w.d = o.d AND w.reached = o.a AND NOT EXISTS (SELECT 1 FROM __frame AS f WHERE f.code = w.a AND f.since = w.arrived))
  UNION ALL
  SELECT p.a, p.d, p.b, list_append(p.seen, n.b), n.b, n.leaves FROM path AS p JOIN onward AS n ON n.a = p.reached AND n.d = p.leaves WHERE p.reached <> p.a
), circles AS (
  SELECT a, d, b, array_to_string(seen, ' → ') AS path FROM path WHERE reached = a
)
`

// throughTime lets what a query calls to follow units stand for the tables
// behind it, and keeps which tables it tells in the units of another day.
func (r *Reader) throughTime(q *Query) {
	macros := r.contract.Macros()
	for _, ref := range slices.Clone(q.reads) {
		for _, table := range macros[ref.name] {
			q.reads = append(q.reads, reference{name: table, at: ref.at})
		}
	}
}

// telling is a table told in the units of a day; the day is empty where the
// query computes it.
type telling struct{ macro, day string }

// tellings are those of a query and of what it reads.
func (r *Reader) tellings(q *Query) []telling {
	var out []telling
	seen := map[string]bool{}
	var visit func(q *Query)
	visit = func(q *Query) {
		seen[q.Name] = true
		for _, t := range q.told {
			if table, ok := strings.CutSuffix(t.macro, "_in"); ok && r.contract.Macros()[t.macro] != nil && r.contract.Resource(table) != nil && !slices.Contains(out, t) {
				out = append(out, t)
			}
		}
		for _, ref := range q.reads {
			if next := r.queries[ref.name]; next != nil && !seen[next.Name] {
				visit(next)
			}
		}
	}
	visit(q)
	return out
}

// unplaced tells, to stand under the numbers of a query that tells a table in
// the units of another day, how many units no share carries over.
func (r *Reader) unplaced(ctx context.Context, q *Query) ([]string, error) {
	if len(q.Params) > 0 {
		return nil, nil
	}
	var open, kept int64
	for _, t := range r.tellings(q) {
		day := "(SELECT max(d) FROM __steps)"
		if t.day != "" {
			day = lit(t.day)
		}
		var o, k int64
		err := r.db.QueryRowContext(ctx, fmt.Sprintf(`SELECT count(DISTINCT unit_as_reported) FILTER (NOT placed), count(DISTINCT unit_as_reported) FILTER (placed AND carried = 'records') FROM %s(%s)`,
			ident(t.macro), day)).Scan(&o, &k)
		if err != nil {
			return nil, q.fault(err)
		}
		open, kept = max(open, o), max(kept, k)
	}
	var out []string
	for _, note := range []struct {
		key string
		n   int64
	}{{"retold.open", open}, {"retold.records", kept}} {
		if note.n > 0 {
			out = append(out, r.locale.Say(note.key, "n", r.locale.Number(float64(note.n), 0)))
		}
	}
	return out, nil
}

// constant returns the first text that stands in the arguments of a call.
func constant(arguments any) string {
	switch x := arguments.(type) {
	case []any:
		if len(x) > 0 {
			return constant(x[0])
		}
	case map[string]any:
		if value, ok := x["value"].(map[string]any); ok && x["class"] == "CONSTANT" {
			return word(value["value"])
		}
		if x["class"] == "CAST" {
			return constant(x["child"])
		}
	}
	return ""
}
