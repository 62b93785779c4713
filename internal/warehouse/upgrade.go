package warehouse

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"tongket/internal/contract"
)

// Backup is the copy of the file that was kept when Open brought it up to
// date; empty when there was nothing to do.
func (w *Warehouse) Backup() string { return w.backup }

// upgrade brings a file of the program's last layout, or one made for a
// contract that has got more tables or fields since, up to date: in one
// transaction, after a copy was made. What would lose figures is refused.
func (w *Warehouse) upgrade(ctx context.Context, path string) error {
	have, err := w.layout(ctx, "warehouse")
	if err != nil {
		return err
	}
	want, err := w.wanted(ctx)
	if err != nil {
		return err
	}
	if err := w.outgrown(ctx, have, want); err != nil {
		return fmt.Errorf("warehouse: %s was made for another contract or by an older program, and cannot be carried over:\n%w\n"+
			"move the file aside (it keeps what was loaded) and load the files again", path, err)
	}
	if err := w.exec(ctx, "USE memory; DETACH warehouse"); err != nil {
		return err
	}
	w.backup, err = w.setAside(path)
	if err != nil {
		return fmt.Errorf("warehouse: copy before the change: %w", err)
	}
	if err := w.exec(ctx, "ATTACH "+lit(path)+" AS warehouse; USE warehouse; BEGIN"); err != nil {
		return err
	}
	if err := w.carryOver(ctx, have, want); err != nil {
		_, _ = w.conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
		return fmt.Errorf("%w; the file is unchanged, its copy is %s", err, w.backup)
	}
	return w.exec(ctx, "COMMIT")
}

// layout is the tables of a database, as schema.table, with their columns and
// types in order.
type layout map[string][]KeptColumn

func (w *Warehouse) layout(ctx context.Context, database string) (layout, error) {
	rows, err := w.conn.QueryContext(ctx, "SELECT schema_name || '.' || table_name, column_name, data_type FROM duckdb_columns() WHERE database_name = $1 AND NOT internal ORDER BY ALL", database)
	if err != nil {
		return nil, fmt.Errorf("warehouse: %w", err)
	}
	defer rows.Close()
	out := layout{}
	for rows.Next() {
		var table string
		var c KeptColumn
		if err := rows.Scan(&table, &c.Name, &c.Type); err != nil {
			return nil, fmt.Errorf("warehouse: %w", err)
		}
		out[table] = append(out[table], c)
	}
	return out, rows.Err()
}

// wanted is the layout that this program makes for the contract.
func (w *Warehouse) wanted(ctx context.Context) (layout, error) {
	if err := w.exec(ctx, "ATTACH ':memory:' AS wanted; USE wanted; "+system+ddl(w.contract)); err != nil {
		return nil, err
	}
	out, err := w.layout(ctx, "wanted")
	return out, errors.Join(err, w.exec(ctx, "USE warehouse; DETACH wanted"))
}

// outgrown names what of a file has no place in the layout that is wanted.
func (w *Warehouse) outgrown(ctx context.Context, have, want layout) error {
	var faults []error
	for _, table := range []string{"meta", "submissions", "rejects", "warnings", "passed"} {
		if !slices.Equal(have["main."+table], want["main."+table]) {
			return errors.New("it is older than this program can read")
		}
	}
	for _, r := range w.contract.Resources {
		held := map[KeptColumn]int64{}
		for _, table := range []string{"main." + r.Name, "past." + r.Name} {
			for _, c := range have[table] {
				if slices.Contains(want[table], c) || c.Name == "superseded_by" {
					continue
				}
				n, err := w.count(ctx, fmt.Sprintf("SELECT count(%s) FROM %s", ident(c.Name), tableOf(table)))
				if err != nil {
					return err
				}
				held[c] += n
			}
		}
		for c, n := range held {
			switch {
			case n == 0: // it holds nothing
			case slices.ContainsFunc(want["main."+r.Name], func(o KeptColumn) bool { return o.Name == c.Name }):
				faults = append(faults, fmt.Errorf("table %s: the type of %s was changed; %d rows hold figures in it", r.Name, c.Name, n))
			default:
				faults = append(faults, fmt.Errorf("table %s: the field %s is no longer in %s; %d rows hold figures in it", r.Name, c.Name, contract.File, n))
			}
		}
	}
	for table := range have {
		schema, name, _ := strings.Cut(table, ".")
		if schema != "main" || want[table] != nil {
			continue
		}
		n, err := w.count(ctx, "SELECT count(*) FROM "+tableOf(table))
		switch {
		case err != nil:
			return err
		case n > 0:
			faults = append(faults, fmt.Errorf("the table %s is no longer in %s; it holds %d rows", name, contract.File, n))
		}
	}
	slices.SortFunc(faults, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return errors.Join(faults...)
}

func tableOf(name string) string {
	schema, table, _ := strings.Cut(name, ".")
	return schema + "." + ident(table)
}

// carryOver makes the tables anew where they differ, and fills them with what
// the old ones held.
func (w *Warehouse) carryOver(ctx context.Context, have, want layout) error {
	if err := w.exec(ctx, "CREATE SCHEMA IF NOT EXISTS past; "+mending); err != nil {
		return err
	}
	for _, r := range w.contract.Resources {
		now, past := "main."+r.Name, "past."+r.Name
		if slices.Equal(have[now], want[now]) && slices.Equal(have[past], want[past]) {
			continue
		}
		if err := w.renew(ctx, r, have); err != nil {
			return err
		}
	}
	return w.exec(ctx, "INSERT OR REPLACE INTO meta VALUES ('contract', $1), ('name', $2)", fingerprint(w.contract), w.contract.Name)
}

func (w *Warehouse) renew(ctx context.Context, r *contract.Resource, have layout) error {
	before, after := int64(0), int64(0)
	var held []string
	for i, table := range []string{"main." + r.Name, "past." + r.Name} {
		if have[table] == nil {
			continue
		}
		n, err := w.count(ctx, "SELECT count(*) FROM "+tableOf(table))
		if err != nil {
			return err
		}
		before += n
		held = append(held, fmt.Sprintf("__held%d", i))
		// The last layout had one table, where a row told its own end.
		rest := ", NULL::BIGINT AS superseded_by"
		if slices.ContainsFunc(have[table], func(c KeptColumn) bool { return c.Name == "superseded_by" }) {
			rest = ""
		}
		err = w.exec(ctx, fmt.Sprintf("CREATE OR REPLACE TEMP TABLE __held%d AS SELECT * REPLACE (coalesce(since, submission) AS since)%s FROM %s; DROP TABLE %[3]s", i, rest, tableOf(table)))
		if err != nil {
			return err
		}
	}
	if err := w.exec(ctx, ddl(&contract.Contract{Resources: []*contract.Resource{r}})); err != nil {
		return err
	}
	var fields []string
	for _, f := range r.Fields {
		fields = append(fields, f.Name)
	}
	for _, h := range held {
		columns, err := w.shared(ctx, h, append(fields, "submission", "line", "since"))
		if err != nil {
			return err
		}
		for _, to := range []struct{ table, columns, where string }{
			{ident(r.Name), columns, "IS NULL"},
			{"past." + ident(r.Name), columns + ", superseded_by", "IS NOT NULL"},
		} {
			n, err := w.changed(ctx, fmt.Sprintf("INSERT INTO %s BY NAME SELECT %s FROM %s WHERE superseded_by %s", to.table, to.columns, h, to.where))
			if err != nil {
				return err
			}
			after += n
		}
		if err := w.exec(ctx, "DROP TABLE "+h); err != nil {
			return err
		}
	}
	if before != after {
		return fmt.Errorf("warehouse: %d rows of %s were to be carried over and %d came", before, r.Name, after)
	}
	return nil
}

// shared lists those of the columns that a temporary table has.
func (w *Warehouse) shared(ctx context.Context, table string, columns []string) (string, error) {
	all, err := w.layout(ctx, "temp")
	if err != nil {
		return "", err
	}
	var out []string
	for _, c := range all["main."+table] {
		if slices.Contains(columns, c.Name) {
			out = append(out, c.Name)
		}
	}
	return idents(out), nil
}

// setAside copies the file to the first free name beside it. The copy bears
// that name when it is whole.
func (w *Warehouse) setAside(path string) (name string, err error) {
	for n := 1; name == "" || err == nil; n++ {
		name = fmt.Sprintf("%s.backup-%d", path, n)
		_, err = os.Lstat(name)
	}
	if !errors.Is(err, os.ErrNotExist) {
		return "", err
	}
	from, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer from.Close()
	to, err := os.CreateTemp(w.temp, "*.copy")
	if err != nil {
		return "", err
	}
	_, err = io.Copy(to, from)
	if err = errors.Join(err, to.Sync(), to.Close()); err != nil {
		return "", errors.Join(err, os.Remove(to.Name()))
	}
	return name, os.Rename(to.Name(), name)
}
