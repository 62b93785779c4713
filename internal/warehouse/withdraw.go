package warehouse

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"tongket/internal/contract"
)

// Entry is one line of the log: a file that came, or one that was withdrawn.
type Entry struct {
	ID       int64     `json:"id"`
	Received time.Time `json:"received_at"` // UTC
	Path     string    `json:"path"`
	Resource string    `json:"resource"`
	Status   Status    `json:"status"`
	SHA256   string    `json:"sha256"`
	Read     int64     `json:"rows_read"`
	Accepted int64     `json:"rows_accepted"`
	Rejected int64     `json:"rows_rejected"`
	Message  string    `json:"message,omitempty"`
}

const entries = "SELECT id, received_at, path, coalesce(resource, ''), status, sha256, rows_read, rows_accepted, rows_rejected, coalesce(message, '') FROM submissions"

// Log lists everything that was taken in, refused or withdrawn, in order.
func (w *Warehouse) Log(ctx context.Context) ([]Entry, error) {
	return w.entries(ctx, entries+" ORDER BY id")
}

func (w *Warehouse) entries(ctx context.Context, query string, args ...any) ([]Entry, error) {
	rows, err := w.conn.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("warehouse: %w", err)
	}
	defer rows.Close()
	out := []Entry{}
	for rows.Next() {
		var e Entry
		if err := rows.Scan(&e.ID, &e.Received, &e.Path, &e.Resource, &e.Status, &e.SHA256, &e.Read, &e.Accepted, &e.Rejected, &e.Message); err != nil {
			return nil, fmt.Errorf("warehouse: %w", err)
		}
		out = append(out, e)
	}
	return out, rows.Err()
}

// Taken is what a withdrawal did.
type Taken struct {
	Entry          // the file that was withdrawn
	Figures  int64 `json:"figures"`  // rows that are no longer in force
	Restored int64 `json:"restored"` // earlier rows that are in force again
}

// Withdraw takes the figures of one submission back, given by its number or by
// the name of its file, of which the latest is meant. Nothing is deleted: the
// figures stay and can be asked for as of an earlier day. Figures that the
// file had replaced hold again, unless a later file brought others.
func (w *Warehouse) Withdraw(ctx context.Context, which string, at time.Time) (*Taken, error) {
	e, err := w.find(ctx, which)
	if err != nil {
		return nil, err
	}
	r := w.contract.Resource(e.Resource)
	if r == nil {
		return nil, fmt.Errorf("submission %d: its table %q is no longer in %s", e.ID, e.Resource, contract.File)
	}
	if err := w.exec(ctx, "BEGIN"); err != nil {
		return nil, err
	}
	taken, err := w.withdraw(ctx, *e, r, at)
	if err != nil {
		// The first error is the one to tell.
		_, _ = w.conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
		return nil, err
	}
	return taken, w.exec(ctx, "COMMIT")
}

// find returns the submission that is meant, if its figures can be withdrawn.
func (w *Warehouse) find(ctx context.Context, which string) (*Entry, error) {
	condition, arg := "path = $1 AND status IN ('accepted', 'partial')", any(strings.TrimPrefix(which, "data/"))
	if id, err := strconv.ParseInt(which, 10, 64); err == nil {
		condition, arg = "id = $1", id
	}
	found, err := w.entries(ctx, entries+" WHERE "+condition+" ORDER BY id DESC LIMIT 1", arg)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, errors.New(w.locale.Say("error.withdraw.number", "which", which))
	}
	switch e := found[0]; e.Status {
	case Accepted, Partial, Replaced:
		return &e, nil
	default:
		return nil, errors.New(w.locale.Say("error.withdraw.status", "id", strconv.FormatInt(e.ID, 10), "status", w.locale.Say("log.status."+string(e.Status))))
	}
}

func (w *Warehouse) withdraw(ctx context.Context, e Entry, r *contract.Resource, at time.Time) (*Taken, error) {
	taken := &Taken{Entry: e}
	id, err := w.count(ctx, "SELECT nextval('submission_ids')")
	if err != nil {
		return nil, err
	}
	received, err := w.clock(ctx, at)
	if err != nil {
		return nil, err
	}
	if taken.Figures, err = w.retire(ctx, r, id, fmt.Sprintf("old.submission = %d", e.ID)); err != nil {
		return nil, err
	}
	if err := w.exec(ctx, "UPDATE submissions SET status = 'withdrawn' WHERE id IN ("+readings("$1")+")", e.ID); err != nil {
		return nil, err
	}
	if taken.Restored, err = w.restore(ctx, r, e.ID, id); err != nil {
		return nil, err
	}
	err = w.exec(ctx, `INSERT INTO submissions BY NAME SELECT $1::BIGINT AS id, path, resource, sha256, bytes, encoding, dialect, sheets, $2::TIMESTAMP AS received_at,
		0 AS rows_read, 0 AS rows_accepted, 0 AS rows_rejected, 0 AS rows_warned, 0 AS rows_aside, 'withdrawal' AS status, $3 AS message, hints, id AS withdraws FROM submissions WHERE id = $4`,
		id, received, w.locale.Say("withdraw.message", "id", strconv.FormatInt(e.ID, 10)), e.ID)
	if err != nil {
		return nil, err
	}
	// An earlier version of the file counts again.
	return taken, w.exec(ctx, `UPDATE submissions SET status = CASE WHEN rows_rejected > 0 THEN 'partial' ELSE 'accepted' END
		WHERE id = (SELECT max(id) FROM submissions WHERE path = $1 AND resource = $2 AND status = 'replaced')
		AND NOT EXISTS (SELECT 1 FROM submissions WHERE path = $1 AND resource = $2 AND status IN ('accepted', 'partial'))`, e.Path, e.Resource)
}

// readings selects the submissions that read the same bytes as one did, when
// they were read again: who withdraws one of them means all.
func readings(id string) string {
	return fmt.Sprintf("SELECT %[1]s::BIGINT UNION SELECT x.origin FROM warehouse.reread AS x WHERE x.submission = %[1]s UNION SELECT x.submission FROM warehouse.reread AS x WHERE x.origin = %[1]s OR x.origin IN (SELECT y.origin FROM warehouse.reread AS y WHERE y.submission = %[1]s)", id)
}

// restore brings back, for each key that the withdrawn file carried or had
// replaced and that has no row now, the latest row of a file that stands.
func (w *Warehouse) restore(ctx context.Context, r *contract.Resource, withdrawn, id int64) (int64, error) {
	table, key := ident(r.Name), []string{"submission", "line"} // rows without a key are told apart by where they stood
	among := fmt.Sprintf("submission IN (SELECT s.id FROM submissions AS s JOIN submissions AS t USING (path, resource) WHERE t.id = %d)", withdrawn)
	if len(r.PrimaryKey) > 0 {
		key = nil
		for _, k := range r.PrimaryKey {
			key = append(key, ident(k))
		}
		among = fmt.Sprintf("(%[1]s) IN (SELECT (%[1]s) FROM past.%[2]s WHERE submission = %[3]d OR superseded_by IN (%[3]d, %[4]d))", strings.Join(key, ", "), table, withdrawn, id)
	}
	var same []string
	for _, k := range key {
		same = append(same, fmt.Sprintf("now.%[1]s IS NOT DISTINCT FROM old.%[1]s", k))
	}
	bytes := ""
	if r.Periodic() {
		bytes = " AND later.sha256 = was.sha256"
	}
	// A later version of the row's own file that stands has left it out.
	query := fmt.Sprintf(`SELECT * FROM past.%[1]s AS old WHERE %[2]s
		AND old.submission NOT IN (SELECT id FROM submissions WHERE status = 'withdrawn')
		AND NOT EXISTS (SELECT 1 FROM submissions AS was JOIN submissions AS later USING (path, resource)
			WHERE was.id = old.submission AND later.id >= old.superseded_by AND later.id > was.id AND later.status IN ('accepted', 'partial', 'replaced')%[3]s)
		AND NOT EXISTS (SELECT 1 FROM %[1]s AS now WHERE %[4]s)
		QUALIFY row_number() OVER (PARTITION BY %[5]s ORDER BY coalesce((SELECT r.origin FROM reread AS r WHERE r.submission = old.submission), old.submission) DESC, submission DESC, since DESC) = 1`,
		table, among, bytes, strings.Join(same, " AND "), strings.Join(key, ", "))
	return w.changed(ctx, fmt.Sprintf("INSERT INTO %s BY NAME SELECT * EXCLUDE (superseded_by) REPLACE (%d AS since) FROM (%s)", table, id, query))
}

func (w *Warehouse) changed(ctx context.Context, statement string, args ...any) (int64, error) {
	result, err := w.conn.ExecContext(ctx, statement, args...)
	if err != nil {
		return 0, fmt.Errorf("warehouse: %w", err)
	}
	return result.RowsAffected()
}

// withdrawn returns a receipt when these bytes were taken back, so that a file
// that still lies there does not come in again by itself.
func (w *Warehouse) withdrawn(ctx context.Context, d Delivery, sha string, nameTells bool) (*Receipt, error) {
	if d.Named {
		return nil, nil
	}
	var id int64
	err := w.conn.QueryRowContext(ctx, `SELECT id FROM submissions WHERE (path = $1 OR NOT $4) AND resource = $2 AND sha256 = $3 AND status = 'withdrawn'
		AND id = (SELECT max(id) FROM submissions WHERE (path = $1 OR NOT $4) AND resource = $2 AND sha256 = $3 AND status IN ('accepted', 'partial', 'replaced', 'withdrawn'))`, d.Name, d.Resource.Name, sha, nameTells).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("warehouse: %w", err)
	}
	return &Receipt{Submission: id, File: d.Name, Resource: d.Resource.Name, Status: Known, Message: w.locale.Say("withdraw.known")}, nil
}
