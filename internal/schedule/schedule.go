// Package schedule tells when a job is due, and writes what hands the job to
// the system's own timer. It is the only door to gronx.
package schedule

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/adhocore/gronx"
)

// A Plan says when to run: at fixed times of a cron expression, or so long
// after the start of the run before.
type Plan struct {
	cron  string
	every time.Duration
}

// shortest is the least time between two runs: shorter ones would only wait
// for each other.
const shortest = time.Second

// Parse reads a plan: either five fields of cron ("0 6 * * 1": minute, hour,
// day of the month, month, weekday) or a duration such as 24h. With neither
// there is no plan, which is nil.
func Parse(cron string, every time.Duration) (*Plan, error) {
	switch {
	case cron != "" && every != 0:
		return nil, errors.New("--cron and --every exclude each other")
	case every != 0 && every < shortest:
		return nil, fmt.Errorf("--every %s: at least a second must pass", every)
	case every != 0:
		return &Plan{every: every}, nil
	case cron == "":
		return nil, nil
	}
	fields := strings.Fields(cron)
	if len(fields) != 5 || !gronx.IsValid(strings.Join(fields, " ")) {
		return nil, fmt.Errorf("--cron %q: write minute, hour, day of the month, month, weekday, such as \"0 6 * * 1\" for Mondays at six", cron)
	}
	p := &Plan{cron: strings.Join(fields, " ")}
	if _, err := p.Next(time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)); err != nil {
		return nil, err
	}
	return p, nil
}

// Next returns the first moment after another one at which a run is due, in
// the time zone of that one.
func (p *Plan) Next(after time.Time) (time.Time, error) {
	if p.every > 0 {
		return after.Add(p.every), nil
	}
	next, err := gronx.NextTickAfter(p.cron, after, false)
	if err != nil {
		return next, fmt.Errorf("--cron %q: such a day never comes", p.cron)
	}
	return next, nil
}

// Resume returns when a run is due of a job that is taken up again, whose last
// run began at some moment: now, if one was due meanwhile (the machine was off,
// or the job did not run). A last one that is still to come was written by a
// clock that went wrong, and says nothing.
func (p *Plan) Resume(last, now time.Time) (time.Time, error) {
	next, err := p.Next(last.In(now.Location()))
	if err == nil && (next.Before(now) || last.After(now)) {
		return now, nil
	}
	return next, err
}

// Due returns when the run is due that was planned at one moment for another.
// A clock that was set back since then had been wrong, and the plan is made
// anew: nobody waits for the year 2062.
func (p *Plan) Due(planned, due, now time.Time) time.Time {
	const jitter = time.Minute
	if now.Before(planned.Add(-jitter)) {
		if next, err := p.Next(now); err == nil && next.Before(due) {
			return next
		}
	}
	return due
}
