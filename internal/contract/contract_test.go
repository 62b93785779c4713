package contract

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"
)

func read(t *testing.T, text string) (*Contract, error) {
	t.Helper()
	return Read(fstest.MapFS{File: {Data: []byte(text)}})
}

// TestSample holds the contract of the sample programme against the table of
// the design: its resources, in an order in which they can be loaded.
func TestSample(t *testing.T) {
	c, err := Read(os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	place := map[string]int{}
	for i, r := range c.Ordered() {
		place[r.Name] = i + 1
	}
	for _, name := range []string{"units", "unit_changes", "phases", "targets", "progress", "transfers", "inspections", "honours"} {
		if place[name] == 0 {
			t.Errorf("no resource %q", name)
		}
	}
	if place["units"] > place["progress"] {
		t.Error("progress would be loaded before the units it names")
	}
	if got := c.Resource("progress").Field("backlog_m").SQL(); got != "DECIMAL(18,2)" {
		t.Errorf("backlog_m is stored as %s", got)
	}
}

func TestFaultsComeAtOnce(t *testing.T) {
	_, err := read(t, `name: x
resources:
  - name: units
    path: units.csv
    schema:
      fields:
        - {name: code, type: text}
        - {name: Tên}
        - {name: line, constraints: {minimum: x}}
        - {name: m, type: number, decimalChar: ",", groupChar: ",", constraints: {minimum: abc}}
        - {name: rowid}
      primaryKey: kode
    encoding: utf-8
  - name: progress
    path: ../secret.csv
    schema: {fields: [{name: unit, type: string, constraints: {pattern: "("}}]}
`)
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{
		`data/datapackage.yaml:7: "text" is none of string, integer, number`,
		`data/datapackage.yaml:8: "Tên" is no name`,
		`data/datapackage.yaml:9: field "line": the name is taken`,
		`data/datapackage.yaml:10: field "m": decimalChar and groupChar are both ","`,
		`data/datapackage.yaml:10: field "m": the bound "abc" is no number`,
		`primaryKey of resource "units": no field "kode"; did you mean "code"?`,
		`data/datapackage.yaml:11: field "rowid": the name is taken`,
		`data/datapackage.yaml:13: unknown key "encoding"`,
		`data/datapackage.yaml:15: path "../secret.csv"`,
		`data/datapackage.yaml:16: pattern:`,
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("no %q in:\n%v", want, err)
		}
	}
}

func TestForeignKeyToNowhere(t *testing.T) {
	_, err := read(t, `name: x
resources:
  - name: units
    path: units.csv
    schema: {fields: [{name: code}]}
  - name: progress
    path: p.csv
    schema:
      fields: [{name: unit}, {name: phase}]
      foreignKeys:
        - {fields: unit, reference: {resource: unit, fields: code}}
        - {fields: phase, reference: {resource: units, fields: phase}}
`)
	for _, want := range []string{`data/datapackage.yaml:6: foreignKeys of resource "progress": no resource "unit"; did you mean "units"?`, `resource "units" has no field "phase"`} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("no %q in: %v", want, err)
		}
	}
}

func TestPublishSettings(t *testing.T) {
	p, err := ReadProgramme(fstest.MapFS{ProgrammeFile: {Data: []byte("title: x\npublish: {target: web, url: \"http://noibo/tong-ket/\"}\n")}})
	if err != nil || p.Publish != (Publish{Target: "web", Keep: 24, URL: "http://noibo/tong-ket/"}) {
		t.Errorf("%+v, %v", p.Publish, err)
	}
	_, err = ReadProgramme(fstest.MapFS{ProgrammeFile: {Data: []byte("title: x\npublish:\n  keep: 1\n  url: noibo\n  targt: web\n")}})
	for _, want := range []string{"tongket.yaml:3: keep: two editions or more", "tongket.yaml:4: url: write the whole address", `tongket.yaml:5: unknown key "targt"; did you mean "target"?`} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("no %q in: %v", want, err)
		}
	}
}

func TestProgrammeIsStrict(t *testing.T) {
	_, err := ReadProgramme(fstest.MapFS{ProgrammeFile: {Data: []byte("title: x\nlang: fr\npaper: {placee: y}\n")}})
	for _, want := range []string{`tongket.yaml:2: "fr" is none of vi, en`, `tongket.yaml:3: unknown key "placee"; did you mean "place"?`} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("no %q in: %v", want, err)
		}
	}
}
