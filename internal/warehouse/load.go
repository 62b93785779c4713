package warehouse

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"tongket/internal/contract"
	"tongket/internal/intake"
)

// Delivery is one file to be loaded.
type Delivery struct {
	Path     string // where it lies
	Name     string // below data/, with slashes: how people know it
	Resource *contract.Resource
	Received time.Time
	Hints    intake.Hints
	Named    bool // a person asked for this very file: it is taken in again though it was withdrawn
}

// Receipt accounts for every row of one file: Read is Accepted + Rejected.
type Receipt struct {
	Submission int64
	File       string
	Resource   string
	Status     Status
	Message    string // why a file was refused, in the programme's language
	Told       bool   // the same bytes were refused for the same reason before
	Read       int64  // rows
	Accepted   int64
	Rejected   int64
	ToMend     int64    // of the rejected, those that no later file has brought right
	Warned     int64    // rows accepted with a doubt
	Blank      int64    // rows of nothing but separators; they are none of Read
	Replaced   int64    // earlier rows that this file corrects
	Corrects   []string // files whose rows those were
	Yielded    int64    // rows of a file that was read again, for which later files brought others
	Mended     int64    // rejected rows of earlier files that this one brought right
	Mends      []string // files whose rows those were
	Aside      int64    // titles, headings, totals, remarks; they are none of Read
	Reading    []string // how the file was read and what shows it, a decision a line
	Plain      bool     // it was read as it is: there is nothing to tell about that
	Absent     []string // titles of columns that the file lacks, and that no warning is about
	Unknown    []string
	Faults     []intake.Fault // the first of the rejects
	Doubts     []intake.Fault // the first of the warnings
	Mend       [][]string     `json:"-"` // the list to send back to the unit; nil when nothing is to be mended
	Passed     []intake.Aside // the first of the rows that hold no figures, and sheets that were not read
}

// Status is what became of a file.
type Status string

// What becomes of a file. Known means that the same bytes are loaded already;
// its receipt carries the rows that are still rejected. Replaced is what an
// earlier version of a file becomes: its account no longer counts.
const (
	Accepted Status = "accepted"
	Partial  Status = "partial"
	Refused  Status = "refused"
	Known    Status = "known"
	Replaced Status = "replaced"
	// Withdrawn is a file whose figures were taken back; Withdrawal the record
	// of doing so.
	Withdrawn  Status = "withdrawn"
	Withdrawal Status = "withdrawal"
)

// shown is how many rejects and warnings a receipt carries; all of them are in
// the warehouse.
const shown = 20

// Load takes one file in: all of it or nothing, in one transaction. Rows that
// break the contract go to rejects. A file that cannot be read at all, or that
// no table takes, is refused, which is a receipt and not an error.
func (w *Warehouse) Load(ctx context.Context, d Delivery) (*Receipt, error) {
	rec := &Receipt{File: d.Name}
	if d.Resource == nil {
		return rec, w.refuse(ctx, d, rec, intake.Unclaimed(d.Path, w.locale))
	}
	rec.Resource = d.Resource.Name
	if err := w.recall(ctx, &d); err != nil {
		return rec, err
	}
	units, err := w.register(ctx, d, nil)
	if err != nil {
		return rec, err
	}
	file, err := intake.Inspect(ctx, intake.Order{Path: d.Path, Name: d.Name, Resource: d.Resource, Locale: w.locale, Units: units, Hints: d.Hints, Temp: w.temp})
	defer file.Release()
	if refusal := w.refusal(err); refusal != nil {
		return rec, w.refuse(ctx, d, rec, refusal)
	}
	if err != nil {
		return rec, err
	}
	rec.Unknown, rec.Absent = file.Unknown(), absent(d.Resource, file.Columns())
	l := &loading{Warehouse: w, Delivery: d, file: file, receipt: rec, sum: make(chan summed, 1)}
	go func() {
		digest, err := intake.Sum(d.Path, decimalMark(d.Resource)[0])
		l.sum <- summed{digest, err}
	}()
	if file.Bytes < small {
		s := <-l.sum
		l.sum <- s
		if known, err := w.known(ctx, d, s.SHA256, file.NameTells()); s.err == nil && (err != nil || known != nil) {
			return known, err
		}
	}
	return l.load(ctx)
}

// decimalMark is that of a table's numbers.
func decimalMark(r *contract.Resource) string {
	for _, f := range r.Fields {
		if f.Type == contract.Number || f.Type == contract.Integer {
			return f.Decimal
		}
	}
	return ","
}

func absent(r *contract.Resource, fields []*contract.Field) []string {
	var out []string
	for _, f := range r.Fields {
		if !slices.Contains(fields, f) {
			out = append(out, f.Title)
		}
	}
	return out
}

// refusal turns a file that cannot be opened or read into one that is refused:
// the other files shall not wait for it.
func (w *Warehouse) refusal(err error) *intake.Refusal {
	if refusal := intake.AsRefusal(err); refusal != nil {
		return refusal
	}
	var path *os.PathError
	if errors.As(err, &path) {
		return &intake.Refusal{Message: w.locale.Say("intake.path", "reason", path.Err.Error())}
	}
	return nil
}

// small is the size below which a file is summed before it is read, so that
// one that is known costs next to nothing. A larger one is summed meanwhile.
const small = 32 << 20

type summed struct {
	intake.Digest
	err error
}

// loading is one file on its way in.
type loading struct {
	*Warehouse
	Delivery
	file    *intake.File
	receipt *Receipt
	sum     chan summed
	digest  intake.Digest
	faults  string // file of the faults that the intake found, or ""
	told    int64  // faults, so far
	torn    int64  // rows that could not be taken apart
	passed  []intake.Aside
}

// load walks the file through one transaction.
func (l *loading) load(ctx context.Context) (*Receipt, error) {
	defer func() {
		if l.faults != "" {
			os.Remove(l.faults)
		}
	}()
	if err := l.exec(ctx, "BEGIN"); err != nil {
		return l.receipt, err
	}
	known, err := l.run(ctx)
	if err == nil && known == nil {
		return l.receipt, l.exec(ctx, "COMMIT")
	}
	// The first error is the one to tell.
	_, _ = l.conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
	if refusal := l.refusal(err); refusal != nil {
		return l.receipt, l.refuse(ctx, l.Delivery, l.receipt, refusal)
	}
	if known != nil {
		return known, nil
	}
	return l.receipt, err
}

func (l *loading) run(ctx context.Context) (known *Receipt, err error) {
	if err := l.stage(ctx); err != nil {
		return nil, err
	}
	if l.file.Changed() {
		return nil, &intake.Refusal{Message: l.locale.Say("intake.changed")}
	}
	if l.file.Bytes >= small {
		if known, err := l.known(ctx, l.Delivery, l.digest.SHA256, l.file.NameTells()); err != nil || known != nil {
			return known, err
		}
	}
	if l.receipt.Submission, err = l.count(ctx, "SELECT nextval('submission_ids')"); err != nil {
		return nil, err
	}
	if err := l.resolve(ctx); err != nil {
		return nil, err
	}
	if err := l.check(ctx); err != nil {
		return nil, err
	}
	return nil, l.keep(ctx)
}

// stage reads the file into the temporary table __stage. A file that is what
// the contract says is typed by the engine's reader as it goes; a row is a
// line then, which the count of lines proves. Every other file is gone through
// by the intake, row by row: one with a cell that the reader cannot type, with
// titles or totals, in other letters, a workbook.
func (l *loading) stage(ctx context.Context) error {
	quick := l.file.Plain
	if quick {
		var err error
		if quick, err = l.quick(ctx); err != nil {
			return err
		}
	}
	s := <-l.sum
	if l.digest = s.Digest; s.err != nil {
		return s.err
	}
	if !quick || s.Odd {
		return l.tidied(ctx)
	}
	table := l.file.Tables[0]
	rows, err := l.count(ctx, "SELECT count(*) FROM __stage")
	if err != nil {
		return err
	}
	if rows != l.digest.Lines-table.First+1 {
		return l.tidied(ctx)
	}
	first, err := l.count(ctx, "SELECT coalesce(min(rowid), 0) FROM __stage")
	if err != nil {
		return err
	}
	if err := l.exec(ctx, linedSQL(l.Resource, table.Fields, fmt.Sprintf("rowid - %d", first-table.First), false)); err != nil {
		return err
	}
	if l.receipt.Read, err = l.count(ctx, "SELECT count(*) FROM __lined"); err != nil {
		return err
	}
	l.receipt.Blank, l.receipt.Reading = rows-l.receipt.Read, l.file.Reading
	l.receipt.Plain = true
	return l.some()
}

// some refuses a report without a row.
func (l *loading) some() error {
	if l.receipt.Read == 0 && l.Resource.Periodic() {
		return &intake.Refusal{Message: l.locale.Say("intake.no_rows")}
	}
	return nil
}

// quick stages a file whose every cell the engine's reader can type; false
// when there is another.
func (l *loading) quick(ctx context.Context) (bool, error) {
	q := quickly(l.Resource, l.file.Tables[0].Fields)
	if q == nil {
		return false, nil
	}
	if err := l.exec(ctx, "CREATE OR REPLACE TEMP TABLE __stage AS SELECT "+q.values+" FROM "+l.direct(q.columns, q.options)); err != nil {
		return false, l.restart(ctx)
	}
	odd, err := l.count(ctx, "SELECT count(*) FROM __stage WHERE __odd")
	return odd == 0, err
}

// restart begins the transaction anew after a statement failed in it; nothing
// has been written yet.
func (l *loading) restart(ctx context.Context) error {
	return errors.Join(l.exec(ctx, "ROLLBACK"), l.exec(ctx, "BEGIN"))
}

func (l *loading) direct(columns, options string) string {
	return fmt.Sprintf(`read_csv(%s, auto_detect=false, header=false, skip=%d, delim=%s, quote='"', escape='"', columns=%s, encoding='utf-8', %s)`,
		lit(escapeGlob(l.file.Path)), l.file.Tables[0].First-1, lit(l.file.Delimiter()), columns, options)
}

// escapeGlob keeps the engine from taking a file's name for a pattern.
func escapeGlob(path string) string {
	return strings.NewReplacer("[", "[[]", "*", "[*]", "?", "[?]").Replace(path)
}

// ours reads a file that the intake wrote.
func ours(path string, columns []string) string {
	return fmt.Sprintf(`read_csv(%s, auto_detect=false, header=false, delim=',', quote='"', escape='"', nullstr='', allow_quoted_nulls=false, columns={%s}, new_line='\n', max_line_size=16000000)`,
		lit(escapeGlob(path)), strings.Join(columns, ", "))
}

// tidied stages a file through the intake.
func (l *loading) tidied(ctx context.Context) error {
	rows, err1 := os.CreateTemp(l.temp, "*.csv")
	faults, err2 := os.CreateTemp(l.temp, "*.csv")
	if err := errors.Join(err1, err2); err != nil {
		return fmt.Errorf("temporary file: %w", err)
	}
	defer os.Remove(rows.Name())
	l.faults = faults.Name()
	found, err := l.file.Tidy(ctx, intake.Outputs{Rows: rows, Faults: faults})
	if err := errors.Join(err, rows.Close(), faults.Close()); err != nil {
		return err
	}
	l.torn, l.passed = found.Torn, append(found.Passed, l.file.Passed...)
	l.receipt.Blank, l.receipt.Aside, l.receipt.Read = found.Blank, found.Aside, found.Rows+found.Torn
	for _, p := range l.passed[:min(len(l.passed), shown)] {
		_, p.Line = l.file.Place(p.Line)
		l.receipt.Passed = append(l.receipt.Passed, p)
	}
	l.receipt.Reading = found.Reading
	fields := l.file.Columns()
	columns := []string{"'__line': 'BIGINT'"}
	for _, f := range fields {
		columns = append(columns, fmt.Sprintf("'%s': '%s'", f.Name, f.SQL()))
	}
	columns = append(columns, "'__unread': 'VARCHAR'")
	if err := l.exec(ctx, "CREATE OR REPLACE TEMP TABLE __stage AS SELECT *, false AS __blank FROM "+ours(rows.Name(), columns)); err != nil {
		return err
	}
	n, err := l.count(ctx, "SELECT count(*) FROM __stage")
	if err == nil && n != found.Rows {
		err = fmt.Errorf("%d rows were written for the engine and %d came back", found.Rows, n)
	}
	if err != nil {
		return err
	}
	if err := l.exec(ctx, linedSQL(l.Resource, fields, "__line", true)); err != nil {
		return err
	}
	return l.some()
}
