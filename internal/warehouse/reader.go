package warehouse

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"tongket/internal/contract"
	"tongket/internal/report"
)

// Reader answers queries over a warehouse and cannot change it: the file is
// attached read-only to a database in memory, where the queries live, and that
// database is cut off from files and network.
type Reader struct {
	db        *sql.DB
	asking    *sql.Conn // of questions: its errors tell place and name
	turn      chan struct{}
	contract  *contract.Contract
	locale    *report.Locale
	queries   map[string]*Query
	columns   map[string][]report.Column
	files     map[string]volume // by resource
	doubts    map[string]tally  // by resource
	counted   func() error      // fills the two before
	framed    bool              // the macros that follow units are there
	shelf     shelf             // queries that are defined when a question reads them
	accounted func() error      // makes the accounts of the files
	dated     func() error      // makes the tables of earlier days
	outbox    string            // the only folder that the engine may write to; empty: none
	after     string            // the last event that counts; empty: all
	previous  map[string]bool   // queries of which the previous edition's result is there
	compared  bool              // there is a previous edition
	rebuilt   bool              // the previous edition is of another history
	trailed   bool              // the tables of trails are there
	picks     picks
}

type volume struct{ files, rows int }

// Asked is which warehouse is asked, and how.
type Asked struct {
	Path     string
	Contract *contract.Contract
	Vars     map[string]any // the table settings
	Locale   *report.Locale
	AsOf     time.Time // the last day that counts; zero: all days
	Previous *Previous // the edition to compare with; nil: none
	Room     Room      // what the engine may take; zero: what an edition needs
}

// Room is what the engine may take for the questions of a person.
type Room struct {
	Memory int64 // bytes
	Spill  int64 // bytes on disk, beside the warehouse, for what memory does not hold
}

func (a Asked) settings(outbox string) []string {
	out := []string{"SET enable_external_access = false", "SET lock_configuration = true"}
	if outbox != "" {
		out = slices.Insert(out, 0, "SET allowed_directories = ["+lit(outbox)+"]")
	}
	if a.Room.Memory > 0 {
		out = slices.Insert(out, 0, fmt.Sprintf("SET memory_limit = '%dB'", a.Room.Memory))
	}
	if a.Room.Spill > 0 {
		out = slices.Insert(out, 0, fmt.Sprintf("SET max_temp_directory_size = '%dB'", a.Room.Spill))
	}
	return out
}

// OpenReader opens the warehouse file for questions. The tables of the
// contract hold the rows that stand today, or stood on the day asked for,
// progress_as_of(day) those of another day, submissions, rejects and warnings
// the accounts of the latest version of each file, and settings the
// programme's vars.
func OpenReader(ctx context.Context, a Asked) (*Reader, error) {
	if _, err := os.Stat(a.Path); err != nil {
		return nil, errors.New(a.Locale.Say("error.warehouse.none", "file", a.Path))
	}
	db, err := attach(ctx, a.Path, "(READ_ONLY)")
	if err != nil {
		return nil, busy(a.Path, err, a.Locale)
	}
	r := &Reader{db: db, contract: a.Contract, locale: a.Locale, queries: map[string]*Query{}, columns: map[string][]report.Column{}, files: map[string]volume{}, doubts: map[string]tally{}, previous: map[string]bool{}, picks: picks{whole: map[string]*picked{}},
		turn: make(chan struct{}, 1)}
	err = sameContract(ctx, db, a.Contract, a.Path)
	event := ""
	if err == nil && !a.AsOf.IsZero() {
		var id int64
		id, err = r.event(ctx, a.AsOf)
		event = fmt.Sprint(id)
		r.after = event
	}
	if err == nil {
		err = r.prepare(ctx, a, event)
	}
	if err == nil {
		err = r.lock(ctx, a)
	}
	if err != nil {
		return nil, errors.Join(err, r.Close())
	}
	return r, nil
}

// lock cuts the database off from files and network, for good, but for a
// folder of its own in which answers pass from the engine to the program.
func (r *Reader) lock(ctx context.Context, a Asked) (err error) {
	if a.Room != (Room{}) {
		if r.outbox, err = os.MkdirTemp("", "tongket-"); err != nil {
			return fmt.Errorf("temporary folder: %w", err)
		}
	}
	if r.asking, err = r.db.Conn(ctx); err != nil {
		return fmt.Errorf("warehouse: %w", err)
	}
	// The depth keeps the engine from minutes of planning that it does not stop.
	if _, err := r.asking.ExecContext(ctx, "SET errors_as_json = true; SET TimeZone = 'Asia/Ho_Chi_Minh'; SET max_expression_depth = 400"); err != nil {
		return fmt.Errorf("warehouse: %w", err)
	}
	return r.exec(ctx, a.settings(r.outbox)...)
}

// Close ends the reader. Of an engine that does not answer any more, only the
// end of the process frees what it holds.
func (r *Reader) Close() error {
	var errs []error
	r.picks.whole = nil
	if r.outbox != "" {
		errs = append(errs, os.RemoveAll(r.outbox))
	}
	select {
	case r.turn <- struct{}{}:
		if r.asking != nil {
			errs = append(errs, r.asking.Close())
		}
		return errors.Join(append(errs, r.db.Close())...)
	default:
		return errors.Join(errs...)
	}
}

// line is the line as people count it, of a row in any sheet; sheetNumber the
// place of that sheet among those read, from 1. A line is one row only
// together with its sheet.
const (
	line        = "line & 4294967295"
	sheetNumber = "(line >> 32) + 1"
)

// prepare makes the tables that queries read. For questions most of it waits
// until one asks for it.
func (r *Reader) prepare(ctx context.Context, a Asked, event string) error {
	statements := []string{"CREATE " + periodEnd(), "CREATE " + periodMonths(), fmt.Sprintf("CREATE MACRO vietnam_time(moment) AS moment + INTERVAL %d HOUR", report.HoursAhead), "CREATE TABLE settings (name VARCHAR, value VARCHAR)"}
	for _, res := range r.contract.Resources {
		statements = append(statements, fmt.Sprintf("CREATE VIEW %s AS %s", ident(res.Name), inForce(res, event)))
	}
	for _, name := range slices.Sorted(maps.Keys(a.Vars)) {
		statements = append(statements, fmt.Sprintf("INSERT INTO settings VALUES (%s, %s)", lit(name), lit(fmt.Sprint(a.Vars[name]))))
	}
	if err := r.exec(ctx, strings.Join(statements, ";\n")); err != nil {
		return err
	}
	r.accounted = sync.OnceValue(func() error { return r.exec(ctx, r.accounts(event)...) })
	r.dated = sync.OnceValue(func() error { return r.days(ctx) })
	r.counted = sync.OnceValue(func() error {
		if err := r.accounted(); err != nil {
			return err
		}
		return errors.Join(r.volumes(ctx), r.countDoubts(ctx))
	})
	if a.Room == (Room{}) {
		if err := errors.Join(r.accounted(), r.dated()); err != nil {
			return err
		}
	}
	return r.compare(ctx, a.Previous, event)
}

// accounts makes the tables of the files that stood after an event, and what
// they were refused and warned of.
func (r *Reader) accounts(event string) (statements []string) {
	title := "CASE resource"
	var counts []string
	for _, res := range r.contract.Resources {
		title += fmt.Sprintf(" WHEN %s THEN %s", lit(res.Name), lit(res.Title))
		counts = append(counts, fmt.Sprintf("SELECT %s AS resource, submission, count(*) AS rows FROM %s GROUP BY submission", lit(res.Name), ident(res.Name)))
	}
	statements = append(statements, "CREATE TABLE __in_force AS "+strings.Join(counts, " UNION ALL "))
	statements = append(statements, "CREATE TABLE __settled AS "+settled(event), "CREATE TABLE __mended AS SELECT submission, count(*) AS rows FROM __settled GROUP BY submission")
	statements = append(statements, "CREATE TABLE __stood AS "+stood(event))
	statements = append(statements, fmt.Sprintf(`CREATE VIEW submissions AS SELECT s.* EXCLUDE (contract, "references", hints, withdraws, outdated), %s ELSE s.resource END AS resource_title, coalesce(f.rows, 0) AS rows_in_force,
		CASE WHEN s.outdated THEN s.rows_rejected ELSE coalesce(m.rows, 0) END AS rows_mended
		FROM __stood AS s LEFT JOIN __in_force AS f ON f.submission = s.id LEFT JOIN __mended AS m ON m.submission = s.id`, strings.Replace(title, "CASE ", "CASE s.", 1)))
	mended := "coalesce((SELECT b.path FROM __settled AS m JOIN warehouse.submissions AS b ON b.id = m.successor WHERE m.submission = x.submission AND m.line = x.line), CASE WHEN s.outdated THEN s.path END) AS mended_in"
	for table, more := range map[string]string{"rejects": ", " + mended, "warnings": ""} {
		statements = append(statements, fmt.Sprintf(`CREATE VIEW %s AS SELECT x.* REPLACE (%s AS line), %s AS sheet_number, nullif(s.sheets[%[3]s], '') AS sheet%[4]s
			FROM warehouse.%[1]s AS x JOIN __stood AS s ON s.id = x.submission`, table, strings.ReplaceAll(line, "line", "x.line"), strings.ReplaceAll(sheetNumber, "line", "x.line"), more))
	}
	return append(statements, fmt.Sprintf("CREATE VIEW passed AS SELECT * REPLACE (nullif(sheet, '') AS sheet, nullif(%s, 0) AS line) FROM warehouse.passed WHERE submission IN (SELECT id FROM submissions)", line))
}

func (r *Reader) exec(ctx context.Context, statements ...string) error {
	for _, s := range statements {
		if _, err := r.db.ExecContext(ctx, s); err != nil {
			return fmt.Errorf("warehouse: %w", err)
		}
	}
	return nil
}

// Event returns the last thing that had happened to the warehouse, as far as
// it counts here.
func (r *Reader) Event(ctx context.Context) (id int64, err error) {
	err = r.db.QueryRowContext(ctx, "SELECT coalesce(max(id), 0) FROM warehouse.submissions WHERE $1 = '' OR id <= TRY_CAST($1 AS BIGINT)", r.after).Scan(&id)
	if err != nil {
		return 0, fmt.Errorf("warehouse: %w", err)
	}
	return id, nil
}

// Restated counts the figures that are told otherwise than in the edition
// before.
func (r *Reader) Restated(ctx context.Context) (n int, err error) {
	if err = r.db.QueryRowContext(ctx, "SELECT count(*) FROM restated").Scan(&n); err != nil {
		return 0, fmt.Errorf("warehouse: %w", err)
	}
	return n, nil
}

// Types returns the columns of a query's result with the engine's types.
func (r *Reader) Types(ctx context.Context, name string) ([]KeptColumn, error) {
	rows, err := r.db.QueryContext(ctx, "SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM "+ident(name)+")")
	if err != nil {
		return nil, fmt.Errorf("warehouse: %w", err)
	}
	defer rows.Close()
	var out []KeptColumn
	for rows.Next() {
		var c KeptColumn
		if err := rows.Scan(&c.Name, &c.Type); err != nil {
			return nil, fmt.Errorf("warehouse: %w", err)
		}
		out = append(out, c)
	}
	return out, rows.Err()
}

// volumes counts what stands behind each table: rows that hold today, and the
// files that brought them.
func (r *Reader) volumes(ctx context.Context) error {
	rows, err := r.db.QueryContext(ctx, "SELECT resource, count(*), sum(rows) FROM __in_force GROUP BY resource")
	if err != nil {
		return fmt.Errorf("warehouse: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var resource string
		var v volume
		if err := rows.Scan(&resource, &v.files, &v.rows); err != nil {
			return fmt.Errorf("warehouse: %w", err)
		}
		r.files[resource] = v
	}
	return rows.Err()
}

// Query returns the table of a query; params are its parameters by name, and
// none may be missing. For a query without parameters they are columns, and
// the rows in which these have the values are returned, in their order.
func (r *Reader) Query(ctx context.Context, name string, params map[string]string) (*report.Table, error) {
	q := r.queries[name]
	if q == nil {
		return nil, fmt.Errorf("no query %q%s", name, report.Suggest(name, slices.Sorted(maps.Keys(r.queries))))
	}
	if len(q.Params) == 0 && len(params) > 0 {
		return r.pick(ctx, q, params)
	}
	from, args, err := q.call(params)
	if err != nil {
		return nil, err
	}
	if err := r.counted(); err != nil {
		return nil, err
	}
	rows, err := r.db.QueryContext(ctx, "SELECT * FROM "+from, args...)
	if err != nil {
		return nil, q.fault(err)
	}
	defer rows.Close()
	t := &report.Table{Name: name, Title: q.Title, Columns: slices.Clone(r.columns[name]), Source: r.source(q), Notes: r.notes(q)}
	same := pool{}
	for rows.Next() {
		cells, to := make([]any, len(t.Columns)), make([]any, len(t.Columns))
		for i := range cells {
			to[i] = &cells[i]
		}
		if err := rows.Scan(to...); err != nil {
			return nil, q.fault(err)
		}
		for i := range cells {
			if cells[i], err = plain(cells[i]); err == nil {
				err = listed(t.Columns[i], cells[i])
			}
			if err != nil {
				return nil, fmt.Errorf("%s: column %q: %w", q.File, t.Columns[i].Name, err)
			}
			cells[i] = same.one(cells[i])
		}
		t.Rows = append(t.Rows, cells)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return nil, q.fault(err)
	}
	told, err := r.unplaced(ctx, q)
	t.Notes = append(t.Notes, told...)
	return t, err
}

// call writes the FROM of a query with its parameters.
func (q *Query) call(params map[string]string) (from string, args []any, err error) {
	for name := range params {
		if !slices.ContainsFunc(q.Params, func(p Param) bool { return p.Name == name }) {
			return "", nil, fmt.Errorf("%s takes no parameter %q", q.Name, name)
		}
	}
	if len(q.Params) == 0 {
		return ident(q.Name), nil, nil
	}
	var places []string
	for i, p := range q.Params {
		value, ok := params[p.Name]
		if !ok {
			return "", nil, fmt.Errorf("%s needs the parameter %q", q.Name, p.Name)
		}
		kind := map[string]string{"integer": "BIGINT", "number": "DOUBLE", "date": "DATE"}[p.Type]
		if kind == "" {
			kind = "VARCHAR"
		}
		places = append(places, fmt.Sprintf("CAST($%d AS %s)", i+1, kind))
		args = append(args, value)
	}
	return ident(q.Name) + "(" + strings.Join(places, ", ") + ")", args, nil
}

func (r *Reader) source(q *Query) report.Source {
	s := report.Source{Query: q.File, Tables: r.tables(q)}
	if r.aboutFiles(q) {
		return s // the files are what it shows, not where it comes from
	}
	for _, table := range s.Tables {
		s.Files += r.files[table].files
		s.Rows += r.files[table].rows
	}
	return s
}

// Queries returns the names of the queries that take no parameters, in
// alphabetical order.
func (r *Reader) Queries() []string {
	var out []string
	for name, q := range r.queries {
		if len(q.Params) == 0 && q.Severity == "" {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}
