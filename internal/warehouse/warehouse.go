// Package warehouse keeps what was reported in one DuckDB file and answers
// queries over it. It is the only door to the database driver, whose types do
// not leave it.
//
// The file holds a table for each resource of the contract, with the columns
// submission, line and since besides the fields, and the tables submissions,
// rejects, warnings, passed, rejected (the keys of rejected rows, where they could be
// read) and mended (rejected rows, and the row of a later file that each became). No row is ever lost: what a correction replaces
// goes to the table of the same name in the schema past, with the correction's
// number as superseded_by. A row is in force since the submission that brought
// it, or since a later one, a withdrawal, that brought it back. The line of a
// row in the n-th sheet of a workbook, from 0, is n*intake.SheetSpan above the
// one that people count.
package warehouse

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/duckdb/duckdb-go/v2"

	"tongket/internal/contract"
	"tongket/internal/lock"
	"tongket/internal/register"
	"tongket/internal/report"
)

// Warehouse is an open warehouse that files can be loaded into. One process
// at a time has it.
type Warehouse struct {
	db       *sql.DB
	conn     *sql.Conn
	lock     *lock.Lock
	temp     string // folder for files of a moment
	backup   string // copy of the file before it was brought up to date
	contract *contract.Contract
	locale   *report.Locale

	registers map[string]*register.Register // the last one that was made, by table and version
}

// format is the version of the layout that this program writes.
const format = "7"

const system = `
CREATE SCHEMA past;
CREATE TABLE meta (name VARCHAR PRIMARY KEY, value VARCHAR);
CREATE SEQUENCE submission_ids;
CREATE TABLE submissions (
	id BIGINT, path VARCHAR, resource VARCHAR, sha256 VARCHAR, bytes BIGINT, encoding VARCHAR, dialect VARCHAR, sheets VARCHAR[],
	received_at TIMESTAMP, rows_read BIGINT, rows_accepted BIGINT, rows_rejected BIGINT, rows_warned BIGINT, rows_aside BIGINT,
	status VARCHAR, message VARCHAR, reading VARCHAR, unknown VARCHAR, contract VARCHAR, "references" VARCHAR, hints VARCHAR, withdraws BIGINT);
CREATE TABLE rejects (submission BIGINT, line BIGINT, "column" VARCHAR, value VARCHAR, rule VARCHAR, message VARCHAR);
CREATE TABLE warnings (submission BIGINT, line BIGINT, "column" VARCHAR, value VARCHAR, rule VARCHAR, message VARCHAR);
CREATE TABLE passed (submission BIGINT, sheet VARCHAR, line BIGINT, kind VARCHAR, text VARCHAR);
` + mending

// mending came with the layout 7.
const mending = `
CREATE TABLE IF NOT EXISTS rejected (submission BIGINT, line BIGINT, key VARCHAR);
CREATE TABLE IF NOT EXISTS mended (submission BIGINT, line BIGINT, successor BIGINT, successor_line BIGINT);
CREATE TABLE IF NOT EXISTS reread (submission BIGINT, origin BIGINT);
`

// Open opens the warehouse file, or makes it with the tables of the contract.
// The contract's rules are tried before the first row is read.
func Open(ctx context.Context, path string, c *contract.Contract, l *report.Locale) (*Warehouse, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, fmt.Errorf("warehouse: %w", err)
	}
	held, err := acquire(path, l)
	if err != nil {
		return nil, err
	}
	db, err := attach(ctx, path, "")
	if err != nil {
		return nil, errors.Join(busy(path, err, l), held.Release())
	}
	temp := path + ".work" // what a job that was killed left there is nobody's now
	if err := errors.Join(os.RemoveAll(temp), os.MkdirAll(temp, 0o755)); err != nil {
		return nil, errors.Join(fmt.Errorf("warehouse: %w", err), db.Close(), held.Release())
	}
	w := &Warehouse{db: db, lock: held, temp: temp, contract: c, locale: l}
	if w.conn, err = db.Conn(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("warehouse: %w", err), db.Close(), held.Release())
	}
	if err := w.prepare(ctx, path); err != nil {
		return nil, errors.Join(err, w.Close())
	}
	return w, nil
}

// Close writes what is left to the file and gives it free.
func (w *Warehouse) Close() error {
	return errors.Join(w.exec(context.Background(), "USE memory; DETACH warehouse"), w.conn.Close(), w.db.Close(), os.RemoveAll(w.temp), w.lock.Release())
}

// attach makes a database in memory with a warehouse file attached under the
// name warehouse; mode is "" or "(READ_ONLY)". Nothing is ever fetched:
// extensions are neither installed nor loaded from elsewhere.
func attach(ctx context.Context, path, mode string) (*sql.DB, error) {
	if strings.Contains(path, "?") {
		return nil, fmt.Errorf("warehouse: %s: the engine cannot work in a folder with ? in its name; rename it", path)
	}
	connector, err := duckdb.NewConnector("?autoinstall_known_extensions=false&autoload_known_extensions=false&memory_limit=2GB", nil)
	if err != nil {
		return nil, fmt.Errorf("warehouse: %w", err)
	}
	db := sql.OpenDB(connector)
	spill := "SET temp_directory = " + lit(path+".tmp")
	if _, err := db.ExecContext(ctx, spill+"; ATTACH "+lit(path)+" AS warehouse "+mode); err != nil {
		return nil, errors.Join(fmt.Errorf("warehouse: %s: %w", path, err), db.Close())
	}
	return db, nil
}

// busy turns the engine's words for a locked or foreign file into ours.
func busy(path string, err error, l *report.Locale) error {
	switch text := err.Error(); {
	case strings.Contains(text, "Conflicting lock"), strings.Contains(text, "Could not set lock"):
		return (&lock.Held{Path: path}).In(l.Say("error.warehouse.busy", "file", path, "who", ""))
	case strings.Contains(text, "not a valid DuckDB database"):
		return errors.New(l.Say("error.warehouse.foreign", "file", path))
	}
	return err
}

// prepare makes the tables of a new file and brings an older one up to date.
func (w *Warehouse) prepare(ctx context.Context, path string) error {
	if err := w.exec(ctx, "USE warehouse"); err != nil {
		return err
	}
	made, err := w.count(ctx, "SELECT count(*) FROM duckdb_tables() WHERE database_name = 'warehouse' AND table_name = 'meta'")
	if err != nil {
		return err
	}
	if made == 0 {
		tables := "BEGIN;" + system + ddl(w.contract) + "INSERT INTO meta VALUES ('contract', " + lit(fingerprint(w.contract)) + "), ('name', " + lit(w.contract.Name) + "); COMMIT"
		if err := w.exec(ctx, tables); err != nil {
			return err
		}
	} else if err := sameContract(ctx, w.conn, w.contract, path); errors.Is(err, errOutdated) {
		if err := w.upgrade(ctx, path); err != nil {
			return err
		}
	} else if err != nil {
		return err
	}
	if err := w.exec(ctx, "CREATE OR REPLACE TEMP "+periodEnd()+"; CREATE OR REPLACE TEMP "+periodMonths()); err != nil {
		return err
	}
	return w.tryRules(ctx)
}

// fingerprint tells contracts apart whose tables differ.
func fingerprint(c *contract.Contract) string {
	hash := sha256.Sum256([]byte(format + "\n" + ddl(c)))
	return hex.EncodeToString(hash[:])
}

type rower interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

var errOutdated = errors.New("was made for another contract or by an older program; tongket load brings it up to date and keeps a copy")

// sameContract refuses a warehouse whose tables are not the contract's.
func sameContract(ctx context.Context, db rower, c *contract.Contract, path string) error {
	var known, name string
	err := db.QueryRowContext(ctx, "SELECT coalesce(max(value) FILTER (name = 'contract'), ''), coalesce(max(value) FILTER (name = 'name'), '') FROM warehouse.meta").Scan(&known, &name)
	if err != nil {
		return fmt.Errorf("warehouse: %s: %w", path, err)
	}
	if name != "" && name != c.Name {
		return fmt.Errorf("warehouse: %s belongs to the programme %q, and %s says %q: give each programme its own folder, or write the name back if it was only renamed", path, name, contract.File, c.Name)
	}
	if known != fingerprint(c) {
		return fmt.Errorf("warehouse: %s %w", path, errOutdated)
	}
	return nil
}

// tryRules has the engine bind every rule of the contract, over no rows.
func (w *Warehouse) tryRules(ctx context.Context) error {
	var errs []error
	for _, r := range w.contract.Resources {
		for _, rule := range r.Rules {
			_, err := w.count(ctx, fmt.Sprintf("SELECT count(*) FROM %s WHERE false AND NOT (%s\n)", ident(r.Name), rule.Condition))
			if err != nil {
				text, _, _ := strings.Cut(strings.TrimPrefix(err.Error(), "warehouse: "), "\n\nLINE")
				errs = append(errs, fmt.Errorf("%s:%d: rule %q: %s", contract.File, rule.Line, rule.Name, strings.Join(strings.Fields(text), " ")))
			}
		}
	}
	return errors.Join(errs...)
}

func ddl(c *contract.Contract) string {
	var b strings.Builder
	for _, r := range c.Resources {
		columns := "submission BIGINT, line BIGINT"
		for _, f := range r.Fields {
			columns += fmt.Sprintf(", %s %s", ident(f.Name), f.SQL())
		}
		fmt.Fprintf(&b, "CREATE TABLE %s (%s, since BIGINT);\nCREATE TABLE past.%[1]s (%[2]s, since BIGINT, superseded_by BIGINT);\n", ident(r.Name), columns)
	}
	return b.String()
}

func (w *Warehouse) exec(ctx context.Context, statement string, args ...any) error {
	if _, err := w.conn.ExecContext(ctx, statement, args...); err != nil {
		return fmt.Errorf("warehouse: %w", err)
	}
	return nil
}

func (w *Warehouse) count(ctx context.Context, query string, args ...any) (n int64, err error) {
	err = w.conn.QueryRowContext(ctx, query, args...).Scan(&n)
	if err != nil {
		err = fmt.Errorf("warehouse: %w", err)
	}
	return n, err
}

// ident and lit write names and texts into SQL, whatever they hold.
func ident(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }
func lit(text string) string   { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }

func lits(texts []string) string {
	out := make([]string, len(texts))
	for i, t := range texts {
		out[i] = lit(t)
	}
	return strings.Join(out, ", ")
}
