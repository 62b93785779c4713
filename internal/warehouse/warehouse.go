// Package warehouse keeps what was reported in one DuckDB file and answers
// queries over it. It is the only door to the database driver, whose types do
// not leave it.
//
// The file holds a table for each resource of the contract, with the columns
// submission, line and superseded_by besides the fields, and the tables
// submissions, rejects and warnings. Rows are never deleted: a correction
// marks the row it replaces.
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
	"tongket/internal/report"
)

// Warehouse is an open warehouse that files can be loaded into. One process
// at a time has it.
type Warehouse struct {
	db       *sql.DB
	conn     *sql.Conn
	contract *contract.Contract
	locale   *report.Locale
}

// format is the version of the layout that this program writes.
const format = "1"

const system = `
CREATE TABLE IF NOT EXISTS meta (name VARCHAR PRIMARY KEY, value VARCHAR);
CREATE SEQUENCE IF NOT EXISTS submission_ids;
CREATE TABLE IF NOT EXISTS submissions (
	id BIGINT, path VARCHAR, resource VARCHAR, sha256 VARCHAR, bytes BIGINT, encoding VARCHAR, dialect VARCHAR,
	received_at TIMESTAMP, rows_read BIGINT, rows_accepted BIGINT, rows_rejected BIGINT, rows_warned BIGINT,
	status VARCHAR, message VARCHAR);
CREATE TABLE IF NOT EXISTS rejects (submission BIGINT, line BIGINT, "column" VARCHAR, value VARCHAR, rule VARCHAR, message VARCHAR);
CREATE TABLE IF NOT EXISTS warnings (submission BIGINT, line BIGINT, "column" VARCHAR, value VARCHAR, rule VARCHAR, message VARCHAR);
`

// Open opens the warehouse file, or makes it with the tables of the contract.
func Open(ctx context.Context, path string, c *contract.Contract, l *report.Locale) (*Warehouse, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, fmt.Errorf("warehouse: %w", err)
	}
	db, err := open(path)
	if err != nil {
		return nil, busy(path, err)
	}
	w := &Warehouse{db: db, contract: c, locale: l}
	if w.conn, err = db.Conn(ctx); err != nil {
		return nil, errors.Join(busy(path, err), db.Close())
	}
	if err := w.prepare(ctx, path); err != nil {
		return nil, errors.Join(err, w.Close())
	}
	return w, nil
}

// Close writes what is left to the file and gives it free.
func (w *Warehouse) Close() error { return errors.Join(w.conn.Close(), w.db.Close()) }

// open connects to a DuckDB file, or to a database in memory when path is
// empty. Nothing is ever fetched: extensions are neither installed nor loaded
// from elsewhere.
func open(path string) (*sql.DB, error) {
	settings := "?autoinstall_known_extensions=false&autoload_known_extensions=false&memory_limit=2GB"
	connector, err := duckdb.NewConnector(path+settings, nil)
	if err != nil {
		return nil, err
	}
	return sql.OpenDB(connector), nil
}

// busy turns the engine's words for a locked or foreign file into ours.
func busy(path string, err error) error {
	switch text := err.Error(); {
	case strings.Contains(text, "Conflicting lock"):
		return fmt.Errorf("warehouse: %s is in use by another tongket process; wait for it to end", path)
	case strings.Contains(text, "not a valid DuckDB database"):
		return fmt.Errorf("warehouse: %s is no warehouse file; move it away and load again", path)
	}
	return fmt.Errorf("warehouse: %s: %w", path, err)
}

// prepare makes the tables that are missing. A file made for another contract
// is left as it is.
func (w *Warehouse) prepare(ctx context.Context, path string) error {
	tables := ddl(w.contract)
	hash := sha256.Sum256([]byte(format + "\n" + tables))
	print := hex.EncodeToString(hash[:])
	var known string
	if _, err := w.conn.ExecContext(ctx, system); err != nil {
		return fmt.Errorf("warehouse: %w", err)
	}
	err := w.conn.QueryRowContext(ctx, "SELECT value FROM meta WHERE name = 'contract'").Scan(&known)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return w.exec(ctx, "BEGIN;"+tables+"INSERT INTO meta VALUES ('contract', "+lit(print)+"); COMMIT")
	case err != nil:
		return fmt.Errorf("warehouse: %w", err)
	case known != print:
		return fmt.Errorf("warehouse: %s was made for another contract or an older program; "+
			"move the file aside (it keeps what was loaded) and load the files again", path)
	}
	return nil
}

func ddl(c *contract.Contract) string {
	var b strings.Builder
	for _, r := range c.Resources {
		fmt.Fprintf(&b, "CREATE TABLE %s (submission BIGINT, line BIGINT", ident(r.Name))
		for _, f := range r.Fields {
			fmt.Fprintf(&b, ", %s %s", ident(f.Name), f.SQL())
		}
		b.WriteString(", superseded_by BIGINT);\n")
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
