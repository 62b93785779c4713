package warehouse

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"tongket/internal/contract"
)

// withContract is a fixture of another contract, with nothing loaded.
func withContract(t *testing.T, text string) *fixture {
	t.Helper()
	f := setUp(t)
	f.w.Close()
	c, err := contract.Read(fstest.MapFS{contract.File: {Data: []byte(text)}})
	if err != nil {
		t.Fatal(err)
	}
	f.c, f.dir = c, t.TempDir()
	f.open()
	return f
}

func TestBlankKeyIsMissing(t *testing.T) {
	f := setUp(t)
	r := f.load("progress", "progress/a.csv", header+"   ;2021-Q1;;100;1;1;\n\u00a0;2021-Q2;;100;1;1;\n")
	if r.Accepted != 0 || r.Rejected != 2 || r.Faults[0].Rule != "required" {
		t.Errorf("receipt: %+v", r)
	}
}

func TestTwoKeysOfOneTitle(t *testing.T) {
	f := withContract(t, `name: x
resources:
  - name: units
    path: units.csv
    schema: {primaryKey: code, fields: [{name: code}, {name: name}]}
  - name: changes
    path: changes.csv
    schema:
      foreignKeys: [{fields: a, reference: {resource: units, fields: code}}, {fields: b, reference: {resource: units, fields: code}}]
      fields: [{name: a, title: Đơn vị, aliases: [a]}, {name: b, title: Đơn vị, aliases: [b]}, {name: n, type: integer}]
`)
	f.load("units", "units.csv", "code,name\nA,x\n")
	r := f.load("changes", "changes.csv", "a,b,n\n,ZZZ,1\nA,A,2\n")
	if r.Accepted != 1 || r.Rejected != 1 || r.Faults[0].Value != "ZZZ" {
		t.Errorf("receipt: %+v", r)
	}
}

// TestMendedRegisterRescuesRows: an officer adds the name that was not known
// and loads again; the file, whose bytes are the same, is looked at again.
func TestMendedRegisterRescuesRows(t *testing.T) {
	f := setUp(t)
	text := header + "SNV;2021-Q1;;100;1;1;\nSở Nội vị;2021-Q2;;100;1;1;\n"
	f.load("progress", "progress/a.csv", text)
	if r := f.load("progress", "progress/a.csv", text); r.Status != Known || r.Rejected != 1 {
		t.Errorf("nothing changed: %+v", r)
	}
	f.load("units", "units.csv", strings.Replace(unitsText, "SNV|", "Sở Nội vị|", 1))
	if r := f.load("progress", "progress/a.csv", text); r.Status != Accepted || r.Accepted != 2 {
		t.Errorf("after the name was added: %+v", r)
	}
	if got := fmt.Sprint(f.ask("SELECT count(*) AS a, (SELECT count(*) FROM rejects) AS b, (SELECT sum(rows_rejected) FROM submissions) AS c FROM progress")); got != "[[2 0 0]]" {
		t.Errorf("rows, rejects, rejected: %s", got)
	}
}

// TestNewVersionReplacesTheAccount: rejects of a version that was mended are
// no longer told.
func TestNewVersionReplacesTheAccount(t *testing.T) {
	f := setUp(t)
	f.load("progress", "progress/a.csv", header+"SNV;2021-Q1;;100;x;1;\n")
	f.load("progress", "progress/a.csv", header+"SNV;2021-Q1;;100;7;1;\n")
	if got := fmt.Sprint(f.ask("SELECT count(*) AS a, (SELECT count(*) FROM rejects) AS b FROM submissions WHERE resource = 'progress'")); got != "[[1 0]]" {
		t.Errorf("accounts and rejects: %s", got)
	}
}

// TestStrayQuotes: rows that a wrong quote ran together are not one row.
func TestStrayQuotes(t *testing.T) {
	f := setUp(t)
	r := f.load("progress", "progress/a.csv", header+
		"SNV;2021-Q1;;100;1;1;\"a\n731;2021-Q1;;100;1;1;\nTP1;2021-Q1;;100;1;1;\nTP2;2021-Q1;;100;1;1;\"b\nSNV;2021-Q2;;100;1;1;\n")
	if r.Read != 5 || r.Accepted != 1 || r.Rejected != 4 || r.Faults[0].Line != 2 || r.Faults[0].Rows != 4 || r.Faults[0].Rule != "quote" {
		t.Errorf("receipt: %+v", r)
	}
}

func TestControlCharactersHideNothing(t *testing.T) {
	f := setUp(t)
	r := f.load("progress", "progress/a.csv", header+"SNV;2021-Q1;;100;\x1f9x9;\x1e;\n731;2021-Q1;;100;a\x1ffiles\x1e7;1;\n")
	if r.Rejected != 2 || len(r.Faults) != 3 {
		t.Errorf("receipt: %+v", r)
	}
}

// TestBlankRows: what a spreadsheet leaves below a table is passed over and
// counted, whichever way the file comes in.
func TestBlankRows(t *testing.T) {
	f := setUp(t)
	for i, extra := range []string{"", "TP1;2021-Q1;;x;1;1;\n", "TP1;2021-Q1;;1;1;1;\"hai\ndòng\"\n", "\n"} {
		r := f.load("progress", fmt.Sprintf("progress/%d.csv", i), header+fmt.Sprintf("SNV;202%d-Q1;;100;1;1;\n", i)+extra+";;;;;;\n;;;;;;\n")
		if want := int64(1 + min(len(extra), 2)/2); r.Blank != 2 || r.Read != want {
			t.Errorf("%q: %d blank, %d read", extra, r.Blank, r.Read)
		}
	}
}

func TestOneColumn(t *testing.T) {
	f := withContract(t, "name: x\nresources:\n  - name: codes\n    path: codes.csv\n    schema: {fields: [{name: code}]}\n")
	f.load("codes", "codes.csv", "code\nA\n\n\"B\nC\"\n")
	if got := fmt.Sprint(f.ask("SELECT code AS a, line AS b FROM codes ORDER BY line")); got != "[[A 2] [B\nC 4]]" {
		t.Errorf("rows: %q", got)
	}
}

// TestReferencesWithinAFile: a row may refer to another of its file, but not
// to one that was rejected, or that the file took away.
func TestReferencesWithinAFile(t *testing.T) {
	f := withContract(t, `name: x
resources:
  - name: units
    path: units.csv
    schema:
      primaryKey: code
      foreignKeys: [{fields: parent, reference: {resource: units, fields: code}}]
      fields: [{name: code}, {name: parent}, {name: n, type: integer}]
`)
	r := f.load("units", "units.csv", "code,parent,n\nA,,1\nB,A,1\nC,D,1\nD,,xấu\nE,C,1\n")
	if r.Accepted != 2 || r.Rejected != 3 {
		t.Errorf("first version: %+v", r)
	}
	r = f.load("units", "units.csv", "code,parent,n\nB,A,1\n")
	if r.Accepted != 0 || r.Rejected != 1 {
		t.Errorf("the parent was taken away: %+v", r)
	}
	if got := fmt.Sprint(f.ask("SELECT code AS a FROM units ORDER BY code")); got != "[[B]]" {
		t.Errorf("units: %s", got)
	}
}

func TestFileNobodyTakes(t *testing.T) {
	f := setUp(t)
	ctx := context.Background()
	stray := Files(f.c, []string{"Thumbs.db", "progress/a.csv"})
	if len(stray) != 2 || stray[1].Resource != nil {
		t.Fatalf("deliveries: %+v", stray)
	}
	for range 2 {
		r, err := f.w.Load(ctx, Delivery{Path: filepath.Join(f.dir, "Thumbs.db"), Name: "Thumbs.db"})
		if err != nil || r.Status != Refused {
			t.Errorf("%+v, %v", r, err)
		}
	}
	r, err := f.w.Load(ctx, Delivery{Path: filepath.Join(f.dir, "gone.csv"), Name: "progress/gone.csv", Resource: f.c.Resource("progress")})
	if err != nil || r.Status != Refused || !strings.Contains(r.Message, "Không đọc được tệp") {
		t.Errorf("%+v, %v", r, err)
	}
	const refusals = "SELECT count(*) AS a FROM submissions WHERE status = 'refused'"
	if got := fmt.Sprint(f.ask(refusals)); got != "[[2]]" {
		t.Errorf("refusals: %s", got)
	}
	if err := f.w.Forget(ctx, []string{"progress/gone.csv"}); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(f.ask(refusals)); got != "[[1]]" {
		t.Errorf("refusals after one file was taken away: %s", got)
	}
}

func TestFolderWithSigns(t *testing.T) {
	f := setUp(t)
	f.w.Close()
	f.dir = filepath.Join(t.TempDir(), "100% xong [x] 'y' *")
	if err := os.MkdirAll(f.dir, 0o755); err != nil {
		t.Fatal(err)
	}
	f.open()
	f.load("units", "units.csv", unitsText)
	if got := fmt.Sprint(f.ask("SELECT count(*) AS a FROM units")); got != "[[4]]" {
		t.Errorf("units: %s", got)
	}
}

func TestRulesAreTriedBeforeTheFirstRow(t *testing.T) {
	f := setUp(t)
	c, err := contract.Read(fstest.MapFS{contract.File: {Data: []byte(strings.Replace(contractText, "condition: files < 1000", "condition: filse < 1000", 1))}})
	if err != nil {
		t.Fatal(err)
	}
	f.w.Close()
	defer f.open()
	_, err = Open(context.Background(), f.path(), c, f.l)
	if err == nil || !strings.Contains(err.Error(), `data/datapackage.yaml:31: rule "many": `) {
		t.Errorf("a rule over a column that is not there: %v", err)
	}
}
