package warehouse

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"tongket/internal/contract"
	"tongket/internal/intake"
)

// How a figure came to the unit under which it stands. Of several steps the
// last one of this list is told.
//
//	same     the unit has not changed
//	whole    the unit became this one, or part of it
//	share    a part that a share tells
//	records  no share tells the part: this body took over the records
//	open     nothing tells where it went: it stands where it was last known
const carried = "['same', 'whole', 'share', 'records', 'open']"

// part is the type of shares: whole numbers within, so that sums do not depend
// on their order.
const part = "DECIMAL(18, 15)"

// frames makes the macros that follow units through time, where the contract
// says how they change:
//
//	units_on(day)                        the register's rows that hold that day
//	successors(code, from_day, to_day)   what a unit of one day is on a later one
//	lineage(code, day)                   the changes that made a unit what it is that day
//	progress_in(day)                     a table, told in the units of that day
func (r *Reader) frames(ctx context.Context) error {
	changes := r.contract.Succession()
	if changes == nil {
		return nil
	}
	f := follower{changes, r.contract.Resource(changes.Succession.Of), changes.Key(changes.Succession.From).Target}
	statements := []string{
		f.frame(), f.steps(), f.links(),
		"CREATE TABLE __touched AS SELECT a AS code, d FROM __steps UNION SELECT b, d FROM __steps",
		f.on(), f.successors(), f.lineage(),
		"CREATE TABLE __periods (period VARCHAR, day DATE)",
	}
	for _, t := range r.contract.Resources {
		if key := r.contract.Retold(t); key != nil {
			if err := r.periods(ctx, t, &statements); err != nil {
				return err
			}
			statements = append(statements, retold(t, key.Field))
		}
	}
	return r.exec(ctx, append(statements, bounds)...)
}

// bounds puts for the last day of a period the last day before it on which
// anything began, changed or ended: periods between two such days are alike,
// and units need not be followed for each of them.
const bounds = `UPDATE __periods SET day = coalesce((SELECT max(b.day) FROM (
	SELECT s.d AS day FROM __steps AS s UNION SELECT f.since FROM __frame AS f WHERE isfinite(f.since) UNION SELECT f.until + 1 FROM __frame AS f WHERE isfinite(f.until)
	) AS b WHERE b.day <= __periods.day), DATE '0001-01-01')`

// periods notes the last day of each period of a table.
func (r *Reader) periods(ctx context.Context, t *contract.Resource, statements *[]string) error {
	rows, err := r.db.QueryContext(ctx, fmt.Sprintf("SELECT DISTINCT %s AS period FROM %s WHERE period IS NOT NULL ORDER BY period", ident(periodOf(t)), ident(t.Name)))
	if err != nil {
		return fmt.Errorf("warehouse: %w", err)
	}
	defer rows.Close()
	var values []string
	for rows.Next() {
		var period string
		if err := rows.Scan(&period); err != nil {
			return fmt.Errorf("warehouse: %w", err)
		}
		if day := intake.PeriodEnd(period); day != "" {
			values = append(values, fmt.Sprintf("(%s, TRY_CAST(%s AS DATE))", lit(period), lit(day)))
		}
	}
	if len(values) > 0 {
		*statements = append(*statements, fmt.Sprintf("INSERT INTO __periods SELECT * FROM (VALUES %s) AS v(period, day) WHERE period NOT IN (SELECT period FROM __periods)", strings.Join(values, ", ")))
	}
	return rows.Err()
}

func periodOf(t *contract.Resource) string {
	at := slices.IndexFunc(t.Fields, func(f *contract.Field) bool { return f.Period })
	return t.Fields[at].Name
}

// A follower writes the SQL that goes along the changes of the units.
type follower struct {
	changes, units *contract.Resource
	code           string // key of the register
}

// frame lists which codes hold when.
func (f follower) frame() string {
	return fmt.Sprintf(`CREATE TABLE __frame AS SELECT u.%s AS code, coalesce(u.%s, '-infinity'::DATE) AS since, coalesce(u.%s, 'infinity'::DATE) AS until
		FROM %s AS u WHERE u.%[1]s IS NOT NULL`, ident(f.code), ident(f.units.ValidFrom), ident(f.units.ValidTo), ident(f.units.Name))
}

// steps reads the changes: on day d, this share of a becomes b. What no row
// places is a step from a to itself that is open.
func (f follower) steps() string {
	s := f.changes.Succession
	share, records := "NULL", "NULL"
	if s.Share != "" {
		// -1 for what is no part of a whole: it must not pass for "not told"
		share = fmt.Sprintf("max(CASE WHEN c.%s BETWEEN 0 AND 1 THEN CAST(c.%[1]s AS %s) WHEN c.%[1]s IS NOT NULL THEN -1 END)", ident(s.Share), part)
	}
	if s.Records != "" {
		records = fmt.Sprintf("bool_or(c.%s)", ident(s.Records))
	}
	return fmt.Sprintf(`CREATE TABLE __steps AS
WITH given AS (
  SELECT c.%[1]s AS a, c.%[2]s AS d, c.%[3]s AS b, CAST(%[4]s AS %[7]s) AS share, CAST(%[5]s AS BOOLEAN) AS records
  FROM %[6]s AS c WHERE c.%[1]s IS NOT NULL AND c.%[2]s IS NOT NULL GROUP BY ALL
), told AS (
  SELECT a, d, CASE WHEN count(*) = 1 AND min(b) IS NOT NULL AND min(share) IS NULL AND coalesce(min(records), true) THEN min(b) END AS heir,
    coalesce(min(share) < 0 OR sum(share) FILTER (b IS NOT NULL) > 1, false) AS wrong,
    CAST(coalesce(sum(share) FILTER (b IS NOT NULL), 0) AS DECIMAL(38, 15)) AS sum,
    CASE WHEN count(*) FILTER (records AND b IS NOT NULL) = 1 THEN max(b) FILTER (records) END AS keeper
  FROM given GROUP BY a, d
)
SELECT a, d, heir AS b, CAST(1 AS %[7]s) AS share, 1 AS how, false AS open FROM told WHERE heir IS NOT NULL
UNION ALL SELECT g.a, g.d, g.b, g.share, CASE WHEN g.share = 1 THEN 1 ELSE 2 END, false FROM given AS g JOIN told AS t ON t.a = g.a AND t.d = g.d
  WHERE NOT t.wrong AND g.b IS NOT NULL AND g.share > 0
UNION ALL SELECT a, d, coalesce(keeper, a), CAST(CASE WHEN wrong THEN 1 ELSE 1 - sum END AS %[7]s), CASE WHEN keeper IS NULL THEN 4 ELSE 3 END, keeper IS NULL
  FROM told WHERE heir IS NULL AND (wrong OR sum < 1)`,
		ident(s.From), ident(s.Date), ident(s.To), share, records, ident(f.changes.Name), part)
}

// on is the register of a day.
func (f follower) on() string {
	return fmt.Sprintf("CREATE MACRO %s(day) AS TABLE SELECT u.* FROM %s AS u WHERE coalesce(u.%s <= CAST(day AS DATE), true) AND coalesce(u.%s >= CAST(day AS DATE), true)",
		ident(f.units.Name+"_on"), ident(f.units.Name), ident(f.units.ValidFrom), ident(f.units.ValidTo))
}

// walk follows units along the changes. Origins selects (origin, said): whose
// figures, and the day they are of. It gives the relation parts, one row for
// each part of each origin on the day.
//
// All origins go from one day of changes to the next together, and what meets
// in one unit goes on as one: however the changes are entangled, and be it in
// a circle, it ends after the last day. Changes of one day happen at once, for
// a law can give the code of a unit that ends to another on the same day.
func walk(origins, day string) string {
	return fmt.Sprintf(`WITH RECURSIVE __origins AS (%[1]s
), __begun AS (
  -- a report in the name of a unit that had ended is of its last day
  SELECT o.origin, o.said, CASE WHEN bool_or(o.said BETWEEN f.since AND f.until) THEN o.said ELSE coalesce(max(f.until) FILTER (f.until < o.said), o.said) END AS start
  FROM __origins AS o LEFT JOIN __frame AS f ON f.code = o.origin GROUP BY o.origin, o.said
), __days AS (
  SELECT x.d, row_number() OVER (ORDER BY x.d) AS n FROM (SELECT DISTINCT s.d FROM __steps AS s WHERE s.d <= CAST(%[2]s AS DATE) AND s.d > (SELECT min(b.start) FROM __begun AS b)) AS x
), __walk AS (
  SELECT 0::BIGINT AS n, b.origin, b.said, b.start, b.origin AS at, false AS open, CAST(1 AS %[3]s) AS share, 0 AS how, []::VARCHAR[] AS via FROM __begun AS b
    WHERE b.origin IN (SELECT s.a FROM __steps AS s)
  UNION ALL
  SELECT w.n + 1, w.origin, w.said, w.start, coalesce(s.b, w.at), coalesce(s.open, w.open),
    CAST(sum(CAST(w.share * coalesce(s.share, 1) AS %[3]s)) AS %[3]s), max(greatest(w.how, coalesce(s.how, 0))),
    min(CASE WHEN s.b IS NULL OR s.open THEN w.via ELSE list_append(w.via, s.b) END)
  FROM __walk AS w JOIN __days AS t ON t.n = w.n + 1 LEFT JOIN __steps AS s ON s.a = w.at AND s.d = t.d AND t.d > w.start AND NOT w.open
  GROUP BY w.n, w.origin, w.said, w.start, coalesce(s.b, w.at), coalesce(s.open, w.open)
), __ended AS (
  SELECT w.* FROM __walk AS w WHERE w.n = (SELECT count(*) FROM __days)
  UNION ALL SELECT 0, b.origin, b.said, b.start, b.origin, false, 1, 0, [] FROM __begun AS b WHERE b.origin NOT IN (SELECT s.a FROM __steps AS s)
), __known AS (
  SELECT DISTINCT f.code FROM __frame AS f WHERE CAST(%[2]s AS DATE) BETWEEN f.since AND f.until
), __judged AS (
  -- nothing tells what a unit was before: figures go forward only
  SELECT e.origin, e.said, e.at, e.share, e.how, e.via, coalesce(NOT e.open AND e.at IN (SELECT k.code FROM __known AS k)
    AND NOT EXISTS (SELECT 1 FROM __touched AS x WHERE x.code = e.origin AND x.d > CAST(%[2]s AS DATE) AND x.d <= e.start), false) AS placed
  FROM __ended AS e
), __summed AS (
  -- each part reaches from one point of the whole to the next; the last to its end
  SELECT j.*, lead(1) OVER w IS NULL AS last, sum(j.share) OVER w AS reach FROM __judged AS j
  WINDOW w AS (PARTITION BY j.origin, j.said ORDER BY j.share DESC, NOT j.placed, j.at ROWS UNBOUNDED PRECEDING)
), __parts AS (
  SELECT s.origin, s.said, s.at, CASE WHEN s.last AND s.reach = s.share THEN 1 ELSE s.share END AS share, s.placed, %[4]s[CASE WHEN s.placed THEN s.how ELSE 4 END + 1] AS carried, s.via,
    CAST(s.reach - s.share AS %[3]s) AS after, CAST(CASE WHEN s.last THEN 1 ELSE s.reach END AS %[3]s) AS reach
  FROM __summed AS s
)`, origins, day, part, carried)
}

func (f follower) successors() string {
	return "CREATE MACRO successors(code, from_day, to_day) AS TABLE " + walk("SELECT CAST(code AS VARCHAR) AS origin, CAST(from_day AS DATE) AS said WHERE code IS NOT NULL", "to_day") +
		" SELECT p.at AS code, p.share, p.placed, p.carried, p.via FROM __parts AS p"
}

// links are the changes as ways back: what a was before day d became part of
// b, and from the day next on b itself was changed.
func (f follower) links() string {
	s := f.changes.Succession
	return fmt.Sprintf(`CREATE TABLE __links AS WITH given AS (SELECT DISTINCT c.%s AS a, c.%s AS d, c.%s AS b FROM %s AS c)
		SELECT g.*, (SELECT min(x.d) FROM given AS x WHERE x.a = g.b AND x.d > g.d) AS next FROM given AS g WHERE g.b IS NOT NULL`,
		ident(s.From), ident(s.Date), ident(s.To), ident(f.changes.Name))
}

// lineage goes back: from a unit to what became part of it, as long as the
// code meant that unit. It gives the rows of the changes with how many steps
// back they are.
func (f follower) lineage() string {
	s := f.changes.Succession
	return fmt.Sprintf(`CREATE MACRO lineage(code, day) AS TABLE WITH RECURSIVE __back AS (
  SELECT l.a, l.d, l.b, 1 AS depth FROM __links AS l WHERE l.b = code AND l.d <= CAST(day AS DATE) AND coalesce(l.next > CAST(day AS DATE), true)
  UNION
  SELECT l.a, l.d, l.b, w.depth + 1 FROM __back AS w JOIN __links AS l ON l.b = w.a AND l.d < w.d AND coalesce(l.next >= w.d, true)
)
SELECT min(w.depth) AS depth, %[1]s FROM %[2]s AS c JOIN __back AS w ON w.a = c.%[3]s AND w.d = c.%[4]s AND w.b = c.%[5]s GROUP BY %[1]s`,
		columnsOf("c", f.changes), ident(f.changes.Name), ident(s.From), ident(s.Date), ident(s.To))
}

func columnsOf(alias string, t *contract.Resource) string {
	var out []string
	for _, f := range t.Fields {
		out = append(out, alias+"."+ident(f.Name))
	}
	return strings.Join(out, ", ")
}

// retold is the table in the units of a day. Each row is there once for each
// part.
func retold(t *contract.Resource, unit string) string {
	period := periodOf(t)
	origins := fmt.Sprintf("SELECT DISTINCT t.%s AS origin, p.day AS said FROM (SELECT DISTINCT x.%[1]s, x.%s FROM %s AS x) AS t JOIN __periods AS p ON p.period = t.%[2]s WHERE t.%[1]s IS NOT NULL", ident(unit), ident(period), ident(t.Name))
	replaced := []string{fmt.Sprintf("coalesce(m.at, t.%s) AS %[1]s", ident(unit))}
	for _, f := range t.Fields {
		if divisible(t, f) {
			replaced = append(replaced, divided(f))
		}
	}
	return fmt.Sprintf(`CREATE MACRO %s(day) AS TABLE %s, __map AS MATERIALIZED (SELECT p.* EXCLUDE (via) FROM __parts AS p)
SELECT t.* REPLACE (%s), t.%s AS unit_as_reported, coalesce(m.placed, false) AS placed, coalesce(m.carried, 'open') AS carried
FROM %s AS t LEFT JOIN __periods AS q ON q.period = t.%[6]s LEFT JOIN __map AS m ON m.origin = t.%[4]s AND m.said = q.day`,
		ident(t.Name+"_in"), walk(origins, "day"), strings.Join(replaced, ", "), ident(unit), ident(t.Name), ident(period))
}

// divisible reports whether a part of a unit has a part of the figure: amounts
// and counts have, keys and rates have not.
func divisible(t *contract.Resource, f *contract.Field) bool {
	return (f.Type == contract.Number || f.Type == contract.Integer) && f.Unit != "%" && t.Key(f.Name) == nil && !slices.Contains(t.PrimaryKey, f.Name)
}

// divided is a part's part of a figure: what is left below its end less what is
// left below its beginning. So no part is off by more than one of the last
// digit, none is negative, and they sum to the figure.
func divided(f *contract.Field) string {
	below := func(point string) string {
		figure := "t." + ident(f.Name)
		if f.SQL() == "DOUBLE" {
			return fmt.Sprintf("%s * CAST(%s AS DOUBLE)", figure, point)
		}
		// wide enough for the product
		return fmt.Sprintf("CAST(CAST(%s AS DECIMAL(20, %d)) * %s AS %s)", figure, max(f.Scale, 0), point, f.SQL())
	}
	return fmt.Sprintf("CASE WHEN coalesce(m.share, 1) = 1 THEN t.%[1]s ELSE CAST(%s - %s AS %s) END AS %[1]s", ident(f.Name), below("m.reach"), below("m.after"), f.SQL())
}
