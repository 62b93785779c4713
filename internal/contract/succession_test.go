package contract

import (
	"strings"
	"testing"
)

func TestFaultsOfSuccession(t *testing.T) {
	const text = `name: x
resources:
  - name: units
    path: units.csv
    validity: {from: begun, to: until}
    schema: {fields: [{name: code}, {name: begun, type: date}, {name: until, type: date}]}
  - name: changes
    path: changes.csv
    succession: {of: units, date: day, from: old, to: new, share: part}
    schema:
      fields: [{name: day, type: date}, {name: old}, {name: new}, {name: part, type: number}]
      foreignKeys:
        - {fields: old, reference: {resource: units, fields: code}}
        - {fields: new, reference: {resource: units, fields: code}}
  - name: progress
    path: p.csv
    schema:
      primaryKey: [unit, period]
      fields: [{name: unit}, {name: period, period: true}]
      foreignKeys: [{fields: unit, reference: {resource: units, fields: code}}]
`
	c, err := read(t, text)
	if err != nil {
		t.Fatal(err)
	}
	if key := c.Retold(c.Resource("progress")); key == nil || key.Field != "unit" || c.Retold(c.Resource("units")) != nil {
		t.Errorf("what can be told in other units: %+v", key)
	}
	for _, fault := range []struct{ from, to, want string }{
		{"of: units", "of: unit", `data/datapackage.yaml:9: succession of resource "changes": no resource "unit"; did you mean "units"?`},
		{"    validity: {from: begun, to: until}\n", "", `data/datapackage.yaml:8: succession of resource "changes": resource "units" needs validity`},
		{"date: day", "date: dya", `data/datapackage.yaml:9: succession of resource "changes": date: no field "dya"; did you mean "day"?`},
		{"share: part", "share: old", `data/datapackage.yaml:9: succession of resource "changes": share: field "old" must be a number`},
		{"to: new, ", "", `data/datapackage.yaml:9: no "to"`},
		{"        - {fields: new, reference: {resource: units, fields: code}}\n", "", `foreignKeys must point from "old" and "new" to the same field of "units"`},
		{"name: progress", "name: successors", `data/datapackage.yaml:15: resource "successors": the name is taken`},
		{"{name: period,", "{name: placed}, {name: period,", `field "placed": the name is taken, progress_in has a column of this name`},
	} {
		_, err := read(t, strings.Replace(text, fault.from, fault.to, 1))
		if err == nil || !strings.Contains(err.Error(), fault.want) {
			t.Errorf("no %q in: %v", fault.want, err)
		}
	}
}
