package warehouse

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// A rejected row is mended when a later file brought it right. Two things
// prove that: the row of a list that was sent back names its file and line,
// and a row with the key of the rejected one, of its unit and period, was
// accepted. Nothing else does; and who withdraws the later file has the row
// to mend again.

// settle notes which rejected rows of earlier files the rows of this one are.
// The rejects of this one have been written.
func (l *loading) settle(ctx context.Context) error {
	if err := l.keyRejected(ctx); err != nil {
		return err
	}
	if err := l.stillMended(ctx); err != nil {
		return err
	}
	if err := l.claim(ctx); err != nil {
		return err
	}
	if err := l.sameKey(ctx); err != nil {
		return err
	}
	rows, err := l.conn.QueryContext(ctx, fmt.Sprintf("SELECT s.path, count(DISTINCT (x.submission, x.line)) FROM (%s) AS x JOIN submissions AS s ON s.id = x.submission WHERE x.successor = %d AND s.status <> 'withdrawn' GROUP BY s.path ORDER BY s.path", settled(""), l.receipt.Submission))
	if err != nil {
		return fmt.Errorf("warehouse: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var path string
		var n int64
		if err := rows.Scan(&path, &n); err != nil {
			return fmt.Errorf("warehouse: %w", err)
		}
		l.receipt.Mended += n
		l.receipt.Mends = append(l.receipt.Mends, path)
	}
	return rows.Err()
}

// keyText is the primary key of a row as one text, or "" for a table without
// one; the row is called by the name given.
func (l *loading) keyText(row string) string {
	var parts []string
	for _, k := range l.Resource.PrimaryKey {
		parts = append(parts, fmt.Sprintf("CAST(%s.%s AS VARCHAR)", row, ident(k)))
	}
	return strings.Join(parts, " || chr(31) || ")
}

// keyRejected keeps the keys of the rejected rows, where they could be read.
func (l *loading) keyRejected(ctx context.Context) error {
	if l.receipt.Rejected == 0 || len(l.Resource.PrimaryKey) == 0 {
		return nil
	}
	key := l.keyText("r")
	return l.exec(ctx, fmt.Sprintf("INSERT INTO rejected SELECT %d, r.__line, %s FROM __resolved AS r WHERE r.__line IN (SELECT line FROM __faults WHERE severe) AND %[2]s IS NOT NULL", l.receipt.Submission, key))
}

// stillMended carries over what became of the rows of these bytes when they
// were loaded before.
func (l *loading) stillMended(ctx context.Context) error {
	if l.receipt.Rejected == 0 {
		return nil
	}
	return l.exec(ctx, fmt.Sprintf(`INSERT INTO mended SELECT DISTINCT %d, m.line, m.successor, m.successor_line FROM mended AS m JOIN submissions AS s ON s.id = m.submission
		WHERE s.path = %s AND s.resource = %s AND s.sha256 = %s AND m.line IN (SELECT line FROM __faults WHERE severe)`, l.receipt.Submission, lit(l.Name), lit(l.Resource.Name), lit(l.digest.SHA256)))
}

// claim takes a mended list at its word, row by row: of the rows that it
// names, those of the very bytes that were sent back.
func (l *loading) claim(ctx context.Context) error {
	claims, err := l.file.Claims(ctx)
	if err != nil {
		return err
	}
	for batch := range slices.Chunk(claims, 500) {
		var values []string
		for _, c := range batch {
			values = append(values, fmt.Sprintf("(%d, %s, %s, %d)", c.Line, lit(c.Path), lit(c.SHA256), c.At))
		}
		err := l.exec(ctx, fmt.Sprintf(`INSERT INTO mended SELECT DISTINCT s.id, c.origin, %[1]d, c.line FROM (VALUES %s) AS c(line, path, sum, origin)
			JOIN submissions AS s ON s.path = c.path AND s.resource = %s AND starts_with(s.sha256, c.sum) AND s.id < %[1]d
			JOIN rejects AS x ON x.submission = s.id AND x.line = c.origin
			WHERE c.line IN (SELECT __line FROM __resolved)`, l.receipt.Submission, strings.Join(values, ", "), lit(l.Resource.Name)))
		if err != nil {
			return err
		}
	}
	return nil
}

// sameKey notes the rejected rows whose key a row of this file carries, which
// was accepted.
func (l *loading) sameKey(ctx context.Context) error {
	id := l.receipt.Submission
	from := fmt.Sprintf("rejected AS r JOIN submissions AS s ON s.id = r.submission AND s.resource = %s WHERE r.submission < %d", lit(l.Resource.Name), id)
	open, err := l.count(ctx, "SELECT count(*) FROM "+from)
	if err != nil || open == 0 {
		return err
	}
	return l.exec(ctx, fmt.Sprintf("INSERT INTO mended SELECT r.submission, r.line, %d, min(new.line) FROM (SELECT r.submission, r.line, r.key FROM %s) AS r JOIN %s AS new ON new.submission = %[1]d AND %[4]s = r.key GROUP BY ALL",
		id, from, ident(l.Resource.Name), l.keyText("new")))
}

// settled selects the rejected rows that are mended, and the row of a file
// that stands which each became: as it is now, or was after an event. A row
// that was rejected again is mended when its own successor is.
func settled(event string) string {
	known, before := "", ""
	if event != "" {
		known, before = " AND m.successor <= "+event, " AND w.id <= "+event
	}
	return fmt.Sprintf(`WITH RECURSIVE successors AS (
		SELECT * FROM warehouse.mended AS m WHERE NOT EXISTS (SELECT 1 FROM warehouse.submissions AS w WHERE w.withdraws = m.successor%s)%s
	), settled AS (
		SELECT m.submission, m.line, m.successor, m.successor_line FROM successors AS m WHERE NOT EXISTS (SELECT 1 FROM warehouse.rejects AS x WHERE x.submission = m.successor AND x.line = m.successor_line)
		UNION SELECT m.submission, m.line, s.successor, s.successor_line FROM successors AS m JOIN settled AS s ON s.submission = m.successor AND s.line = m.successor_line
	) SELECT submission, line, max(successor) AS successor FROM settled GROUP BY submission, line`, before, known)
}

// ToMend counts the rejected rows of a submission that no later file has
// brought right.
func (w *Warehouse) ToMend(ctx context.Context, submission int64) (int64, error) {
	return w.count(ctx, fmt.Sprintf("SELECT coalesce(max(rows_rejected), 0) - (SELECT count(*) FROM (%s) WHERE submission = $1) FROM submissions WHERE id = $1", settled("")), submission)
}
