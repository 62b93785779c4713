package contract

import (
	"tongket/internal/report"
	"tongket/internal/strict"
)

// Since says when cumulative figures begin anew: each row of another table
// begins a phase, in the year or on the day of Field. A period belongs to the
// phase that began last by its end.
type Since struct {
	Resource, Field string
	Line            int
}

func (d decoder) since(n strict.Node) *Since {
	s := &Since{Line: d.Line(n)}
	d.Map(n, strict.Keys{
		"resource": func(n strict.Node) { s.Resource = d.Text(n) },
		"field":    func(n strict.Node) { s.Field = d.Text(n) },
	}, "resource", "field")
	return s
}

// phases checks what a resource says of the phases in which it counts.
func (d decoder) phases(c *Contract, r *Resource, resources []string) {
	s := r.Since
	if s == nil {
		return
	}
	fault := func(format string, args ...any) {
		d.FaultAt(s.Line, "since of resource %q: "+format, append([]any{r.Name}, args...)...)
	}
	if !r.Periodic() {
		fault("it has no field with period: true")
	}
	of := c.Resource(s.Resource)
	if of == nil {
		fault("no resource %q%s", s.Resource, report.Suggest(s.Resource, resources))
		return
	}
	switch f := of.Field(s.Field); {
	case f == nil:
		fault("resource %q has no field %q%s", s.Resource, s.Field, report.Suggest(s.Field, of.fields()))
	case f.Type != Year && f.Type != Date:
		fault("field %q must be a year or a date", s.Field)
	}
}
