package warehouse

import (
	"errors"
	"fmt"
	"strconv"

	"tongket/internal/lock"
	"tongket/internal/report"
)

// acquire takes the lock beside a warehouse, or says who has it. Where the
// system has no such locks it is left to the engine, which locks its file
// itself.
func acquire(path string, l *report.Locale) (*lock.Lock, error) {
	taken, err := lock.Acquire(path + ".lock")
	var held *lock.Held
	switch {
	case errors.As(err, &held):
		return nil, held.In(l.Say("error.warehouse.busy", "file", path, "who", who(held, l)))
	case err != nil:
		return nil, fmt.Errorf("warehouse: %w", err)
	}
	return taken, nil
}

// who tells which process has a lock, and since when.
func who(held *lock.Held, l *report.Locale) string {
	if held.Process == 0 {
		return ""
	}
	at := report.Clock(held.Since)
	return l.Say("error.warehouse.who", "process", strconv.Itoa(held.Process), "since", at.Format("15:04")+" "+l.Date(at))
}
