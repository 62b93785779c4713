package warehouse

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"tongket/internal/contract"
)

// older turns the warehouse into one of the layout before: one table for each
// resource, whose rows tell when they ceased to hold.
func (f *fixture) older() {
	f.t.Helper()
	if err := f.w.Close(); err != nil {
		f.t.Fatal(err)
	}
	db, err := attach(context.Background(), f.path(), "")
	if err != nil {
		f.t.Fatal(err)
	}
	defer db.Close()
	for _, r := range f.c.Resources {
		_, err := db.Exec(`CREATE TABLE warehouse.held AS SELECT * EXCLUDE (since), nullif(since, submission) AS since, NULL::BIGINT AS superseded_by FROM warehouse.` + ident(r.Name) + `
			UNION ALL BY NAME SELECT * REPLACE (nullif(since, submission) AS since) FROM warehouse.past.` + ident(r.Name) + `;
			DROP TABLE warehouse.` + ident(r.Name) + `; ALTER TABLE warehouse.held RENAME TO ` + ident(r.Name))
		if err != nil {
			f.t.Fatal(err)
		}
	}
	if _, err := db.Exec("DROP SCHEMA warehouse.past CASCADE; DELETE FROM warehouse.meta WHERE name = 'name'; UPDATE warehouse.meta SET value = 'the layout before' WHERE name = 'contract'"); err != nil {
		f.t.Fatal(err)
	}
}

func TestUpgrade(t *testing.T) {
	f := setUp(t)
	f.load("progress", "progress/a.csv", "Đơn vị;Kỳ;Tồn đọng;Đã chỉnh lý\nSNV;2021-Q4;100;10\n731;2021-Q4;200;20\n")
	f.load("progress", "progress/b.csv", "Đơn vị;Kỳ;Tồn đọng;Đã chỉnh lý\nSNV;2021-Q4;100;15\n")
	f.load("progress", "progress/c.csv", "Đơn vị;Kỳ;Tồn đọng;Đã chỉnh lý\n731;2021-Q4;200;30\n")
	if _, err := f.w.Withdraw(context.Background(), "progress/c.csv", f.time); err != nil {
		t.Fatal(err)
	}
	before := map[string]string{}
	events := []string{"", "1", "2", "3", "4", "5"}
	told := func(event string) string {
		var out string
		err := f.w.conn.QueryRowContext(context.Background(), "SELECT coalesce(string_agg(unit || ' ' || arranged_m, ', ' ORDER BY unit, arranged_m), '') FROM ("+standing(f.c.Resource("progress"), event)+")").Scan(&out)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	for _, e := range events {
		before[e] = told(e)
	}
	if before[""] != before["3"] || before["3"] == before["2"] || before["4"] == before["3"] {
		t.Fatalf("the history to carry over is none: %v", before)
	}
	f.older()
	old, err := os.ReadFile(f.path())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := OpenReader(context.Background(), Asked{Path: f.path(), Contract: f.c, Locale: f.l}); err == nil || !strings.Contains(err.Error(), "tongket load brings it up to date") {
		t.Errorf("read before it was brought up to date: %v", err)
	}
	f.open()
	for _, e := range events {
		if got := told(e); got != before[e] {
			t.Errorf("after event %q: %s, want %s", e, got, before[e])
		}
	}
	kept, err := os.ReadFile(f.w.Backup())
	if err != nil || !bytes.Equal(kept, old) {
		t.Errorf("the copy %q is not what was there: %v", f.w.Backup(), err)
	}
	if r := f.load("progress", "progress/b.csv", "Đơn vị;Kỳ;Tồn đọng;Đã chỉnh lý\nSNV;2021-Q4;100;15\n"); r.Status != Known {
		t.Errorf("a file of before is not known: %+v", r)
	}
	f.w.Close()
	f.open()
	if f.w.Backup() != "" {
		t.Errorf("brought up to date twice: %s", f.w.Backup())
	}
}

// TestContractGrows: a field and a table more are added to the file, and what
// would lose figures is refused with what it is.
func TestContractGrows(t *testing.T) {
	f := setUp(t)
	f.load("progress", "progress/a.csv", "Đơn vị;Kỳ;Tồn đọng;Đã chỉnh lý\nSNV;2021-Q4;100;10\n")
	was := f.c
	with := func(old, now string) {
		t.Helper()
		text := strings.Replace(contractText, old, now, 1)
		c, err := contract.Read(fstest.MapFS{contract.File: {Data: []byte(text)}})
		if err != nil || text == contractText {
			t.Fatal("contract", err)
		}
		f.w.Close()
		f.c = c
	}
	at := strings.Index(contractText, "        - {name: arranged_m")
	if at < 0 {
		t.Fatal("no field arranged_m")
	}
	line, _, _ := strings.Cut(contractText[at:], "\n")
	with(line, line+"\n        - {name: boxes, title: Số hộp, type: integer}")
	f.open()
	if f.w.Backup() == "" {
		t.Error("no copy was kept")
	}
	r := f.load("progress", "progress/a.csv", "Đơn vị;Kỳ;Tồn đọng;Đã chỉnh lý;Số hộp;Ngày\nSNV;2021-Q4;100;10;7;05/01/2022\n")
	if r.Accepted != 1 || r.Replaced != 1 {
		t.Errorf("with the new field: %+v", r)
	}
	var boxes int
	if err := f.w.conn.QueryRowContext(context.Background(), "SELECT boxes FROM progress").Scan(&boxes); err != nil || boxes != 7 {
		t.Errorf("boxes %d, %v", boxes, err)
	}
	f.w.Close()
	for _, c := range []struct{ old, now, names string }{
		{"{name: day, title: Ngày, type: date, format: \"%d/%m/%Y\"}", "{name: dated, title: Ngày tháng}", "the field day is no longer in"},
		{"scale: 2", "scale: 3", "the type of"},
	} {
		with(c.old, c.now)
		bytesBefore, _ := os.ReadFile(f.path())
		_, err := Open(context.Background(), f.path(), f.c, f.l)
		if err == nil || !strings.Contains(err.Error(), c.names) || !strings.Contains(err.Error(), "move the file aside") {
			t.Errorf("%s: %v", c.now, err)
		}
		if now, _ := os.ReadFile(f.path()); !bytes.Equal(now, bytesBefore) {
			t.Errorf("%s: the file was changed", c.now)
		}
	}
	without := *was
	without.Resources = without.Resources[:1]
	if _, err := Open(context.Background(), f.path(), &without, f.l); err == nil || !strings.Contains(err.Error(), "the table progress is no longer in data/datapackage.yaml; it holds 1 rows") {
		t.Errorf("a contract without the table: %v", err)
	}
	f.c = was
	if _, err := Open(context.Background(), f.path(), f.c, f.l); err == nil || !strings.Contains(err.Error(), "boxes is no longer in") {
		t.Errorf("the old contract again: %v", err)
	}
}

// TestTwoProgrammes: a warehouse takes no files of another programme, even if
// its tables are alike.
func TestTwoProgrammes(t *testing.T) {
	f := setUp(t)
	f.w.Close()
	was := f.c
	other := *f.c
	other.Name = "another"
	f.c = &other
	for _, err := range []error{
		func() error { _, err := Open(context.Background(), f.path(), f.c, f.l); return err }(),
		func() error {
			_, err := OpenReader(context.Background(), Asked{Path: f.path(), Contract: f.c, Locale: f.l})
			return err
		}(),
	} {
		if err == nil || !strings.Contains(err.Error(), `belongs to the programme "`+was.Name+`"`) {
			t.Errorf("another programme: %v", err)
		}
	}
	f.c = was
	f.open()
}
