package warehouse

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"
)

// force lists the rows of progress that hold, as "unit arranged since".
func (f *fixture) force() string {
	f.t.Helper()
	rows, err := f.w.conn.QueryContext(context.Background(), "SELECT unit, arranged_m::DOUBLE, since = submission FROM progress ORDER BY ALL")
	if err != nil {
		f.t.Fatal(err)
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var unit string
		var metres float64
		var first bool
		if err := rows.Scan(&unit, &metres, &first); err != nil {
			f.t.Fatal(err)
		}
		again := ""
		if !first {
			again = " again"
		}
		out = append(out, fmt.Sprintf("%s %g%s", unit, metres, again))
	}
	return strings.Join(out, ", ")
}

func (f *fixture) withdraw(which string) *Taken {
	f.t.Helper()
	taken, err := f.w.Withdraw(context.Background(), which, f.time)
	if err != nil {
		f.t.Fatal(err)
	}
	return taken
}

func TestWithdrawal(t *testing.T) {
	f := setUp(t)
	f.load("progress", "progress/a.csv", header+"SNV;2021-Q1;;100;1;1;\n")
	text := header + "SNV;2021-Q1;;100;2;1;\n731;2021-Q1;;100;5;1;\n"
	b := f.load("progress", "progress/b.csv", text)
	if taken := f.withdraw("data/progress/b.csv"); taken.ID != b.Submission || taken.Figures != 2 || taken.Restored != 1 {
		t.Errorf("withdrawn: %+v", taken)
	}
	if got := f.force(); got != "SNV 1 again" {
		t.Errorf("in force: %s", got)
	}
	// The file still lies there: it does not come in by itself, only when asked for.
	if r := f.load("progress", "progress/b.csv", text); r.Status != Known || !strings.Contains(r.Message, "thu hồi") {
		t.Errorf("met again: %+v", r)
	}
	r, err := f.w.Load(context.Background(), Delivery{Path: f.dir + "/b.csv", Name: "progress/b.csv", Resource: f.c.Resource("progress"), Received: f.time, Named: true})
	if err != nil || r.Accepted != 2 || r.Replaced != 1 {
		t.Errorf("asked for: %+v, %v", r, err)
	}
	if got := f.force(); got != "731 5, SNV 2" {
		t.Errorf("in force: %s", got)
	}
	if _, err := f.w.Withdraw(context.Background(), "progress/none.csv", f.time); err == nil || !strings.Contains(err.Error(), "tongket log") {
		t.Errorf("a file that is not there: %v", err)
	}
	if _, err := f.w.Withdraw(context.Background(), fmt.Sprint(b.Submission), f.time); err == nil || !strings.Contains(err.Error(), "đã rút") {
		t.Errorf("twice: %v", err)
	}
}

// TestWithdrawalsInAChain: what comes back is the latest of the files that
// stand, not the one that the withdrawn file replaced.
func TestWithdrawalsInAChain(t *testing.T) {
	f := setUp(t)
	for i := 1; i <= 3; i++ {
		f.load("progress", fmt.Sprintf("progress/%d.csv", i), header+fmt.Sprintf("SNV;2021-Q1;;100;%d;1;\n", i))
	}
	if taken := f.withdraw("progress/2.csv"); taken.Figures != 0 || taken.Restored != 0 || f.force() != "SNV 3" {
		t.Errorf("the second of three: %+v, in force %s", taken, f.force())
	}
	if taken := f.withdraw("progress/3.csv"); taken.Restored != 1 || f.force() != "SNV 1 again" {
		t.Errorf("the third: %+v, in force %s", taken, f.force())
	}
	f.load("progress", "progress/4.csv", header+"SNV;2021-Q1;;100;4;1;\n")
	if taken := f.withdraw("progress/4.csv"); taken.Restored != 1 || f.force() != "SNV 1 again" {
		t.Errorf("a fourth: %+v, in force %s", taken, f.force())
	}
	if taken := f.withdraw("progress/1.csv"); taken.Restored != 0 || f.force() != "" {
		t.Errorf("the first: %+v, in force %s", taken, f.force())
	}
}

// TestRegisterWithdrawn: a row that the next version of a register left out is
// there again.
func TestRegisterWithdrawn(t *testing.T) {
	f := setUp(t)
	v2 := f.load("units", "units.csv", strings.Replace(unitsText, "TP1,Huyện Tân Phú,Tân Phú\n", "", 1))
	f.withdraw(fmt.Sprint(v2.Submission))
	if got := fmt.Sprint(f.ask("SELECT count(*) AS a, count(DISTINCT code) AS b FROM units")); got != "[[4 4]]" {
		t.Errorf("units: %s", got)
	}
	log, err := f.w.Log(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range log {
		got = append(got, string(e.Status))
	}
	if strings.Join(got, " ") != "accepted withdrawn withdrawal" {
		t.Errorf("log: %v", got)
	}
}

// TestClockSetBack: time does not run backwards in the log.
func TestClockSetBack(t *testing.T) {
	f := setUp(t)
	f.time = f.time.Add(-48 * time.Hour)
	f.load("progress", "progress/a.csv", header+"SNV;2021-Q1;;100;1;1;\n")
	log, err := f.w.Log(context.Background())
	if err != nil || len(log) != 2 || log[1].Received.Before(log[0].Received) {
		t.Errorf("log: %+v, %v", log, err)
	}
}

// TestAsOf tells the figures as they stood on a day, after corrections and
// withdrawals, both from tables and from a macro; a day ends at midnight in
// Vietnam.
func TestAsOf(t *testing.T) {
	f := setUp(t) // the register came on 10/01/2022
	at := func(text string) time.Time {
		day, err := time.Parse(time.DateTime, text)
		if err != nil {
			t.Fatal(err)
		}
		return day
	}
	f.time = at("2022-02-01 08:00:00")
	f.load("progress", "progress/a.csv", header+"SNV;2021-Q1;;100;1;1;\n731;2021-Q1;;100;1;1;\n")
	f.time = at("2022-02-02 16:59:00") // 23:59 in Vietnam
	f.load("progress", "progress/a.csv", header+"SNV;2021-Q1;;100;2;1;\nxấu;2021-Q1;;1;1;1;\n")
	f.time = at("2022-02-02 17:01:00") // the next day there
	f.load("progress", "progress/b.csv", header+"SNV;2021-Q1;;100;3;1;\n")
	f.time = at("2022-02-05 08:00:00")
	f.withdraw("progress/b.csv")
	for day, want := range map[string]string{
		"2022-01-31": "[] [1 0]", "2022-02-01": "[731 1 SNV 1] [2 0]", "2022-02-02": "[731 1 SNV 2] [3 1]",
		"2022-02-03": "[731 1 SNV 3] [4 1]", "2022-02-05": "[731 1 SNV 2] [3 1]",
	} {
		f.asOf = at(day + " 00:00:00")
		rows := f.ask("SELECT (SELECT string_agg(unit || ' ' || arranged_m::INTEGER, ' ' ORDER BY unit) FROM progress) AS a, (SELECT count(*) FROM submissions) AS b, (SELECT sum(rows_rejected)::BIGINT FROM submissions) AS c")
		f.asOf = time.Time{}
		macro := f.ask(fmt.Sprintf("SELECT string_agg(unit || ' ' || arranged_m::INTEGER, ' ' ORDER BY unit) AS a FROM progress_as_of('%s')", day))
		if rows[0][0] == nil {
			rows[0][0] = ""
		}
		if macro[0][0] == nil {
			macro[0][0] = ""
		}
		if got := fmt.Sprintf("[%v] [%v %v]", rows[0][0], rows[0][1], rows[0][2]); got != want || macro[0][0] != rows[0][0] {
			t.Errorf("as of %s: %s, by the macro %v; want %s", day, got, macro[0][0], want)
		}
	}
	f.asOf = at("2020-01-01 00:00:00")
	if err := f.w.Close(); err != nil {
		t.Fatal(err)
	}
	defer f.open()
	if _, err := OpenReader(context.Background(), Asked{Path: f.path(), Contract: f.c, Locale: f.l, AsOf: f.asOf}); err == nil || !strings.Contains(err.Error(), "chưa nhận tệp nào") {
		t.Errorf("before anything: %v", err)
	}
}

// TestReadAgain: a file that is read again, since its register or its contract
// has changed, does not undo the corrections that came after it.
func TestReadAgain(t *testing.T) {
	f := setUp(t)
	units := unitsText
	load := func(name string, rows string) *Receipt {
		t.Helper()
		return f.load("progress", "progress/"+name, header+rows)
	}
	original := "SNV;2021-Q1;;100;10;;\n731;2021-Q1;;100;20;;\nKhông Có;2021-Q1;;100;1;;\n"
	load("b.csv", original)
	load("a.csv", "SNV;2021-Q1;;100;77;;\n")
	units += "KC,Sở Khoa học,Không Có\n"
	f.load("units", "units.csv", units)
	if r := load("b.csv", original); r.Accepted != 3 || r.Yielded != 1 || r.Replaced != 1 {
		t.Errorf("read again: %+v", r)
	}
	if got := f.force(); got != "731 20, KC 1, SNV 77" {
		t.Errorf("in force: %s", got)
	}
	if _, err := f.w.Withdraw(context.Background(), "progress/a.csv", f.time); err != nil {
		t.Fatal(err)
	}
	if got := f.force(); got != "731 20, KC 1, SNV 10 again" {
		t.Errorf("without the correction: %s", got)
	}
	// The contract changes, and all files are read again, in whatever order.
	load("a.csv", "SNV;2021-Q1;;100;78;;\n")
	load("c.csv", "731;2021-Q1;;100;21;;\n")
	f.w.Close()
	c := *f.c
	c.Resources = nil
	for _, r := range f.c.Resources {
		changed := *r
		changed.Description += " (sửa)"
		c.Resources = append(c.Resources, &changed)
	}
	f.c = &c
	f.open()
	for name, rows := range map[string]string{"a.csv": "SNV;2021-Q1;;100;78;;\n", "b.csv": original, "c.csv": "731;2021-Q1;;100;21;;\n"} {
		if r := load(name, rows); r.Status == Known {
			t.Errorf("%s is known under another contract", name)
		}
	}
	if got := f.force(); got != "731 21, KC 1, SNV 78" {
		t.Errorf("under another contract: %s", got)
	}
	if _, err := f.w.Withdraw(context.Background(), "progress/c.csv", f.time); err != nil {
		t.Fatal(err)
	}
	if got := f.force(); got != "731 20 again, KC 1, SNV 78" {
		t.Errorf("without the second correction: %s", got)
	}
}

// TestOverwritten: a file that is overwritten by the next period's, under its
// own name, still stands for the rows that hold of it; what it had to mend
// does not.
func TestOverwritten(t *testing.T) {
	f := setUp(t)
	f.load("progress", "progress/bao-cao.csv", header+"SNV;2021-Q1;;100;10;;\n731;2021-Q1;;100;500;;\n")
	f.load("progress", "progress/bao-cao.csv", header+"SNV;2021-Q2;;100;20;;\n")
	for _, event := range []time.Time{{}, f.time} {
		f.asOf = event
		got := fmt.Sprint(f.ask("SELECT s.status AS a, s.rows_in_force AS b, s.rows_rejected - s.rows_mended AS c FROM submissions s WHERE s.path = 'progress/bao-cao.csv' ORDER BY s.id"))
		if got != "[[partial 1 0] [accepted 1 0]]" {
			t.Errorf("as of %s: %s", event, got)
		}
		if got := fmt.Sprint(f.ask("SELECT mended_in AS a FROM rejects")); got != "[[progress/bao-cao.csv]]" {
			t.Errorf("as of %s: rejects %s", event, got)
		}
	}
}
