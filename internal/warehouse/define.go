package warehouse

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"tongket/internal/report"
)

// Define makes every query and test known to the reader: one without
// parameters is computed once and kept as a table, one with parameters becomes
// a table macro. Their order comes from the SQL itself. All faults come at
// once, each at its line.
func (r *Reader) Define(ctx context.Context, queries, tests []*Query) error {
	all := append(slices.Clone(queries), tests...)
	var errs []error
	for _, q := range all {
		if other := r.queries[q.Name]; other != nil {
			errs = append(errs, fmt.Errorf("%s: %s has the same name", q.File, other.File))
			continue
		}
		if r.contract.Resource(q.Name) != nil {
			errs = append(errs, fmt.Errorf("%s: a table of the contract has the same name", q.File))
			continue
		}
		if q.Name == PeriodEnd || q.Name == PeriodMonths {
			errs = append(errs, fmt.Errorf("%s: the name is taken, queries ask about periods by it", q.File))
			continue
		}
		if r.contract.Macros()[q.Name] != nil {
			errs = append(errs, fmt.Errorf("%s: the name is taken, queries follow units through time by it", q.File))
			continue
		}
		if slices.Contains(trails, q.Name) {
			errs = append(errs, fmt.Errorf("%s: the name is taken, queries read where numbers come from by it", q.File))
			continue
		}
		r.queries[q.Name] = q
		if !q.taken {
			errs = append(errs, r.read(ctx, q))
		}
	}
	order, err := r.order(all)
	errs = append(errs, err)
	if err := errors.Join(errs...); err != nil {
		return err
	}
	// What reads a trail waits until the others' results are known; whatever
	// reads these waits as well.
	first := slices.DeleteFunc(slices.Clone(order), r.readsTrail)
	last := slices.DeleteFunc(order, func(q *Query) bool { return !r.readsTrail(q) })
	broken := map[string]bool{}
	for i, q := range append(first, last...) {
		if i == len(first) {
			if err := r.fillTrails(ctx); err != nil {
				return errors.Join(append(errs, err)...)
			}
		}
		if slices.ContainsFunc(q.reads, func(ref reference) bool { return broken[ref.name] }) {
			broken[q.Name] = true // told once, at the query that is wrong
			continue
		}
		if slices.ContainsFunc(q.reads, func(ref reference) bool { return r.queries[ref.name] != nil && r.queries[ref.name].Slow }) {
			q.Slow = true // it has nothing to read
			continue
		}
		if err := r.define(ctx, q); err != nil {
			errs, broken[q.Name] = append(errs, err), true
		}
	}
	return errors.Join(errs...)
}

// order puts each query after those it reads.
func (r *Reader) order(all []*Query) ([]*Query, error) {
	const visiting, done = 1, 2
	var out []*Query
	var errs []error
	state := map[string]int{}
	var path []string
	var visit func(q *Query)
	visit = func(q *Query) {
		if state[q.Name] == done {
			return
		}
		state[q.Name] = visiting
		path = append(path, q.Name)
		for _, ref := range q.reads {
			name, before := strings.CutPrefix(ref.name, "previous.")
			next := r.queries[name]
			if next != nil && r.columns[name] != nil {
				continue // a question before this one read it
			}
			if next == nil {
				if before && !r.previous[name] {
					errs = append(errs, fmt.Errorf("%s:%d: previous.%s: no query %q%s", q.File, q.lineOf(ref.at), name, name, report.Suggest(name, slices.Sorted(maps.Keys(r.queries)))))
				}
				continue
			}
			if before && next == q { // what the query itself gave last time
				continue
			}
			if state[next.Name] == visiting {
				circle := append(slices.Clone(path[slices.Index(path, next.Name):]), next.Name)
				errs = append(errs, fmt.Errorf("%s:%d: queries read each other in a circle: %s", q.File, q.lineOf(ref.at), strings.Join(circle, " → ")))
				continue
			}
			visit(next)
		}
		path = path[:len(path)-1]
		state[q.Name] = done
		out = append(out, q)
	}
	for _, q := range all {
		visit(q)
	}
	return out, errors.Join(errs...)
}

// former makes sure that the previous results which a query reads are there,
// empty when there was no such edition or it had no such query.
func (r *Reader) former(ctx context.Context, q *Query) error {
	for _, ref := range q.reads {
		name, before := strings.CutPrefix(ref.name, "previous.")
		if !before || r.previous[name] {
			continue
		}
		if name == q.Name {
			return fmt.Errorf("%s:%d: previous.%s: there is no earlier result to begin with; compare in another query", q.File, q.lineOf(ref.at), name)
		}
		if _, err := r.db.ExecContext(ctx, fmt.Sprintf("CREATE TABLE previous.%s AS SELECT * FROM %[1]s WHERE false", ident(name))); err != nil {
			return q.fault(err)
		}
		r.previous[name] = true
	}
	return nil
}

func (r *Reader) define(ctx context.Context, q *Query) error {
	if err := r.lend(ctx, q); err != nil {
		return err
	}
	create, probe := "TABLE "+ident(q.Name)+" AS ", ident(q.Name)
	if len(q.Params) > 0 {
		var names, nulls []string
		for _, p := range q.Params {
			names = append(names, ident(p.Name))
			nulls = append(nulls, "NULL")
		}
		create = fmt.Sprintf("MACRO %s(%s) AS TABLE ", ident(q.Name), strings.Join(names, ", "))
		probe += "(" + strings.Join(nulls, ", ") + ")"
	}
	create = "CREATE " + create
	after := ""
	if !q.ordered {
		// Rows that nobody ordered come in the order of the threads.
		create, after = create+"SELECT * FROM (", "\n) ORDER BY ALL"
	}
	limited, cancel := q.limit(ctx)
	defer cancel()
	if _, err := r.asking.ExecContext(limited, create+q.body()+after); err != nil {
		if errors.Is(limited.Err(), context.DeadlineExceeded) && ctx.Err() == nil {
			q.Slow = true
			return nil
		}
		return r.wrong(q, len(create), err)
	}
	names, err := r.names(ctx, probe)
	if err != nil {
		return q.fault(err)
	}
	return r.describe(q, names)
}

// lend makes what a query reads besides other queries, where it waits until
// somebody asks for it.
func (r *Reader) lend(ctx context.Context, q *Query) error {
	err := r.former(ctx, q)
	macros := r.contract.Macros()
	for _, ref := range q.reads {
		own := strings.HasPrefix(ref.name, "__")
		if (macros[ref.name] != nil || own) && !r.framed {
			r.framed = true
			err = errors.Join(err, r.frames(ctx))
		}
		if own || slices.Contains(accounts, ref.name) {
			err = errors.Join(err, r.accounted())
		}
	}
	if slices.ContainsFunc(q.told, func(t telling) bool { return strings.HasSuffix(t.macro, "_as_of") }) {
		err = errors.Join(err, r.dated())
	}
	return err
}

// limit ends a test that takes too long: a gate that never answers would be
// none.
func (q *Query) limit(ctx context.Context) (context.Context, context.CancelFunc) {
	if q.Within <= 0 {
		return ctx, func() {}
	}
	return context.WithTimeout(ctx, q.Within)
}

// names returns the columns of a table or macro call.
func (r *Reader) names(ctx context.Context, from string) ([]string, error) {
	rows, err := r.db.QueryContext(ctx, "SELECT column_name FROM (DESCRIBE SELECT * FROM "+from+")")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		out = append(out, name)
	}
	return out, rows.Err()
}

// describe holds the header against the columns that the SQL gives.
func (r *Reader) describe(q *Query, names []string) error {
	var errs []error
	for _, h := range q.Columns {
		if !slices.Contains(names, h.Name) {
			errs = append(errs, fmt.Errorf("%s:%d: the header describes a column %q that the SELECT does not give%s", q.File, h.line, h.Name, report.Suggest(h.Name, names)))
		}
		if h.Link != "" && !slices.Contains(names, h.Link) {
			errs = append(errs, fmt.Errorf("%s:%d: link: no column %q%s", q.File, h.line, h.Link, report.Suggest(h.Link, names)))
		}
	}
	var columns []report.Column
	for _, name := range names {
		c, ok := r.column(q, name)
		if title := q.titled[name]; !ok && title != "" {
			c.Title, ok = title, true
		}
		if !ok {
			errs = append(errs, fmt.Errorf("%s:%d: column %q has no title: describe it in the header under columns, or name it like a field of the contract", q.File, q.line, name))
		}
		columns = append(columns, c)
	}
	r.columns[q.Name] = columns
	return errors.Join(errs...)
}

// column merges the header's word on a column with the contract's, or with
// that of a query which this one reads.
func (r *Reader) column(q *Query, name string) (report.Column, bool) {
	base, known := r.inherited(q, name)
	for _, h := range q.Columns {
		if h.Name != name {
			continue
		}
		c := h.Column
		if c.Title == "" {
			c.Title = base.Title
		}
		if c.Format == "" {
			c.Format = base.Format
		}
		if c.Unit == "" && (c.Format == base.Format || base.Format == "") {
			c.Unit = base.Unit
		}
		switch {
		case h.decimals:
		case known && base.Format == c.Format:
			c.Decimals = base.Decimals
		case c.Format == report.Percent || c.Format == report.Number:
			c.Decimals = 1
		}
		if c.Format == "" {
			c.Format = report.Text
		}
		if c.Title == "" && c.Hidden {
			c.Title = name
		}
		return c, c.Title != ""
	}
	return base, known
}

// inherited is what others say of a column: the contract, where the query
// reads a table that has it; a query that this one reads; the contract again,
// for a table further back.
func (r *Reader) inherited(q *Query, name string) (report.Column, bool) {
	for _, ref := range q.reads {
		if res := r.contract.Resource(ref.name); res != nil && res.Field(name) != nil {
			return res.Field(name).Column(), true
		}
	}
	for _, ref := range q.reads {
		for _, c := range r.columns[ref.name] {
			if c.Name == name {
				c.Total, c.Bar, c.Link, c.Hidden = false, false, "", false
				return c, true
			}
		}
	}
	for _, table := range r.tables(q) {
		if f := r.contract.Resource(table).Field(name); f != nil {
			return f.Column(), true
		}
	}
	if title, ok := r.locale.Phrases("column.")[name]; ok {
		c := report.Column{Name: name, Title: title, Format: report.Text}
		if strings.HasPrefix(name, "rows_") || name == "line" || name == "bytes" || name == "submission" {
			c.Format = report.Integer
		}
		if strings.HasSuffix(name, "_at") {
			c.Format = report.Date
		}
		switch name {
		case "placed":
			c.Format = report.Boolean
		case "carried":
			c.Format = report.Status
		}
		return c, true
	}
	return report.Column{Name: name, Title: name, Format: report.Text}, false
}

// tables returns the tables of the contract that a query reads, itself or
// through others, in alphabetical order.
func (r *Reader) tables(q *Query) []string {
	return slices.DeleteFunc(r.sources(q), func(name string) bool { return r.contract.Resource(name) == nil })
}

// sources returns everything that a query reads, itself or through others, and
// that is no query, in alphabetical order.
func (r *Reader) sources(q *Query) []string {
	seen := map[string]bool{}
	var out []string
	var visit func(q *Query)
	visit = func(q *Query) {
		for _, ref := range q.reads {
			if seen[ref.name] {
				continue
			}
			seen[ref.name] = true
			if next := r.queries[ref.name]; next != nil {
				visit(next)
			} else {
				out = append(out, ref.name)
			}
		}
	}
	visit(q)
	slices.Sort(out)
	return out
}

// wrong says what is wrong with a query whose text stands so many bytes behind
// the beginning of what the engine was given.
func (r *Reader) wrong(q *Query, behind int, err error) error {
	t, ok := parseTold(err)
	if !ok {
		return q.fault(err)
	}
	lead := len(q.text) - len(strings.TrimLeftFunc(q.text, unicode.IsSpace))
	at, unknown := strconv.Atoi(t.Position)
	if at += lead - behind; unknown != nil || at < 0 || at > len(q.text) {
		at = first(q.text)
	}
	return r.explained(source{name: q.File, text: q.text}, q, at, t)
}

var engineLine = regexp.MustCompile(`LINE (\d+):`)

// fault puts the engine's words at the file and line they are about.
func (q *Query) fault(err error) error {
	text := err.Error()
	line := q.first()
	if m := engineLine.FindStringSubmatch(text); m != nil {
		line, _ = strconv.Atoi(m[1])
	}
	text, _, _ = strings.Cut(text, "\n\nLINE")
	return fmt.Errorf("%s:%d: %s", q.File, line, strings.Join(strings.Fields(text), " "))
}
