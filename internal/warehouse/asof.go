package warehouse

import (
	"context"
	"fmt"
	"time"

	"tongket/internal/contract"
)

// A day ends when it ends in Vietnam, wherever the program runs.
const hoursAhead = 7

// event returns the last thing that had happened by the end of a day: what was
// received later does not count.
func (r *Reader) event(ctx context.Context, day time.Time) (int64, error) {
	var id int64
	err := r.db.QueryRowContext(ctx, "SELECT coalesce(max(id), 0) FROM warehouse.submissions WHERE "+byEndOf("$1::DATE"), day.Format(time.DateOnly)).Scan(&id)
	if err != nil {
		return 0, fmt.Errorf("warehouse: %w", err)
	}
	if id == 0 {
		return 0, fmt.Errorf("as of %s: nothing had been received by then", day.Format(time.DateOnly))
	}
	return id, nil
}

// byEndOf is the condition that something was received by the end of a day.
func byEndOf(day string) string {
	return fmt.Sprintf("received_at + INTERVAL %d HOUR < CAST(%s AS TIMESTAMP) + INTERVAL 1 DAY", hoursAhead, day)
}

// holds is the condition that a row was in force after an event; today without
// one. Events are counted, so that it costs two comparisons.
func holds(event string) string {
	if event == "" {
		return "superseded_by IS NULL"
	}
	return fmt.Sprintf("coalesce(since, submission) <= %s AND (superseded_by IS NULL OR superseded_by > %[1]s)", event)
}

// inForce selects the rows of a table that hold, as queries see them.
func inForce(res *contract.Resource, event string) string {
	return fmt.Sprintf("SELECT * EXCLUDE (since, superseded_by) REPLACE (%s AS line), %s AS sheet_number FROM warehouse.%s WHERE %s", line, sheetNumber, ident(res.Name), holds(event))
}

// stood selects the accounts of the files that stand, with the status that
// they had after an event. Refusals that were dealt with since are not kept.
func stood(event string) string {
	if event == "" {
		return "SELECT * FROM warehouse.submissions WHERE status IN ('accepted', 'partial', 'refused')"
	}
	return fmt.Sprintf(`SELECT * REPLACE (CASE WHEN status = 'refused' THEN status WHEN rows_rejected > 0 THEN 'partial' ELSE 'accepted' END AS status)
		FROM warehouse.submissions AS s WHERE id <= %[1]s AND status <> 'withdrawal' AND (status = 'refused' OR NOT EXISTS (
			SELECT 1 FROM warehouse.submissions AS t WHERE t.id > s.id AND t.id <= %[1]s AND t.path = s.path AND t.resource = s.resource
			AND (t.withdraws = s.id OR t.status NOT IN ('withdrawal', 'refused')
				AND NOT EXISTS (SELECT 1 FROM warehouse.submissions AS w WHERE w.id > t.id AND w.id <= %[1]s AND w.withdraws = t.id))))`, event)
}

// past makes a macro for each table: progress_as_of('2022-01-31') is the table
// as it stood at the end of that day.
func past(res *contract.Resource) string {
	event := "(SELECT coalesce(max(id), 0) FROM warehouse.submissions WHERE " + byEndOf("day") + ")"
	return fmt.Sprintf("CREATE MACRO %s(day) AS TABLE %s", ident(res.Name+"_as_of"), inForce(res, event))
}
