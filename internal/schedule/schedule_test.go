package schedule

import (
	"os/exec"
	"strings"
	"testing"
	"time"
)

var saigon = time.FixedZone("UTC+7", 7*3600)

func TestNext(t *testing.T) {
	at := func(text string) time.Time {
		v, err := time.ParseInLocation("2006-01-02 15:04", text, saigon)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for _, c := range []struct {
		cron  string
		every time.Duration
		after string
		want  string
	}{
		{"0 6 * * 1", 0, "2026-11-22 20:00", "2026-11-23 06:00"}, // a Sunday
		{"0 6 * * 1", 0, "2026-11-23 06:00", "2026-11-30 06:00"},
		{"30 17 1,15 * *", 0, "2026-11-22 20:00", "2026-12-01 17:30"},
		{"0 0 29 2 *", 0, "2026-11-22 20:00", "2028-02-29 00:00"},
		{"", 24 * time.Hour, "2026-11-22 20:00", "2026-11-23 20:00"},
	} {
		p, err := Parse(c.cron, c.every)
		if err != nil {
			t.Fatal(err)
		}
		got, err := p.Next(at(c.after))
		if err != nil || !got.Equal(at(c.want)) {
			t.Errorf("%q %s after %s: %s, %v; want %s", c.cron, c.every, c.after, got, err, c.want)
		}
		for _, now := range []time.Time{at(c.after).Add(time.Second), at(c.want)} {
			if got, err := p.Resume(at(c.after), now); err != nil || !got.Equal(at(c.want)) {
				t.Errorf("%q %s taken up again at %s: due at %s, %v; want %s", c.cron, c.every, now, got, err, c.want)
			}
		}
		late := at(c.want).Add(time.Minute)
		if got, err := p.Resume(at(c.after), late); err != nil || !got.Equal(late) {
			t.Errorf("%q %s taken up again too late, at %s: due at %s, %v", c.cron, c.every, late, got, err)
		}
	}
	for _, c := range []struct {
		cron  string
		every time.Duration
	}{{"0 6 * *", 0}, {"61 6 * * 1", 0}, {"0 0 31 2 *", 0}, {"0 6 * * 1", time.Hour}, {"", time.Millisecond}, {"", -time.Hour}, {"@daily", 0}, {"* * * * * *", 0}} {
		if p, err := Parse(c.cron, c.every); err == nil {
			t.Errorf("%q %s is taken: %+v", c.cron, c.every, p)
		}
	}
	if p, err := Parse("", 0); p != nil || err != nil {
		t.Errorf("no plan: %v, %v", p, err)
	}
}

// TestClockSetBack: a clock that was wrong does not keep a run waiting.
func TestClockSetBack(t *testing.T) {
	p, err := Parse("0 6 * * 1", 0)
	if err != nil {
		t.Fatal(err)
	}
	wrong, right := time.Date(2062, 3, 1, 9, 0, 0, 0, time.UTC), time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	due, err := p.Next(wrong)
	if err != nil {
		t.Fatal(err)
	}
	monday := time.Date(2026, 11, 23, 6, 0, 0, 0, time.UTC)
	if got := p.Due(wrong, due, right); !got.Equal(monday) {
		t.Errorf("due at %v", got)
	}
	if got := p.Due(right, monday, right.Add(-time.Second)); !got.Equal(monday) {
		t.Errorf("a second back, and due at %v", got)
	}
	if got, err := p.Resume(wrong, right); err != nil || !got.Equal(right) {
		t.Errorf("after a run of the future: due at %v, %v", got, err)
	}
}

func TestUnits(t *testing.T) {
	j := Job{Program: "/opt/tong ket/tongket", Folder: "/srv/50% 'quý'", Cron: "0 6 * * 1-5", User: "luutru"}
	line, err := j.CronLine()
	if want := `0 6 * * 1-5 '/opt/tong ket/tongket' -C '/srv/50\% '\''quý'\''' run` + "\n"; err != nil || line != want {
		t.Errorf("%q, %v; want %q", line, err, want)
	}
	service, timer, err := j.Systemd()
	if err != nil || !strings.Contains(service, `ExecStart="/opt/tong ket/tongket" -C "/srv/50%% 'quý'" run`) || !strings.Contains(service, "User=luutru\n") {
		t.Errorf("%s, %v", service, err)
	}
	if !strings.Contains(timer, "OnCalendar=Mon,Tue,Wed,Thu,Fri *-*-* 06:00:00\n") {
		t.Error(timer)
	}
	for cron, want := range map[string]string{
		"*/15 * * * *":   "*-*-* *:00,15,30,45:00",
		"30 17 1,15 * *": "*-*-01,15 17:30:00",
		"0 6 * 1,7 7":    "Sun *-01,07-* 06:00:00",
	} {
		got, err := calendar(strings.Fields(cron))
		if err != nil || got != want {
			t.Errorf("%s: %q, %v; want %q", cron, got, err, want)
		}
		if path, err := exec.LookPath("systemd-analyze"); err == nil {
			if out, err := exec.Command(path, "calendar", got).CombinedOutput(); err != nil {
				t.Errorf("systemd does not take %q: %s", got, out)
			}
		}
	}
	command, err := Job{Program: `C:\tongket\tongket.exe`, Folder: `D:\Chinh ly`, Cron: "0 6 * * 1"}.Windows()
	if want := "schtasks /Create /TN tongket /SC WEEKLY /D MON /ST 06:00 /TR \"\\\"C:\\tongket\\tongket.exe\\\" -C \\\"D:\\Chinh ly\\\" run\"\r\n"; err != nil || command != want {
		t.Errorf("%q, %v; want %q", command, err, want)
	}
	for _, cron := range []string{"0 6 1 * 1", "*/5 * * * *"} {
		if _, err := (Job{Program: "p", Folder: "f", Cron: cron}).Windows(); err == nil {
			t.Errorf("%q has a task for Windows", cron)
		}
	}
	if _, err := (Job{Program: `C:\a.exe`, Folder: `D:\50%TEMP%`, Cron: "0 6 * * 1"}).Windows(); err == nil {
		t.Error("a path in which Windows would put a variable is taken")
	}
	for _, user := range []string{"x\nExecStart=/bin/sh", "a b", "%u"} {
		if _, _, err := (Job{Program: "p", Folder: "f", Cron: "0 6 * * 1", User: user}).Systemd(); err == nil {
			t.Errorf("%q is taken for the name of an account", user)
		}
	}
	if _, _, err := (Job{Program: "p", Folder: "f", Cron: "0 6 1 * 1"}).Systemd(); err == nil {
		t.Error("days of the month or weekdays became days that are both")
	}
}
