package warehouse

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"tongket/internal/contract"
)

// trails are the tables in which queries read where numbers come from:
//
//	trail(query, title, description, file, sql, as_of)      every query, without the tests; as_of is the day whose
//	                                                        figures it reads, empty when it is no constant, NULL for today's
//	trail_reads(query, reads, kind)                         what each one names: kind is query, table, account or previous
//	trail_sources(query, resource, resource_title, submission, path, rows)
//	                                                        all files with rows in force in the tables that it reads, itself
//	                                                        or through others
//	trail_keys(query, key_of, key)                          results with one row for each key of a register, such as units
//	trail_rows(resource, resource_title, key_of, key, label, period, submission, path, sheet_number, sheet, line)
//	                                                        every row in force by the keys that it tells of
//
// They are filled when a query asks for them, after all queries that do not
// were computed: only then is it known which results have one row for each
// unit.
var trails = []string{"trail", "trail_reads", "trail_sources", "trail_keys", "trail_rows"}

// accounts are the tables that tell of the files, not of figures.
var accounts = append([]string{"submissions", "rejects", "warnings", "passed"}, trails...)

// readsTrail reports whether a query reads a trail, itself or through others.
func (r *Reader) readsTrail(q *Query) bool {
	return slices.ContainsFunc(r.sources(q), func(name string) bool { return slices.Contains(trails, name) })
}

// fillTrails makes the tables; a second call does nothing.
func (r *Reader) fillTrails(ctx context.Context) error {
	if r.trailed {
		return nil
	}
	r.trailed = true
	if err := r.accounted(); err != nil {
		return err
	}
	statements := []string{
		"CREATE TABLE trail (query VARCHAR, title VARCHAR, description VARCHAR, file VARCHAR, sql VARCHAR, as_of VARCHAR)",
		"CREATE TABLE trail_reads (query VARCHAR, reads VARCHAR, kind VARCHAR)",
		"CREATE TABLE trail_keys (query VARCHAR, key_of VARCHAR, key VARCHAR)",
		"CREATE TABLE __trail_tables (query VARCHAR, resource VARCHAR, resource_title VARCHAR)",
		"CREATE TABLE __trail_files AS SELECT f.resource, f.submission, s.path, f.rows FROM __in_force AS f JOIN warehouse.submissions AS s ON s.id = f.submission ORDER BY ALL",
		// A view: files by queries are many where each unit sends its own.
		`CREATE VIEW trail_sources AS SELECT t.query, t.resource, t.resource_title, f.submission, f.path, f.rows
			FROM __trail_tables AS t JOIN __trail_files AS f ON f.resource = t.resource`,
		r.trailRows(),
	}
	var told, reads, tables, keys []string
	for _, name := range slices.Sorted(maps.Keys(r.queries)) {
		q := r.queries[name]
		if q.Severity != "" {
			continue
		}
		told = append(told, "("+lits([]string{q.Name, q.Title, q.Description, q.File, q.shown()})+", "+r.pastDays(q)+")")
		reads = append(reads, r.named(q)...)
		for _, table := range r.tables(q) {
			tables = append(tables, "("+lits([]string{q.Name, table, r.contract.Resource(table).Title})+")")
		}
		keys = append(keys, r.trailKeys(q)...)
	}
	for table, rows := range map[string][]string{"trail": told, "trail_reads": reads, "__trail_tables": tables} {
		if len(rows) > 0 {
			statements = append(statements, "INSERT INTO "+table+" VALUES "+strings.Join(rows, ", "))
		}
	}
	if len(keys) > 0 {
		statements = append(statements, "INSERT INTO trail_keys "+strings.Join(keys, " UNION ALL "))
	}
	return r.exec(ctx, statements...)
}

// named lists what a query reads by itself, each name once.
func (r *Reader) named(q *Query) []string {
	var out []string
	for _, ref := range q.reads {
		if kind := r.kind(ref.name); kind != "" {
			out = append(out, "("+lits([]string{q.Name, strings.TrimPrefix(ref.name, "previous."), kind})+")")
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// pastDays tells as of which days a query reads tables, itself or through
// others: a text, empty where a day is no constant, or NULL.
func (r *Reader) pastDays(q *Query) string {
	var days []string
	for _, each := range append([]*Query{q}, r.below(q)...) {
		for _, t := range each.told {
			if table, past := strings.CutSuffix(t.macro, "_as_of"); !past || r.contract.Resource(table) == nil {
				continue
			}
			if _, err := time.Parse(time.DateOnly, t.day); err != nil {
				return lit("")
			}
			days = append(days, t.day)
		}
	}
	if len(days) == 0 {
		return "NULL"
	}
	slices.Sort(days)
	days = slices.Compact(days)
	for i, text := range days {
		day, _ := time.Parse(time.DateOnly, text) // parsed before
		days[i] = r.locale.Date(day)
	}
	return lit(strings.Join(days, "; "))
}

// shown is the file's text as people read it.
func (q *Query) shown() string {
	return printable(strings.TrimSpace(strings.ReplaceAll(q.text, "\r\n", "\n")))
}

// kind says what a name that a query reads is; empty for a function of the
// engine or of ours.
func (r *Reader) kind(name string) string {
	switch {
	case r.queries[name] != nil:
		return "query"
	case r.contract.Resource(name) != nil:
		return "table"
	case strings.HasPrefix(name, "previous."):
		return "previous"
	case name == "settings" || name == "restated" || slices.Contains(accounts, name):
		return "account"
	}
	return ""
}

// trailKeys lists the keys of a result that has one row for each: it has a
// column named like a foreign key of the contract, with no value twice or
// missing. A query that has not been computed yet has none.
func (r *Reader) trailKeys(q *Query) []string {
	if len(q.Params) > 0 || q.Slow {
		return nil
	}
	var out []string
	for _, c := range r.columns[q.Name] {
		if of := r.keyed(c.Name); of != "" {
			out = append(out, fmt.Sprintf(`SELECT %s, %s, %s::VARCHAR FROM %s
				WHERE (SELECT count(*) = count(DISTINCT %[3]s) FROM %[4]s)`, lit(q.Name), lit(of), ident(c.Name), ident(q.Name)))
		}
	}
	return out
}

// keyed returns the register to which columns of this name point.
func (r *Reader) keyed(column string) string {
	for _, res := range r.contract.Resources {
		if k := res.Key(column); k != nil {
			return k.Resource
		}
	}
	return ""
}

// trailRows makes the table of all rows in force by their keys: those that
// point to a register, and the register's own.
func (r *Reader) trailRows() string {
	var parts []string
	for _, res := range r.contract.Resources {
		for _, k := range res.ForeignKeys {
			parts = append(parts, rowsBy(res, k.Field, k.Resource))
		}
		for _, name := range res.PrimaryKey {
			if f := res.Field(name); f.Type == contract.String && res.Key(name) == nil && !f.Period {
				parts = append(parts, rowsBy(res, name, res.Name))
			}
		}
	}
	parts = append(parts, "SELECT '' AS resource, '' AS resource_title, '' AS key_of, '' AS key, '' AS label, '' AS period, 0::BIGINT AS submission, 1::BIGINT AS sheet_number, 0::BIGINT AS line WHERE false")
	// Sorted by key, a unit's rows lie together and are found without reading the rest.
	return fmt.Sprintf(`CREATE TABLE trail_rows AS SELECT DISTINCT x.resource, x.resource_title, x.key_of, x.key, x.label, x.period, x.submission, s.path,
		x.sheet_number, nullif(s.sheets[x.sheet_number], '') AS sheet, x.line FROM (%s) AS x JOIN warehouse.submissions AS s ON s.id = x.submission
		ORDER BY x.key_of, x.key, x.resource, x.submission, x.sheet_number, x.line`, strings.Join(parts, " UNION ALL "))
}

func rowsBy(res *contract.Resource, field, of string) string {
	label, period := []string{"''"}, "NULL"
	for i, name := range res.PrimaryKey {
		if i == 0 {
			label = nil
		}
		label = append(label, "x."+ident(name)+"::VARCHAR")
	}
	for _, f := range res.Fields {
		if f.Period {
			period = "x." + ident(f.Name)
		}
	}
	return fmt.Sprintf(`SELECT %s AS resource, %s AS resource_title, %s AS key_of, x.%s::VARCHAR AS key, concat_ws(' / ', %s) AS label, %s AS period,
		x.submission, x.sheet_number, x.line FROM %s AS x WHERE x.%[4]s IS NOT NULL`,
		lit(res.Name), lit(res.Title), lit(of), ident(field), strings.Join(label, ", "), period, ident(res.Name))
}
