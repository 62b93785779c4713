package contract

import (
	"strings"
	"testing"
)

func TestFaultsOfSince(t *testing.T) {
	const text = `name: x
resources:
  - name: phases
    path: phases.csv
    schema: {fields: [{name: phase}, {name: begins, type: year}]}
  - name: progress
    path: p.csv
    since: {resource: phases, field: begins}
    schema:
      primaryKey: [unit, period]
      fields: [{name: unit}, {name: period, period: true}]
`
	c, err := read(t, text)
	if err != nil {
		t.Fatal(err)
	}
	if s := c.Resource("progress").Since; s == nil || s.Resource != "phases" || s.Field != "begins" {
		t.Errorf("since: %+v", s)
	}
	for _, fault := range []struct{ from, to, want string }{
		{"resource: phases", "resource: phase", `data/datapackage.yaml:8: since of resource "progress": no resource "phase"; did you mean "phases"?`},
		{"field: begins", "field: begin", `data/datapackage.yaml:8: since of resource "progress": resource "phases" has no field "begin"; did you mean "begins"?`},
		{"type: year", "type: integer", `data/datapackage.yaml:8: since of resource "progress": field "begins" must be a year or a date`},
		{", period: true", "", `data/datapackage.yaml:8: since of resource "progress": it has no field with period: true`},
		{", field: begins", "", `data/datapackage.yaml:8: no "field"`},
	} {
		_, err := read(t, strings.Replace(text, fault.from, fault.to, 1))
		if err == nil || !strings.Contains(err.Error(), fault.want) {
			t.Errorf("no %q in: %v", fault.want, err)
		}
	}
}
