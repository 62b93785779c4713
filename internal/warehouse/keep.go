package warehouse

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"tongket/internal/contract"
	"tongket/internal/intake"
)

// keep moves the rows without fault into their table, marks the ones they
// replace, and writes the account.
func (l *loading) keep(ctx context.Context) error {
	table, id := ident(l.Resource.Name), l.receipt.Submission
	var names []string
	for _, f := range l.Resource.Fields {
		names = append(names, ident(f.Name))
	}
	fields := strings.Join(names, ", ")
	bad, err := l.count(ctx, "SELECT count(DISTINCT line) FROM __faults WHERE severe")
	if err != nil {
		return err
	}
	where := ""
	if bad > 0 {
		where = " WHERE __line NOT IN (SELECT line FROM __faults WHERE severe)"
	}
	// A row that was torn may be several lines that are lost with it.
	l.receipt.Rejected = bad
	if l.torn > 0 {
		if l.receipt.Rejected, err = l.count(ctx, "SELECT sum(n) FROM (SELECT max(rows) AS n FROM __faults WHERE severe GROUP BY line)"); err != nil {
			return err
		}
	}
	result, err := l.conn.ExecContext(ctx, fmt.Sprintf("INSERT INTO %s (submission, line, %s, since) SELECT %d, __line, %[2]s, %[3]d FROM __resolved%s", table, fields, id, where))
	if err != nil {
		return fmt.Errorf("warehouse: %w", err)
	}
	if l.receipt.Accepted, err = result.RowsAffected(); err != nil {
		return fmt.Errorf("warehouse: %w", err)
	}
	if r := l.receipt; r.Accepted+r.Rejected != r.Read {
		return fmt.Errorf("rows are unaccounted for: %d read, %d accepted, %d rejected; nothing of the file was kept", r.Read, r.Accepted, r.Rejected)
	}
	if l.receipt.Warned, err = l.count(ctx, "SELECT count(DISTINCT line) FROM __faults WHERE NOT severe AND line NOT IN (SELECT line FROM __faults WHERE severe) AND line IN (SELECT __line FROM __resolved)"); err != nil {
		return err
	}
	if err := l.yield(ctx); err != nil {
		return err
	}
	if err := l.supersede(ctx); err != nil {
		return err
	}
	return l.account(ctx)
}

// supersede takes earlier rows out of force: those whose key the new file
// carries; all that the same bytes brought before; and, in a table without
// reporting periods, all that an earlier version of the same file brought. A
// row whose successor was rejected stays.
func (l *loading) supersede(ctx context.Context) error {
	table, id := ident(l.Resource.Name), l.receipt.Submission
	before, err := l.count(ctx, fmt.Sprintf("SELECT count(*) FROM %s WHERE submission < %d", table, id))
	if err != nil || before == 0 {
		return err
	}
	var match []string
	for _, k := range l.Resource.PrimaryKey {
		match = append(match, fmt.Sprintf("new.%[1]s IS NOT DISTINCT FROM old.%[1]s", ident(k)))
	}
	earlier := fmt.Sprintf("SELECT id FROM submissions WHERE path = %s AND resource = %s", lit(l.Name), lit(l.Resource.Name))
	if l.Resource.Periodic() {
		earlier += " AND sha256 = " + lit(l.digest.SHA256)
	}
	replaced := fmt.Sprintf("old.submission IN (%s)", earlier)
	if len(match) > 0 {
		replaced += fmt.Sprintf(" AND NOT EXISTS (SELECT 1 FROM __resolved AS new WHERE new.__line IN (SELECT line FROM __faults WHERE severe) AND %s)", strings.Join(match, " AND "))
		replaced = fmt.Sprintf("EXISTS (SELECT 1 FROM %s AS new WHERE new.submission = %d AND %s) OR %s", table, id, strings.Join(match, " AND "), replaced)
	}
	l.receipt.Replaced, err = l.retire(ctx, l.Resource, id, fmt.Sprintf("submission < %d AND (%s)", id, replaced))
	if err != nil || l.receipt.Replaced == 0 {
		return err
	}
	rows, err := l.conn.QueryContext(ctx, fmt.Sprintf("SELECT DISTINCT path FROM submissions WHERE id IN (SELECT submission FROM past.%s WHERE superseded_by = %d) ORDER BY path LIMIT 10", table, id))
	if err != nil {
		return fmt.Errorf("warehouse: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var path string
		if err := rows.Scan(&path); err != nil {
			return fmt.Errorf("warehouse: %w", err)
		}
		l.receipt.Corrects = append(l.receipt.Corrects, path)
	}
	return rows.Err()
}

// yield keeps a file that is read again as it was, because its contract or a
// register has changed, from undoing what came after it: such rows of it go to
// the past at once. What counts is when the bytes came first.
func (l *loading) yield(ctx context.Context) error {
	id := l.receipt.Submission
	origin, err := l.count(ctx, `SELECT coalesce(max(coalesce(r.origin, s.id)), 0) FROM submissions AS s LEFT JOIN reread AS r ON r.submission = s.id
		WHERE s.path = $1 AND s.resource = $2 AND s.sha256 = $3 AND s.status IN ('accepted', 'partial')
		AND s.id = (SELECT max(id) FROM submissions WHERE path = $1 AND resource = $2 AND status NOT IN ('refused', 'withdrawal'))`, l.Name, l.Resource.Name, l.digest.SHA256)
	if err != nil || origin == 0 {
		return err
	}
	if err := l.exec(ctx, "INSERT INTO reread VALUES ($1, $2)", id, origin); err != nil || len(l.Resource.PrimaryKey) == 0 {
		return err
	}
	var match []string
	for _, k := range l.Resource.PrimaryKey {
		match = append(match, fmt.Sprintf("now.%[1]s IS NOT DISTINCT FROM old.%[1]s", ident(k)))
	}
	later := fmt.Sprintf("SELECT s.id FROM submissions AS s LEFT JOIN reread AS r ON r.submission = s.id WHERE s.resource = %s AND s.id < %d AND coalesce(r.origin, s.id) > %d", lit(l.Resource.Name), id, origin)
	l.receipt.Yielded, err = l.retire(ctx, l.Resource, id, fmt.Sprintf("old.submission = %d AND EXISTS (SELECT 1 FROM %s AS now WHERE now.submission IN (%s) AND %s)",
		id, ident(l.Resource.Name), later, strings.Join(match, " AND ")))
	return err
}

// retire moves rows that an event takes out of force into the past; the
// condition calls them old.
func (w *Warehouse) retire(ctx context.Context, r *contract.Resource, event int64, condition string) (int64, error) {
	table := ident(r.Name)
	if err := w.exec(ctx, fmt.Sprintf("CREATE OR REPLACE TEMP TABLE __retired AS SELECT old.rowid AS place FROM %s AS old WHERE %s", table, condition)); err != nil {
		return 0, err
	}
	const those = "WHERE rowid IN (SELECT place FROM __retired)"
	moved, err := w.changed(ctx, fmt.Sprintf("INSERT INTO past.%[1]s BY NAME SELECT *, %[2]d AS superseded_by FROM %[1]s %[3]s", table, event, those))
	if err != nil {
		return 0, err
	}
	gone, err := w.changed(ctx, fmt.Sprintf("DELETE FROM %s %s", table, those))
	if err == nil && gone != moved {
		err = fmt.Errorf("warehouse: %d rows of %s were to go to the past and %d came", gone, r.Name, moved)
	}
	return gone, err
}

func (l *loading) account(ctx context.Context) error {
	r := l.receipt
	r.Status, r.ToMend = Accepted, r.Rejected
	if r.Rejected > 0 {
		r.Status = Partial
	}
	for table, severe := range map[string]string{"rejects": "severe", "warnings": "NOT severe"} {
		err := l.exec(ctx, fmt.Sprintf(`INSERT INTO %s SELECT %d, line, "column", value, rule, message FROM __faults WHERE %s ORDER BY line, "column", rule`, table, r.Submission, severe))
		if err != nil {
			return err
		}
	}
	if err := l.settle(ctx); err != nil {
		return err
	}
	for batch := range slices.Chunk(l.passed, 500) {
		var values []string
		for _, p := range batch {
			values = append(values, fmt.Sprintf("(%d, %s, %d, %s, %s)", r.Submission, lit(p.Sheet), p.Line, lit(p.Kind), lit(p.Text)))
		}
		if err := l.exec(ctx, "INSERT INTO passed VALUES "+strings.Join(values, ", ")); err != nil {
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
	if err := l.mend(ctx); err != nil {
		return err
	}
	return l.record(ctx, l.Delivery, r, l.digest.SHA256, l.file)
}

// mend gathers the rows to be sent back.
func (l *loading) mend(ctx context.Context) error {
	if l.receipt.Rejected == 0 {
		return nil
	}
	rows, err := l.conn.QueryContext(ctx, `SELECT line, string_agg(DISTINCT concat_ws(': ', nullif("column", ''), message), '. ' ORDER BY concat_ws(': ', nullif("column", ''), message)) FROM __faults WHERE severe GROUP BY line ORDER BY line LIMIT 10000`)
	if err != nil {
		return fmt.Errorf("warehouse: %w", err)
	}
	defer rows.Close()
	reasons := map[int64]string{}
	for rows.Next() {
		var line int64
		var reason string
		if err := rows.Scan(&line, &reason); err != nil {
			return fmt.Errorf("warehouse: %w", err)
		}
		reasons[line] = reason
	}
	if err := rows.Err(); err != nil {
		return err
	}
	l.receipt.Mend, err = l.file.Mend(ctx, intake.Faulty{Reasons: reasons, SHA256: l.digest.SHA256})
	return err
}

func (l *loading) first(ctx context.Context, which string) ([]intake.Fault, error) {
	rows, err := l.conn.QueryContext(ctx, fmt.Sprintf(`SELECT line, rows, coalesce("column", ''), coalesce(value, ''), rule, message FROM __faults WHERE %s ORDER BY line, "column", rule LIMIT %d`, which, shown))
	if err != nil {
		return nil, fmt.Errorf("warehouse: %w", err)
	}
	defer rows.Close()
	var out []intake.Fault
	for rows.Next() {
		var f intake.Fault
		if err := rows.Scan(&f.Line, &f.Rows, &f.Column, &f.Value, &f.Rule, &f.Message); err != nil {
			return nil, fmt.Errorf("warehouse: %w", err)
		}
		f.Sheet, f.Line = l.file.Place(f.Line)
		out = append(out, f)
	}
	return out, rows.Err()
}
