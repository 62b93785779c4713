package edition

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"tongket/internal/report"
)

// PublishOrder is an edition to be made and where it is to be seen. Out,
// Previous and Now of its Order are set by Publish.
type PublishOrder struct {
	Order
	Folder string    // where the programme lies: no target may be in its way
	Target string    // the folder that readers look into
	Keep   int       // editions that stay there, two or more; 0: what the programme says
	At     time.Time // when it is published; its day in Vietnam names the edition
	Gate   Gate
	Same   Same
}

// Gate says what becomes of an edition against which a test speaks.
type Gate int

// A test of severity stop keeps an edition back, or is told on every page.
const (
	Heeded Gate = iota
	Forced
)

// Same says what becomes of an edition that is the same as the current one.
type Same int

// What is the same is left out, or published once more.
const (
	LeftOut Same = iota
	Again
)

// Published says what became of an order.
type Published struct {
	Target   string    `json:"target"`
	Edition  string    `json:"edition"`            // the current one now
	Before   string    `json:"before,omitempty"`   // the one before it
	Made     bool      `json:"made"`               // false: there was nothing new to publish
	Withheld string    `json:"withheld,omitempty"` // an edition that was taken back: what is there now would be the same
	Resumed  string    `json:"resumed,omitempty"`  // an edition whose publishing had been broken off, current now or before this one
	Forced   int       `json:"forced,omitempty"`   // tests of severity stop that stood against it
	Files    int       `json:"files"`              // newly received
	Restated int       `json:"restated"`           // figures told otherwise than before
	Removed  []string  `json:"removed"`            // editions beyond those to keep
	Linked   bool      `json:"linked"`             // the link current is there
	Findings []Finding `json:"findings"`
	Summary  *Summary  `json:"-"` // of the edition that was made
}

// Refused is the error of an edition that the gate kept back. Nothing has
// changed.
type Refused struct{ Findings []Finding }

func (r *Refused) Error() string {
	return fmt.Sprintf("%d tests stand against publishing", stops(r.Findings))
}

func stops(findings []Finding) (n int) {
	for _, f := range findings {
		if f.Severity == "stop" {
			n++
		}
	}
	return n
}

// Publish makes an edition in the target and leads readers to it, unless the
// gate keeps it back (an error of type *Refused) or nothing has changed. At any
// moment, and after a kill at any moment, readers find a whole edition; what
// was broken off is completed by the next call. When an error comes with a
// result, the edition is current and something after that went wrong.
func Publish(ctx context.Context, o PublishOrder) (*Published, error) {
	p, err := Open(o.Programme, o.Templates)
	if err != nil {
		return nil, err
	}
	if o.Keep == 0 {
		o.Keep = p.Publish.Keep
	}
	t, err := openTarget(o, p)
	if err != nil {
		return nil, err
	}
	published, err := t.publish(ctx, o)
	return published, errors.Join(t.explain(err), t.close())
}

func (t *target) publish(ctx context.Context, o PublishOrder) (*Published, error) {
	order := o.Order
	order.Now = o.At
	if upcoming := t.upcoming(); upcoming != nil {
		order.Previous = t.edition(upcoming.ID)
	}
	d, err := begin(ctx, order)
	if err != nil {
		if _, broken := previous(order.Previous); broken != nil && t.sound() == nil && !unread(broken) {
			return nil, fmt.Errorf("%s\n%w", t.fault("publish.damaged.current", "id", t.upcoming().ID), broken)
		}
		return nil, apart{err}
	}
	defer d.reader.Close()
	against := stops(d.findings)
	if against > 0 && o.Gate == Heeded {
		return nil, &Refused{d.findings}
	}
	if against > 0 {
		d.note(d.Locale.Say("publish.forced", "n", d.Locale.Number(float64(against), 0)))
	}
	if err := t.claim(); err != nil {
		return nil, err
	}
	if err := t.sound(); err != nil {
		return nil, err
	}
	resumed, err := t.settle(o)
	if err != nil {
		return nil, err
	}
	now := t.current()
	out := &Published{Target: t.dir, Resumed: resumed, Forced: against, Removed: []string{}, Findings: append([]Finding{}, d.findings...)}
	if now != nil && o.Same == LeftOut && d.same(order.Previous, against) {
		out.Edition, out.Before, out.Linked = now.ID, now.Before, t.linked
		out.Removed, err = t.retire(o.Keep)
		return out, err
	}
	if back := t.withheld(d); now != nil && back != "" && o.Same == LeftOut {
		out.Edition, out.Before, out.Linked, out.Withheld, out.Forced = now.ID, now.Before, t.linked, back, now.Forced
		out.Removed, err = t.retire(o.Keep)
		return out, err
	}
	next := release{ID: t.name(o.At), Number: t.number() + 1, At: report.Clock(o.At).Truncate(time.Second), Forced: against}
	if now != nil {
		next.Before, next.since = now.ID, now.event
		if next.Restated, err = d.reader.Restated(ctx); err != nil {
			return nil, err
		}
	}
	if err := t.room(editionsDir); err != nil {
		return nil, err
	}
	d.release, d.sound = &next, t.sound
	order.Out = t.edition(next.ID)
	if out.Summary, err = d.make(ctx, order); err != nil {
		return nil, err
	}
	out.Edition, out.Before, out.Made, out.Restated = next.ID, next.Before, true, next.Restated
	if err := t.lead(flip{Edition: next.ID, At: next.At}, o.Keep); err != nil {
		return nil, err
	}
	out.Files, out.Linked = t.current().Files, t.linked
	out.Removed, err = t.retire(o.Keep)
	return out, err
}

// withheld returns the edition that was taken back and was made from the same
// as this one would be; empty if there is none.
func (t *target) withheld(d *draft) string {
	for _, r := range t.shelf {
		if !t.takenBack(r.ID) {
			continue
		}
		// A finding more, a newer program or a lost file do not make it right.
		if m, err := readManifest(t.edition(r.ID)); err == nil && m.Event == d.basis.Event && m.History == d.basis.History && slices.Equal(m.Programme, d.basis.Programme) {
			return r.ID
		}
	}
	return ""
}

// same reports whether the current edition was made from the same as this one
// would be, and has all its files.
func (d *draft) same(current string, against int) bool {
	m, err := readManifest(current)
	return err == nil && m.Published != nil && m.Published.Forced == against && d.alike(m) && whole(current, m)
}
