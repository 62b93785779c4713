package contract

import (
	"maps"
	"slices"

	"tongket/internal/report"
	"tongket/internal/strict"
)

// Told are the columns that a table gets when it is told in the units of
// another day.
var Told = []string{"unit_as_reported", "placed", "carried"}

func (d decoder) succession(n strict.Node) *Succession {
	s := &Succession{Line: d.Line(n)}
	into := func(to *string) func(strict.Node) { return func(n strict.Node) { *to = d.Text(n) } }
	d.Map(n, strict.Keys{
		"of": into(&s.Of), "date": into(&s.Date), "from": into(&s.From), "to": into(&s.To), "share": into(&s.Share), "records": into(&s.Records),
	}, "of", "date", "from", "to")
	return s
}

// successions checks what resources say of what became of units, and reports
// whether it can be followed.
func (d decoder) successions(c *Contract, resources []string) bool {
	sound := true
	first := ""
	for _, r := range c.Resources {
		s := r.Succession
		if s == nil {
			continue
		}
		fault := func(format string, args ...any) {
			sound = false
			d.FaultAt(s.Line, "succession of resource %q: "+format, append([]any{r.Name}, args...)...)
		}
		if first != "" {
			fault("resource %q has one already, only one table can tell the changes", first)
		}
		first = r.Name
		for _, part := range []struct {
			key, field string
			kind       Type
		}{{"date", s.Date, Date}, {"from", s.From, String}, {"to", s.To, String}, {"share", s.Share, Number}, {"records", s.Records, Boolean}} {
			switch f := r.Field(part.field); {
			case part.field == "":
			case f == nil:
				fault("%s: no field %q%s", part.key, part.field, report.Suggest(part.field, r.fields()))
			case f.Type != part.kind:
				fault("%s: field %q must be a %s", part.key, part.field, part.kind)
			}
		}
		switch of := c.Resource(s.Of); {
		case of == nil:
			fault("no resource %q%s", s.Of, report.Suggest(s.Of, resources))
		case of.ValidFrom == "":
			fault("resource %q needs validity: {from, to}, the days on which its rows hold", s.Of)
		default:
			from, to := r.Key(s.From), r.Key(s.To)
			if from == nil || to == nil || from.Resource != s.Of || to.Resource != s.Of || from.Target != to.Target {
				fault("foreignKeys must point from %q and %q to the same field of %q", s.From, s.To, s.Of)
			}
		}
	}
	return sound && first != ""
}

// reserve faults names that following units through time needs.
func (d decoder) reserve(c *Contract) {
	macros := slices.Sorted(maps.Keys(c.Macros()))
	for _, r := range c.Resources {
		if slices.Contains(macros, r.Name) {
			d.FaultAt(r.Line, "resource %q: the name is taken, queries follow units through time by it", r.Name)
		}
		if c.Retold(r) == nil {
			continue
		}
		for _, f := range r.Fields {
			if slices.Contains(Told, f.Name) {
				d.FaultAt(f.Line, "field %q: the name is taken, %s_in has a column of this name", f.Name, r.Name)
			}
		}
	}
}

func (r *Resource) fields() []string {
	var out []string
	for _, f := range r.Fields {
		out = append(out, f.Name)
	}
	return out
}
