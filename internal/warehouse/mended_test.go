package warehouse

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
)

// list is the text of the list to send back of a file.
func (f *fixture) list(r *Receipt) string {
	f.t.Helper()
	var b bytes.Buffer
	if err := f.l.WriteRows(&b, r.Mend); err != nil {
		f.t.Fatal(err)
	}
	return b.String()
}

func (f *fixture) toMend(r *Receipt) int64 {
	f.t.Helper()
	n, err := f.w.ToMend(context.Background(), r.Submission)
	if err != nil {
		f.t.Fatal(err)
	}
	return n
}

// TestMendedList: a row of the list settles the row that it names, whatever
// was wrong with it; one that is wrong again does not, until its own list is
// mended; a withdrawal has the rows to mend again.
func TestMendedList(t *testing.T) {
	f := setUp(t)
	text := header + "Sở Nội vị;2021-Q1;;100;1;1;\n731;2021-Q1;;x;1;1;\nTP1;2021-Q1;;100;1;1;\n"
	a := f.load("progress", "progress/a.csv", text)
	if a.Rejected != 2 || f.toMend(a) != 2 {
		t.Fatalf("first: %+v", a)
	}
	first := f.load("progress", "progress/sua.csv", strings.NewReplacer("Sở Nội vị;2021", "SNV;2021", "731;2021-Q1;;x", "731;2021-Q1;;y").Replace(f.list(a)))
	if first.Accepted != 1 || first.Mended != 1 || fmt.Sprint(first.Mends) != "[progress/a.csv]" || len(first.Unknown) > 0 || f.toMend(a) != 1 {
		t.Errorf("the list: %+v, %d to mend", first, f.toMend(a))
	}
	again := f.list(first)
	if n := strings.Count(again, "Lý do không nhận"); n != 1 {
		t.Errorf("the list of the list has %d columns of reasons: %s", n, again)
	}
	second := f.load("progress", "progress/sua2.csv", strings.Replace(again, "731;2021-Q1;;y", "731;2021-Q1;;7", 1))
	if second.Accepted != 1 || second.Mended != 2 || f.toMend(a) != 0 || f.toMend(first) != 0 {
		t.Errorf("the list of the list: %+v, %d and %d to mend", second, f.toMend(a), f.toMend(first))
	}
	if r := f.load("progress", "progress/a.csv", text); r.Status != Known || r.ToMend != 0 {
		t.Errorf("known: %+v", r)
	}
	if got := fmt.Sprint(f.ask("SELECT path, rows_rejected AS a, rows_mended AS b, (SELECT string_agg(DISTINCT mended_in, ', ' ORDER BY mended_in) FROM rejects WHERE submission = id) AS c FROM submissions WHERE rows_rejected > 0 ORDER BY id")); got !=
		"[[progress/a.csv 2 2 progress/sua.csv, progress/sua2.csv] [progress/sua.csv 1 1 progress/sua2.csv]]" {
		t.Errorf("accounts: %s", got)
	}
	// The rows of these bytes stay mended when they are judged anew.
	f.load("units", "units.csv", unitsText+"X,Sở X,\n")
	if r := f.load("progress", "progress/a.csv", text); r.Status != Partial || f.toMend(r) != 0 {
		t.Errorf("loaded anew: %+v, %d to mend", r, f.toMend(r))
	}
	if _, err := f.w.Withdraw(context.Background(), "progress/sua2.csv", f.time); err != nil {
		t.Fatal(err)
	}
	if f.toMend(a) != 1 || f.toMend(first) != 1 {
		t.Errorf("withdrawn: %d and %d to mend", f.toMend(a), f.toMend(first))
	}
}

// TestOtherBytes: a list proves nothing about another version of its file, or
// about rows that were not rejected.
func TestOtherBytes(t *testing.T) {
	f := setUp(t)
	a := f.load("progress", "progress/a.csv", header+"Sở Nội vị;2021-Q1;;100;1;1;\n")
	list := strings.Replace(f.list(a), "Sở Nội vị;2021", "SNV;2021", 1)
	b := f.load("progress", "progress/a.csv", header+"Sở Nội vú;2021-Q2;;200;1;1;\nTP1;2021-Q1;;100;1;1;\n")
	if r := f.load("progress", "progress/sua.csv", list); r.Accepted != 1 || f.toMend(b) != 1 || f.toMend(a) != 0 {
		t.Errorf("%+v, %d and %d to mend", r, f.toMend(a), f.toMend(b))
	}
	other := strings.Replace(f.list(b), "\n2;", "\n3;", 1)
	if r := f.load("progress", "progress/sua3.csv", strings.Replace(other, "Sở Nội vú;2021-Q2", "SNV;2021-Q2", 1)); r.Accepted != 1 || r.Mended != 0 || f.toMend(b) != 1 {
		t.Errorf("another line: %+v, %d to mend", r, f.toMend(b))
	}
}

// TestSameKey: the figures of a unit and period that were rejected came later
// in another file; two rows of one key are settled by the one that is right.
func TestSameKey(t *testing.T) {
	f := setUp(t)
	a := f.load("progress", "progress/a.csv", header+"SNV;2021-Q1;;100;1;1;\nSNV;2021-Q1;;200;1;1;\n731;2021-Q1;;x;1;1;\n")
	if f.toMend(a) != 3 {
		t.Fatalf("%+v", a)
	}
	b := f.load("progress", "progress/b.csv", header+"SNV;2021-Q1;;200;1;1;\n731;2021-Q2;;5;1;1;\n")
	if b.Mended != 2 || f.toMend(a) != 1 {
		t.Errorf("%+v, %d to mend", b, f.toMend(a))
	}
	// What came before a rejected row does not mend it.
	c := f.load("progress", "progress/c.csv", header+"SNV;2021-Q1;;y;1;1;\n")
	if f.toMend(c) != 1 {
		t.Errorf("an earlier row: %+v", c)
	}
}
