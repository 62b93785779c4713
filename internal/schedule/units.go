package schedule

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Job is what the system's timer is to start.
type Job struct {
	Program string // path of the executable
	Folder  string // the programme folder
	Cron    string // when, five fields
	User    string // who runs it; empty: left out
	Hooks   bool   // it starts commands of the programme's, which may need a network or other rights
}

var weekdays = []string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}

// Cron returns the line for a crontab.
func (j Job) CronLine() (string, error) {
	if _, err := Parse(j.Cron, 0); err != nil {
		return "", err
	}
	if strings.ContainsAny(j.Program+j.Folder, "\r\n") {
		return "", fmt.Errorf("a path with a line break cannot stand in a crontab")
	}
	// In a crontab % ends the command.
	command := strings.ReplaceAll(fmt.Sprintf("%s -C %s run", shell(j.Program), shell(j.Folder)), "%", `\%`)
	return strings.Join(strings.Fields(j.Cron), " ") + " " + command + "\n", nil
}

// shell quotes a word for a POSIX shell.
func shell(word string) string { return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'" }

// Systemd returns a service and its timer.
func (j Job) Systemd() (service, timer string, err error) {
	if _, err := Parse(j.Cron, 0); err != nil {
		return "", "", err
	}
	at, err := calendar(strings.Fields(j.Cron))
	if err != nil {
		return "", "", err
	}
	if strings.ContainsAny(j.Program+j.Folder, "\r\n") {
		return "", "", fmt.Errorf("a path with a line break cannot stand in a unit file")
	}
	if strings.ContainsFunc(j.User, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) || r == '%' }) {
		return "", "", fmt.Errorf("--user %q is no name of an account", j.User)
	}
	user := ""
	if j.User != "" {
		user = "User=" + j.User + "\n"
	}
	// A hook such as mail wants the network, or hands its letter over with
	// rights that are not its own.
	shut := "# It needs no network and no more rights. With hooks in tongket.yaml (run), print this again.\nPrivateNetwork=yes\nNoNewPrivileges=yes\n"
	if j.Hooks {
		shut = ""
	}
	// SIGINT has the program take the file under way back and end in order.
	service = fmt.Sprintf(`[Unit]
Description=tongket run (%s)

[Service]
Type=oneshot
%sExecStart=%s -C %s run
KillSignal=SIGINT
TimeoutStopSec=60
Nice=10
%s`, strings.ReplaceAll(j.Folder, "%", "%%"), user, unit(j.Program), unit(j.Folder), shut)
	// Persistent: a run that was due while the machine was off is made up for.
	timer = fmt.Sprintf(`[Unit]
Description=When tongket runs (%s)

[Timer]
OnCalendar=%s
Persistent=true

[Install]
WantedBy=timers.target
`, strings.ReplaceAll(j.Folder, "%", "%%"), at)
	return service, timer, nil
}

// unit quotes a word for a unit file, where % and $ stand for more.
func unit(word string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "%", "%%", "$", "$$").Replace(word) + `"`
}

// calendar writes five fields of cron as systemd does.
func calendar(fields []string) (string, error) {
	if fields[2] != "*" && fields[4] != "*" {
		return "", fmt.Errorf("cron runs on the day of the month or on the weekday, systemd on days that are both: give one of them")
	}
	var parts []string
	for i, least := range []int{0, 0, 1, 1} {
		part, err := systemdField(fields[i], least)
		if err != nil {
			return "", err
		}
		parts = append(parts, part)
	}
	at := fmt.Sprintf("*-%s-%s %s:%s:00", parts[3], parts[2], parts[1], parts[0])
	if fields[4] == "*" {
		return at, nil
	}
	days, err := numbers(fields[4], 0, 7)
	if err != nil {
		return "", err
	}
	var names []string
	for _, d := range days {
		if !slices.Contains(names, weekdays[d]) {
			names = append(names, weekdays[d])
		}
	}
	return strings.Join(names, ",") + " " + at, nil
}

func systemdField(field string, least int) (string, error) {
	if field == "*" {
		return "*", nil
	}
	top := map[int]int{0: 59, 1: 31}[least]
	list, err := numbers(field, least, top)
	if err != nil {
		return "", err
	}
	var out []string
	for _, n := range list {
		out = append(out, fmt.Sprintf("%02d", n))
	}
	return strings.Join(out, ","), nil
}

// numbers lists what a field of cron stands for.
func numbers(field string, least, most int) ([]int, error) {
	var out []int
	for _, part := range strings.Split(field, ",") {
		span, step, stepped := strings.Cut(part, "/")
		from, to, ranged := strings.Cut(span, "-")
		lo, err1 := number(from, least)
		hi, err2 := number(to, most)
		by, err3 := 1, error(nil)
		if stepped {
			by, err3 = strconv.Atoi(step)
		}
		switch {
		case span == "*":
			lo, hi, err1, err2 = least, most, nil, nil
		case !ranged && !stepped:
			hi, err2 = lo, nil
		case !ranged:
			hi, err2 = most, nil
		}
		if err1 != nil || err2 != nil || err3 != nil || by < 1 || lo > hi || lo < least || hi > most {
			return nil, fmt.Errorf("%q: cannot be written for this timer; use plain numbers", field)
		}
		for n := lo; n <= hi; n += by {
			if !slices.Contains(out, n) {
				out = append(out, n)
			}
		}
	}
	slices.Sort(out)
	return out, nil
}

// number reads a number, or the English name of a weekday.
func number(text string, fallback int) (int, error) {
	if text == "" {
		return fallback, nil
	}
	for i, name := range weekdays[:7] {
		if strings.EqualFold(text, name) {
			return i, nil
		}
	}
	return strconv.Atoi(text)
}

// Windows returns the command that hands the job to the Task Scheduler. It
// knows days, weekdays and days of the month at one time.
func (j Job) Windows() (string, error) {
	if _, err := Parse(j.Cron, 0); err != nil {
		return "", err
	}
	f := strings.Fields(j.Cron)
	minute, err1 := strconv.Atoi(f[0])
	hour, err2 := strconv.Atoi(f[1])
	if err1 != nil || err2 != nil || f[3] != "*" || f[2] != "*" && f[4] != "*" {
		return "", fmt.Errorf("--cron %q: the Task Scheduler takes one time of the day, on every day, on weekdays or on a day of the month", j.Cron)
	}
	when := "/SC DAILY"
	switch {
	case f[4] != "*":
		days, err := numbers(f[4], 0, 7)
		if err != nil {
			return "", err
		}
		var names []string
		for _, d := range days {
			if name := strings.ToUpper(weekdays[d]); !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
		when = "/SC WEEKLY /D " + strings.Join(names, ",")
	case f[2] != "*":
		day, err := strconv.Atoi(f[2])
		if err != nil {
			return "", fmt.Errorf("--cron %q: the Task Scheduler takes one day of the month", j.Cron)
		}
		when = fmt.Sprintf("/SC MONTHLY /D %d", day)
	}
	if strings.ContainsAny(j.Program+j.Folder, "\"%\r\n") {
		return "", fmt.Errorf("a path with a quotation mark, a percent sign or a line break cannot stand in the command")
	}
	return fmt.Sprintf("schtasks /Create /TN tongket %s /ST %02d:%02d /TR \"\\\"%s\\\" -C \\\"%s\\\" run\"\r\n", when, hour, minute, j.Program, j.Folder), nil
}
