package warehouse

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"tongket/internal/contract"
	"tongket/internal/report"
)

// event returns the last thing that had happened by the end of a day: what was
// received later does not count.
func (r *Reader) event(ctx context.Context, day time.Time) (int64, error) {
	var id int64
	err := r.db.QueryRowContext(ctx, "SELECT coalesce(max(id), 0) FROM warehouse.submissions WHERE "+byEndOf("$1::DATE"), day.Format(time.DateOnly)).Scan(&id)
	if err != nil {
		return 0, fmt.Errorf("warehouse: %w", err)
	}
	if id == 0 {
		return 0, errors.New(r.locale.Say("error.as_of", "day", r.locale.Date(day)))
	}
	return id, nil
}

// byEndOf is the condition that something was received by the end of a day.
func byEndOf(day string) string {
	return fmt.Sprintf("received_at + INTERVAL %d HOUR < CAST(%s AS TIMESTAMP) + INTERVAL 1 DAY", report.HoursAhead, day)
}

// standing selects the rows of a table that held after an event, which is an
// expression; those of today without one. The rows of today and those of the
// past lie in tables of their own, each in the order of the events: the engine
// passes over what the bounds of an event leave out.
func standing(res *contract.Resource, event string) string {
	if event == "" {
		return fmt.Sprintf("SELECT * EXCLUDE (since) FROM warehouse.%s", ident(res.Name))
	}
	return fmt.Sprintf(`SELECT * EXCLUDE (since) FROM warehouse.%[1]s WHERE since <= %[2]s
		UNION ALL BY NAME SELECT * EXCLUDE (since, superseded_by) FROM warehouse.past.%[1]s WHERE since <= %[2]s AND superseded_by > %[2]s`, ident(res.Name), event)
}

// inForce selects the rows of a table that hold, as queries see them.
func inForce(res *contract.Resource, event string) string {
	return fmt.Sprintf("SELECT * REPLACE (%s AS line), %s AS sheet_number FROM (%s)", line, sheetNumber, standing(res, event))
}

// stood selects the accounts of the files that stood after an event: of each
// the latest version, and earlier ones of which rows are in force, marked as
// outdated. What they had to mend is nobody's business any more. Refusals that
// were dealt with since are not kept.
func stood(event string) string {
	outdated := "status = 'replaced'"
	among := "status IN ('accepted', 'partial', 'refused', 'replaced')"
	if event != "" {
		among = fmt.Sprintf("id <= %s AND status <> 'withdrawal'", event)
		outdated = fmt.Sprintf(`status <> 'refused' AND EXISTS (
			SELECT 1 FROM warehouse.submissions AS t WHERE t.id > s.id AND t.id <= %[1]s AND t.path = s.path AND t.resource = s.resource
			AND (t.withdraws IN (%[2]s) OR t.status NOT IN ('withdrawal', 'refused')
				AND NOT EXISTS (SELECT 1 FROM warehouse.submissions AS w WHERE w.id > t.id AND w.id <= %[1]s AND w.withdraws = t.id)))`, event, readings("s.id"))
	}
	return fmt.Sprintf(`SELECT * FROM (SELECT * REPLACE (CASE WHEN status = 'refused' THEN status WHEN rows_rejected > 0 THEN 'partial' ELSE 'accepted' END AS status), %s AS outdated
		FROM warehouse.submissions AS s WHERE %s) WHERE NOT outdated OR id IN (SELECT submission FROM __in_force)`, outdated, among)
}

// past makes a macro for each table: progress_as_of('2022-01-31') is the table
// as it stood at the end of that day.
func past(res *contract.Resource) string {
	return fmt.Sprintf("CREATE MACRO %s(day) AS TABLE %s", ident(res.Name+"_as_of"), inForce(res, "__event(day)"))
}

// days makes the tables of earlier days, and the macro __event(day) behind
// them, the last event of a day. The days are
// written into it: the engine knows the event of a given day before it looks
// at the first row.
func (r *Reader) days(ctx context.Context) error {
	rows, err := r.db.QueryContext(ctx, fmt.Sprintf("SELECT CAST(CAST(received_at + INTERVAL %d HOUR AS DATE) AS VARCHAR) AS day, max(id) FROM warehouse.submissions GROUP BY day ORDER BY day", report.HoursAhead))
	if err != nil {
		return fmt.Errorf("warehouse: %w", err)
	}
	defer rows.Close()
	var days []string
	events := []string{"0"}
	for rows.Next() {
		var day string
		var event int64
		if err := rows.Scan(&day, &event); err != nil {
			return fmt.Errorf("warehouse: %w", err)
		}
		days, events = append(days, "DATE "+lit(day)), append(events, fmt.Sprint(event))
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("warehouse: %w", err)
	}
	statements := []string{fmt.Sprintf("CREATE MACRO __event(day) AS list_transform([CAST(day AS DATE)], lambda __day: ([%s]::BIGINT[])[1 + len(list_filter([%s]::DATE[], lambda __known: __known <= __day))])[1]",
		strings.Join(events, ", "), strings.Join(days, ", "))}
	for _, res := range r.contract.Resources {
		statements = append(statements, past(res))
	}
	return r.exec(ctx, statements...)
}
