package warehouse

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"tongket/internal/contract"
	"tongket/internal/intake"
	"tongket/internal/strict"
)

// Delivery is one file to be loaded.
type Delivery struct {
	Path     string // where it lies
	Name     string // below data/, with slashes: how people know it
	Resource *contract.Resource
	Received time.Time
}

// Receipt accounts for every row of one file.
type Receipt struct {
	Submission int64
	File       string
	Resource   string
	Status     Status
	Message    string // why a file was refused, in the programme's language
	Read       int64  // rows
	Accepted   int64
	Rejected   int64
	Warned     int64 // rows accepted with a doubt
	Replaced   int64 // earlier rows that this file corrects
	Unknown    []string
	Faults     []intake.Fault // the first of the rejects
	Doubts     []intake.Fault // the first of the warnings
}

// Status is what became of a file.
type Status string

// What becomes of a file. Known means that the same bytes are loaded already.
const (
	Accepted Status = "accepted"
	Partial  Status = "partial"
	Refused  Status = "refused"
	Known    Status = "known"
)

// shown is how many rejects and warnings a receipt carries; all of them are in
// the warehouse.
const shown = 20

// Load takes one file in: all of it or nothing, in one transaction. Rows that
// break the contract go to rejects. A file that cannot be read at all is
// refused, which is a receipt and not an error.
func (w *Warehouse) Load(ctx context.Context, d Delivery) (*Receipt, error) {
	rec := &Receipt{File: d.Name, Resource: d.Resource.Name}
	file, err := intake.Inspect(d.Path, d.Name, d.Resource, w.locale)
	if refusal := intake.IsRefusal(err); refusal != nil {
		return rec, w.refuse(ctx, d, rec, refusal)
	}
	if err != nil {
		return rec, err
	}
	rec.Unknown = file.Unknown
	sum := make(chan summed, 1)
	go func() {
		digest, err := intake.Sum(d.Path)
		sum <- summed{digest, err}
	}()
	if file.Bytes < small {
		s := <-sum
		sum <- s
		if s.err != nil {
			return rec, s.err
		}
		if known, err := w.known(ctx, d, s.SHA256); err != nil || known != nil {
			return known, err
		}
	}
	l := &loading{Warehouse: w, Delivery: d, file: file, receipt: rec, sum: sum}
	if err := w.exec(ctx, "BEGIN"); err != nil {
		return rec, err
	}
	known, err := l.run(ctx)
	if refusal := intake.IsRefusal(err); refusal != nil {
		return rec, errors.Join(w.exec(ctx, "ROLLBACK"), w.refuse(ctx, d, rec, refusal))
	}
	if err != nil || known != nil {
		_, _ = w.conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK") // the first error is the one to tell
		if known != nil {
			rec = known
		}
		return rec, err
	}
	return rec, w.exec(ctx, "COMMIT")
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
	torn    []intake.Fault // rows that could not be taken apart
}

func (l *loading) run(ctx context.Context) (known *Receipt, err error) {
	if err := l.stage(ctx); err != nil {
		return nil, err
	}
	if l.file.Bytes >= small {
		if known, err := l.known(ctx, l.Delivery, l.digest.SHA256); err != nil || known != nil {
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

// stage reads the file into the temporary table stage. Most files are what the
// contract says, and the engine's reader types them as it goes. One with a
// cell that it cannot type is read as text and typed in SQL, cell by cell. In
// both cases a row is a line, which the count of lines proves; what has line
// ends inside quotes, blank lines or rows of the wrong length goes through
// intake.Normalize.
func (l *loading) stage(ctx context.Context) error {
	quick, err := l.quick(ctx)
	if err == nil && !quick {
		err = l.exec(ctx, stageSQL(l.Resource, l.file.Fields, l.direct(columns(len(l.file.Header)), "nullstr=''"), ""))
	}
	s := <-l.sum
	if l.digest = s.Digest; s.err != nil {
		return s.err
	}
	if err != nil {
		if err := l.restart(ctx); err != nil {
			return err
		}
		return l.normalized(ctx)
	}
	rows, err := l.count(ctx, "SELECT count(*) FROM stage")
	if err != nil {
		return err
	}
	if rows != l.digest.Lines-l.file.First+1 {
		return l.normalized(ctx)
	}
	l.receipt.Read = rows
	if rows == 0 && l.Resource.Periodic() {
		return &intake.Refusal{Message: l.locale.Say("intake.no_rows")}
	}
	first, err := l.count(ctx, "SELECT coalesce(min(rowid), 0) FROM stage")
	if err != nil {
		return err
	}
	return l.exec(ctx, linedSQL(l.Resource, l.file.Fields, fmt.Sprintf("rowid - %d", first-l.file.First), !quick))
}

// quick stages a file whose every cell the engine's reader can type; false
// when there is another.
func (l *loading) quick(ctx context.Context) (bool, error) {
	q := quickly(l.Resource, l.file.Fields)
	if q == nil {
		return false, nil
	}
	if err := l.exec(ctx, "CREATE OR REPLACE TEMP TABLE stage AS SELECT "+q.values+" FROM "+l.direct(q.columns, q.options)); err != nil {
		return false, l.restart(ctx)
	}
	odd, err := l.count(ctx, "SELECT count(*) FROM stage WHERE odd")
	return odd == 0, err
}

// restart begins the transaction anew after a statement failed in it; nothing
// has been written yet.
func (l *loading) restart(ctx context.Context) error {
	return errors.Join(l.exec(ctx, "ROLLBACK"), l.exec(ctx, "BEGIN"))
}

func (l *loading) direct(columns, options string) string {
	return fmt.Sprintf(`read_csv(%s, auto_detect=false, header=false, skip=%d, delim=%s, quote='"', escape='"', columns=%s, encoding='utf-8', %s)`,
		lit(escapeGlob(l.file.Path)), l.file.First-1, lit(string(l.file.Delimiter)), columns, options)
}

// escapeGlob keeps the engine from taking a file's name for a pattern.
func escapeGlob(path string) string {
	return strings.NewReplacer("[", "[[]", "*", "[*]", "?", "[?]").Replace(path)
}

func columns(n int) string {
	var b strings.Builder
	b.WriteByte('{')
	for i := range n {
		fmt.Fprintf(&b, "'c%d': 'VARCHAR', ", i)
	}
	return strings.TrimSuffix(b.String(), ", ") + "}"
}

func (l *loading) normalized(ctx context.Context) error {
	temp, err := os.CreateTemp("", "tongket-*.csv")
	if err != nil {
		return fmt.Errorf("temporary file: %w", err)
	}
	defer os.Remove(temp.Name())
	l.torn, err = intake.Normalize(temp, l.file, l.locale)
	if err := errors.Join(err, temp.Close()); err != nil {
		return err
	}
	cols := strings.Replace(columns(len(l.file.Header)), "{", "{'line': 'BIGINT', ", 1)
	from := fmt.Sprintf(`read_csv(%s, auto_detect=false, header=false, delim=',', quote='"', escape='"', columns=%s, new_line='\n', max_line_size=16000000)`,
		lit(filepath.ToSlash(temp.Name())), cols)
	if err := l.exec(ctx, stageSQL(l.Resource, l.file.Fields, from, "line, ")); err != nil {
		return err
	}
	rows, err := l.count(ctx, "SELECT count(*) FROM stage")
	if err != nil {
		return err
	}
	if l.receipt.Read = rows + int64(len(l.torn)); l.receipt.Read == 0 && l.Resource.Periodic() {
		return &intake.Refusal{Message: l.locale.Say("intake.no_rows")}
	}
	return l.exec(ctx, linedSQL(l.Resource, l.file.Fields, "line", true))
}

// keep moves the rows without fault into their table, marks the ones they
// replace, and writes the account.
func (l *loading) keep(ctx context.Context) error {
	table, id := ident(l.Resource.Name), l.receipt.Submission
	var names []string
	for _, f := range l.Resource.Fields {
		names = append(names, ident(f.Name))
	}
	fields := strings.Join(names, ", ")
	where := ""
	if bad, err := l.count(ctx, "SELECT count(DISTINCT line) FROM faults WHERE severe"); err != nil {
		return err
	} else if l.receipt.Rejected = bad; bad > int64(len(l.torn)) {
		where = " WHERE line NOT IN (SELECT line FROM faults WHERE severe)"
	}
	insert := fmt.Sprintf("INSERT INTO %s (submission, line, %s) SELECT %d, line, %s FROM resolved%s", table, fields, id, fields, where)
	if err := l.exec(ctx, insert); err != nil {
		return err
	}
	l.receipt.Accepted = l.receipt.Read - l.receipt.Rejected
	var err error
	if l.receipt.Warned, err = l.count(ctx, "SELECT count(DISTINCT line) FROM faults WHERE NOT severe AND line NOT IN (SELECT line FROM faults WHERE severe)"); err != nil {
		return err
	}
	if err := l.supersede(ctx); err != nil {
		return err
	}
	return l.account(ctx)
}

// supersede marks earlier rows as replaced: those whose key the new file
// carries, and, in a table without reporting periods, all that an earlier
// version of the same file brought.
func (l *loading) supersede(ctx context.Context) error {
	table, id := ident(l.Resource.Name), l.receipt.Submission
	before, err := l.count(ctx, fmt.Sprintf("SELECT count(*) FROM %s WHERE submission < %d AND superseded_by IS NULL", table, id))
	if err != nil || before == 0 {
		return err
	}
	var match []string
	for _, k := range l.Resource.PrimaryKey {
		match = append(match, fmt.Sprintf("new.%[1]s IS NOT DISTINCT FROM old.%[1]s", ident(k)))
	}
	var replaced []string
	if len(match) > 0 {
		replaced = append(replaced, fmt.Sprintf("EXISTS (SELECT 1 FROM %s AS new WHERE new.submission = %d AND %s)", table, id, strings.Join(match, " AND ")))
	}
	if !l.Resource.Periodic() {
		replaced = append(replaced, fmt.Sprintf("old.submission IN (SELECT id FROM submissions WHERE path = %s)", lit(l.Name)))
	}
	if len(replaced) == 0 {
		return nil
	}
	result, err := l.conn.ExecContext(ctx, fmt.Sprintf("UPDATE %s AS old SET superseded_by = %d WHERE submission < %[2]d AND superseded_by IS NULL AND (%s)",
		table, id, strings.Join(replaced, " OR ")))
	if err != nil {
		return fmt.Errorf("warehouse: %w", err)
	}
	l.receipt.Replaced, err = result.RowsAffected()
	return err
}

func (l *loading) account(ctx context.Context) error {
	r := l.receipt
	r.Status = Accepted
	if r.Rejected > 0 {
		r.Status = Partial
	}
	for table, severe := range map[string]string{"rejects": "severe", "warnings": "NOT severe"} {
		err := l.exec(ctx, fmt.Sprintf(`INSERT INTO %s SELECT %d, line, "column", value, rule, message FROM faults WHERE %s ORDER BY line, "column", rule`, table, r.Submission, severe))
		if err != nil {
			return err
		}
	}
	var err error
	if r.Faults, err = l.first(ctx, "severe"); err != nil {
		return err
	}
	if r.Doubts, err = l.first(ctx, "NOT severe"); err != nil {
		return err
	}
	return l.record(ctx, l.Delivery, r, l.digest.SHA256, l.file.Bytes, fmt.Sprintf("%q", l.file.Delimiter))
}

func (l *loading) first(ctx context.Context, which string) ([]intake.Fault, error) {
	rows, err := l.conn.QueryContext(ctx, fmt.Sprintf(`SELECT line, coalesce("column", ''), coalesce(value, ''), rule, message FROM faults WHERE %s ORDER BY line, "column", rule LIMIT %d`, which, shown))
	if err != nil {
		return nil, fmt.Errorf("warehouse: %w", err)
	}
	defer rows.Close()
	var out []intake.Fault
	for rows.Next() {
		var f intake.Fault
		if err := rows.Scan(&f.Line, &f.Column, &f.Value, &f.Rule, &f.Message); err != nil {
			return nil, fmt.Errorf("warehouse: %w", err)
		}
		out = append(out, f)
	}
	return out, rows.Err()
}

// known returns a receipt when these bytes are loaded already: as the latest
// version of this file, or under another name.
func (w *Warehouse) known(ctx context.Context, d Delivery, sha string) (*Receipt, error) {
	n, err := w.count(ctx, `SELECT count(*) FROM submissions s WHERE resource = $1 AND status <> 'refused' AND sha256 = $2 AND (
		id = (SELECT max(id) FROM submissions WHERE resource = $1 AND path = $3 AND status <> 'refused')
		OR NOT EXISTS (SELECT 1 FROM submissions WHERE resource = $1 AND path = $3 AND status <> 'refused'))`, d.Resource.Name, sha, d.Name)
	if err != nil || n == 0 {
		return nil, err
	}
	return &Receipt{File: d.Name, Resource: d.Resource.Name, Status: Known}, nil
}

func (w *Warehouse) refuse(ctx context.Context, d Delivery, rec *Receipt, refusal *intake.Refusal) error {
	digest, err := intake.Sum(d.Path)
	if err != nil {
		return err
	}
	rec.Status, rec.Message = Refused, refusal.Message
	rec.Read, rec.Rejected = 0, 0
	if refusal.Line > 0 {
		rec.Faults = []intake.Fault{{Line: refusal.Line, Rule: "file", Message: refusal.Message}}
	}
	err = w.exec(ctx, "DELETE FROM submissions WHERE status = 'refused' AND path = $1 AND resource = $2", d.Name, d.Resource.Name)
	if err != nil {
		return err
	}
	if rec.Submission, err = w.count(ctx, "SELECT nextval('submission_ids')"); err != nil {
		return err
	}
	return w.record(ctx, d, rec, digest.SHA256, 0, "")
}

func (w *Warehouse) record(ctx context.Context, d Delivery, r *Receipt, sha string, bytes int64, dialect string) error {
	return w.exec(ctx, "INSERT INTO submissions VALUES ($1, $2, $3, $4, $5, 'utf-8', $6, $7, $8, $9, $10, $11, $12, $13)",
		r.Submission, d.Name, d.Resource.Name, sha, bytes, dialect, d.Received.UTC(), r.Read, r.Accepted, r.Rejected, r.Warned, string(r.Status), r.Message)
}

// Files pairs the files of a programme's data folder with their resources, in
// the order in which they must be loaded. A file that no resource takes is an
// error that names the nearest path.
func Files(c *contract.Contract, names []string) ([]Delivery, error) {
	var out []Delivery
	taken := map[string]bool{}
	for _, r := range c.Ordered() {
		for _, name := range names {
			if r.Takes(name) {
				out = append(out, Delivery{Name: name, Resource: r})
				taken[name] = true
			}
		}
	}
	var errs []error
	var paths []string
	for _, r := range c.Resources {
		paths = append(paths, r.Path...)
	}
	for _, name := range names {
		if !taken[name] {
			errs = append(errs, fmt.Errorf("data/%s: no resource of %s takes this file%s", name, contract.File, strict.Suggest(name, paths)))
		}
	}
	return out, errors.Join(errs...)
}
