package warehouse

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"

	"tongket/internal/report"
)

// Question is what a person asks: the SQL of one SELECT, or a saved query with
// its parameters.
type Question struct {
	SQL    string
	Name   string            // what errors call the text: "SQL", a file's name
	Query  string            // of a saved query, in place of SQL
	Params map[string]string // its parameters; of one that takes none, columns and the values that rows must have
	Limits Limits
}

// Limits bound what a question may cost. Zero is no limit, but for Time and
// Memory, which are never without one.
type Limits struct {
	Time   time.Duration // until the engine has answered
	Memory int64         // bytes by which the process may grow
	Rows   int64         // rows given back
	Cell   int           // letters of a text
	Bytes  int64         // of everything given back
}

// The limits where a question names none.
const (
	LongestTime = 2 * time.Minute
	MostMemory  = 2 << 30
	longestSQL  = 64 << 10 // bytes: nobody types more, and the parser's stack is not without end
)

// Answer is what came of a question. What was left out is known once all rows
// have been read or written.
type Answer struct {
	Name    string // of the saved query, or "answer"
	Title   string // of the saved query; empty for SQL
	Columns []report.Column
	Types   []string      // the engine's words, one for each column
	Source  report.Source // with Notes, known after Remarks
	Reads   []string      // tables and queries that SQL names
	Hints   []string      // of an answer without rows: what may have been meant
	Notes   []string
	Rows    int64 // given back
	Cut     Cut

	query  *Query // what is asked, or one that reads what is asked
	wanted *Query // the text that was asked, with the values it looks for
	reader *Reader
	limits Limits
	sql    string // one SELECT without parameters, known to be harmless
	asked  source
}

// Cut is what an answer left out.
type Cut struct {
	More  bool  // there are more rows than the limit
	Total int64 // how many rows there are; 0: they were not counted in time
	Cells int64 // texts that were shortened
	Bytes bool  // rows were left out because the answer became too large
}

// Is reports whether anything was left out.
func (c Cut) Is() bool { return c.More || c.Cells > 0 || c.Bytes }

// Ask has the engine look at a question: that it is one SELECT, that it reads
// nothing but tables, queries and harmless functions, and which columns it
// gives. Rows or Write compute it then. A fault of the question is an *Explained.
//
// Questions are answered one at a time. When the engine does not give up at a
// limit the error is ErrStuck, as for every later question: the process has to
// end.
func (r *Reader) Ask(ctx context.Context, q Question) (*Answer, error) {
	if q.Limits.Time <= 0 {
		q.Limits.Time = LongestTime
	}
	if q.Limits.Memory <= 0 {
		q.Limits.Memory = MostMemory
	}
	if q.Name == "" {
		q.Name = "SQL"
	}
	var a *Answer
	err := r.watched(ctx, q.Limits, func(ctx context.Context) (err error) {
		if q.Query != "" {
			a, err = r.recall(ctx, q)
		} else {
			a, err = r.examine(ctx, q)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	a.reader, a.limits = r, q.Limits
	return a, nil
}

// examine looks at SQL.
func (r *Reader) examine(ctx context.Context, asked Question) (*Answer, error) {
	from := source{name: asked.Name, text: asked.SQL}
	switch {
	case len(asked.Params) > 0:
		return nil, errors.New(r.locale.Say("ask.params"))
	case strings.TrimSpace(asked.SQL) == "":
		return nil, errors.New(r.locale.Say("ask.empty"))
	case strings.ContainsRune(asked.SQL, 0):
		return nil, from.at(strings.IndexByte(asked.SQL, 0), r.locale.Say("ask.nul"))
	case len(asked.SQL) > longestSQL:
		return nil, errors.New(r.locale.Say("ask.long", "n", r.locale.Number(longestSQL, 0)))
	}
	q := &Query{Name: "answer", File: asked.Name, text: asked.SQL}
	if err := r.guard(ctx, q, from); err != nil {
		return nil, err
	}
	if err := r.need(ctx, q); err != nil {
		return nil, err
	}
	var reads []string
	for _, ref := range q.reads {
		reads = append(reads, ref.name)
	}
	slices.Sort(reads)
	// The text as it was written first: the engine tells places in that.
	const before = "EXPLAIN "
	plan, err := r.asking.QueryContext(ctx, before+q.text)
	if err != nil {
		return nil, r.explain(ctx, source{from.name, from.text, len(before)}, q, err)
	}
	if err := plan.Close(); err != nil {
		return nil, fmt.Errorf("warehouse: %w", err)
	}
	a, err := r.bind(ctx, q, from)
	if err == nil {
		a.Reads = slices.Compact(reads)
	}
	return a, err
}

// recall looks at a saved query and its parameters.
func (r *Reader) recall(ctx context.Context, asked Question) (*Answer, error) {
	l := r.locale
	q, err := r.saved(asked.Query)
	if err != nil {
		return nil, err
	}
	if q == nil {
		return nil, errors.New(l.Say("ask.no_query", "name", asked.Query, "like", r.meant(report.Like(asked.Query, r.shelf.names))))
	}
	if err := r.need(ctx, &Query{Name: "answer", reads: []reference{{name: q.Name}}}); err != nil {
		return nil, err
	}
	if q.Slow {
		return nil, ErrTime
	}
	text := "SELECT * FROM " + ident(q.Name)
	var wants []wanted
	switch {
	case len(q.Params) > 0:
		values, err := r.values(q, asked.Params)
		if err != nil {
			return nil, err
		}
		text += "(" + strings.Join(values, ", ") + ")"
	case len(asked.Params) > 0:
		var where []string
		for _, name := range slices.Sorted(maps.Keys(asked.Params)) {
			if !slices.ContainsFunc(r.columns[q.Name], func(c report.Column) bool { return c.Name == name }) {
				return nil, errors.New(l.Say("ask.no_column", "query", q.Name, "name", name, "list", strings.Join(columnNames(r.columns[q.Name]), ", ")))
			}
			where = append(where, r.equals(q.Name, name, asked.Params[name]))
			wants = append(wants, wanted{column: name, value: asked.Params[name]})
		}
		text += " WHERE " + strings.Join(where, " AND ")
	}
	a, err := r.bind(ctx, &Query{Name: q.Name, File: q.File, text: text, reads: []reference{{name: q.Name}}, wants: wants}, source{name: q.File, text: text})
	if err != nil {
		return nil, err
	}
	a.Name, a.Title, a.query = q.Name, q.Title, q
	copy(a.Columns, r.columns[q.Name])
	return a, nil
}

// Remarks finds where the numbers come from, and what is doubtful in them.
func (a *Answer) Remarks(ctx context.Context) error {
	r, saved := a.reader, a.query.Title != ""
	return r.watched(ctx, a.limits, func(ctx context.Context) (err error) {
		if err := r.counted(); err != nil {
			return err
		}
		a.Source, a.Notes = r.source(a.query), r.notes(a.query)
		if a.Rows == 0 && !a.Cut.Is() {
			hints, err := r.hints(ctx, a.wanted)
			if err != nil {
				return err
			}
			a.Hints = hints
		}
		if !saved {
			a.Source.Query = ""
			return nil
		}
		told, err := r.unplaced(ctx, a.query)
		a.Notes = append(a.Notes, told...)
		return err
	})
}

// need defines the queries that one reads, itself or through others, and the
// trails if it reads these.
func (r *Reader) need(ctx context.Context, q *Query) error {
	var wanted []*Query
	var errs []error
	add := func(name string) *Query {
		next, err := r.shelf.find(name)
		if next == nil || r.queries[name] != nil || slices.Contains(wanted, next) {
			errs = append(errs, err)
			return nil
		}
		wanted = append(wanted, next)
		if !next.taken {
			errs = append(errs, r.read(ctx, next))
		}
		return next
	}
	var visit func(q *Query)
	visit = func(q *Query) {
		for _, ref := range q.reads {
			if slices.Contains(trails, ref.name) { // they tell of every query
				for _, name := range r.shelf.names {
					if next := add(name); next != nil {
						visit(next)
					}
				}
			}
			if next := add(strings.TrimPrefix(ref.name, "previous.")); next != nil {
				visit(next)
			}
		}
	}
	visit(q)
	if err := errors.Join(errs...); err != nil {
		return err
	}
	slices.SortFunc(wanted, func(a, b *Query) int { return strings.Compare(a.Name, b.Name) })
	if err := r.Define(ctx, wanted, nil); err != nil {
		return err
	}
	if r.readsTrail(q) {
		if err := r.fillTrails(ctx); err != nil {
			return err
		}
	}
	return r.lend(ctx, q)
}

// All gives the rows, at most as many as the limit. The engine holds them
// until they are read: for very many, Write is the way. A cell is nil, bool,
// int64, float64, report.Exact, string or time.Time, a date.
func (a *Answer) All(ctx context.Context) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		rows, err := a.fetch(ctx)
		if err != nil {
			yield(nil, err)
			return
		}
		defer rows.Close()
		var size int64
		for rows.Next() {
			if a.limits.Rows > 0 && a.Rows == a.limits.Rows {
				a.Cut.More = true
				break
			}
			cells, err := a.scan(rows, &size)
			if err == nil && a.limits.Bytes > 0 && size > a.limits.Bytes {
				a.Cut.Bytes = true
				break
			}
			if err != nil {
				yield(nil, err)
				return
			}
			a.Rows++
			if !yield(cells, nil) {
				return
			}
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			yield(nil, a.reader.explain(ctx, a.asked, nil, err))
			return
		}
		if a.Cut.More || a.Cut.Bytes {
			a.count(ctx)
		}
	}
}

// count finds how many rows there are, if it can be found in time.
func (a *Answer) count(ctx context.Context) {
	limits := a.limits
	limits.Time = min(limits.Time, 5*time.Second)
	var n int64
	err := a.reader.watched(ctx, limits, func(ctx context.Context) error {
		return a.reader.asking.QueryRowContext(ctx, "SELECT count(*) FROM query("+lit(a.sql)+")").Scan(&n)
	})
	if err == nil {
		a.Cut.Total = n
	}
}

// Table gathers the rows into a table.
func (a *Answer) Table(ctx context.Context) (*report.Table, error) {
	t := &report.Table{Name: a.Name, Title: a.Title, Columns: a.Columns, Source: a.Source, Notes: a.Notes}
	for row, err := range a.All(ctx) {
		if err != nil {
			return nil, err
		}
		t.Rows = append(t.Rows, row)
	}
	if a.Cut.Total > a.Rows {
		t.Cut = int(a.Cut.Total - a.Rows)
	}
	a.digits(t)
	return t, nil
}

// Offered are the tables that questions may read, besides those of the
// contract and the queries.
func (r *Reader) Offered() []string {
	return append([]string{"settings", "restated"}, accounts...)
}

// SQL is the text that was asked; empty for a saved query.
func (a *Answer) SQL() string {
	if a.query.Title != "" {
		return ""
	}
	return printable(strings.TrimSpace(strings.ReplaceAll(a.asked.text, "\r\n", "\n")))
}
