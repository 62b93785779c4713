package edition

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"tongket/internal/report"
)

// Shelved is an edition as it stands in a target.
type Shelved struct {
	ID        string    `json:"id"`
	At        time.Time `json:"at"`
	Reaches   string    `json:"edition"` // what its figures stand for
	Before    string    `json:"before,omitempty"`
	Findings  int       `json:"findings"`
	Files     int       `json:"files"`
	Restated  int       `json:"restated"`
	Forced    int       `json:"forced,omitempty"`
	Current   bool      `json:"current"`
	TakenBack bool      `json:"taken_back"`
	State     string    `json:"-"` // the same in words
}

// Editions lists the editions of a target, the newest first. It changes
// nothing, and waits for nobody.
func Editions(o PublishOrder) ([]Shelved, error) {
	p, err := Open(o.Programme, o.Templates)
	if err != nil {
		return nil, err
	}
	t := &target{p: p, dir: o.Target}
	if fresh, err := t.fresh(); err != nil || fresh {
		return []Shelved{}, err
	}
	if err := t.read(); err != nil {
		return nil, t.explain(err)
	}
	out := []Shelved{}
	for _, r := range t.shelf {
		out = append(out, Shelved{r.ID, r.At, r.reaches, r.Before, r.Findings, r.Files, r.Restated, r.Forced, r.ID == t.pointer.Edition, t.takenBack(r.ID), strings.Join(t.states(r), "; ")})
	}
	return out, nil
}

// RolledBack says what became of a return.
type RolledBack struct {
	Target  string `json:"target"`
	Edition string `json:"edition"`           // the current one now
	From    string `json:"from,omitempty"`    // the one that was
	Resumed bool   `json:"resumed,omitempty"` // a change that had been broken off was completed, and nothing else done
}

// Rollback leads readers back to an edition: the one of this id or, without
// one, the one before the current.
func Rollback(ctx context.Context, o PublishOrder, id string) (*RolledBack, error) {
	p, err := Open(o.Programme, o.Templates)
	if err != nil {
		return nil, err
	}
	t, err := openTarget(o, p)
	if err != nil {
		return nil, err
	}
	out, err := t.rollback(ctx, o, id)
	return out, errors.Join(t.explain(err), t.close())
}

func (t *target) rollback(ctx context.Context, o PublishOrder, id string) (*RolledBack, error) {
	now := t.current()
	if now == nil {
		return nil, t.fault("rollback.empty")
	}
	out := &RolledBack{Target: t.dir, Edition: now.ID, From: now.ID}
	if id == "" && !t.leads(now.ID) { // a flip was broken off
		out.From, out.Resumed = "", true
		return out, t.show(len(t.shelf))
	}
	if id == "" {
		id = now.Before
	}
	switch to := t.find(id); {
	case to == nil && id == "":
		return nil, t.fault("rollback.first", "id", now.ID)
	case to == nil:
		var ids []string
		for _, r := range t.shelf {
			ids = append(ids, r.ID)
		}
		return nil, t.fault("rollback.unknown", "id", plainly(id), "list", strings.Join(ids, ", "))
	case to == now:
		return out, t.show(len(t.shelf))
	}
	if err := errors.Join(ctx.Err(), intact(t.edition(id))); err != nil {
		return nil, fmt.Errorf("%s: %w", t.p.Locale.Say("publish.damaged", "id", id), err)
	}
	out.Edition = id
	to := flip{Edition: id, At: report.Clock(o.At).Truncate(time.Second)}
	if t.find(id).Number < now.Number {
		to.From = now.ID // who goes forward again takes nothing back
	}
	return out, t.lead(to, len(t.shelf))
}
