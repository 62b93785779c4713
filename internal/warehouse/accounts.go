package warehouse

import (
	"context"
	"fmt"
	"slices"

	"tongket/internal/report"
)

// Submission is one file that stands in the warehouse.
type Submission struct {
	ID       int64  `json:"id"`
	Path     string `json:"path"`
	Resource string `json:"resource"`
	SHA256   string `json:"sha256"`
	Bytes    int64  `json:"bytes"`
	Read     int64  `json:"rows_read"`
	Accepted int64  `json:"rows_accepted"`
	Rejected int64  `json:"rows_rejected"`
	Warned   int64  `json:"rows_warned"`
	Status   string `json:"status"`
}

// Submissions returns every file that was loaded or refused, in order.
func (r *Reader) Submissions(ctx context.Context) ([]Submission, error) {
	if err := r.accounted(); err != nil {
		return nil, err
	}
	rows, err := r.db.QueryContext(ctx, "SELECT id, path, resource, sha256, bytes, rows_read, rows_accepted, rows_rejected, rows_warned, status FROM submissions ORDER BY id")
	if err != nil {
		return nil, fmt.Errorf("warehouse: %w", err)
	}
	defer rows.Close()
	out := []Submission{}
	for rows.Next() {
		var s Submission
		if err := rows.Scan(&s.ID, &s.Path, &s.Resource, &s.SHA256, &s.Bytes, &s.Read, &s.Accepted, &s.Rejected, &s.Warned, &s.Status); err != nil {
			return nil, fmt.Errorf("warehouse: %w", err)
		}
		out = append(out, s)
	}
	return out, rows.Err()
}

// Place adds to a table with the columns submission and line a first one that
// tells the file, so that a person finds the row.
func (r *Reader) Place(ctx context.Context, t *report.Table) error {
	at := slices.IndexFunc(t.Columns, func(c report.Column) bool { return c.Name == "submission" })
	if at < 0 {
		return nil
	}
	// Rows of an earlier version of a file can hold though its account does not.
	rows, err := r.db.QueryContext(ctx, "SELECT id, path FROM warehouse.submissions")
	if err != nil {
		return fmt.Errorf("warehouse: %w", err)
	}
	defer rows.Close()
	files := map[int64]string{}
	for rows.Next() {
		var id int64
		var path string
		if err := rows.Scan(&id, &path); err != nil {
			return fmt.Errorf("warehouse: %w", err)
		}
		files[id] = path
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("warehouse: %w", err)
	}
	if slices.ContainsFunc(t.Columns, func(c report.Column) bool { return c.Name == "path" }) {
		return nil // it tells the file itself
	}
	t.Columns = slices.Insert(t.Columns, 0, report.Column{Name: "path", Title: r.locale.Say("mend.file"), Format: report.Text})
	for i, row := range t.Rows {
		id, _ := row[at].(int64)
		t.Rows[i] = slices.Insert(row, 0, any(files[id]))
	}
	return nil
}
