package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// terminal is a pseudo-terminal on which a program runs.
type terminal struct {
	t    *testing.T
	own  *os.File // our end
	mu   sync.Mutex
	seen bytes.Buffer
	more chan struct{} // something was written
	at   int           // up to where the output was expected already
}

// onTerminal starts a program on a terminal of 100 by 16 letters.
func onTerminal(t *testing.T, dir string, words ...string) (*terminal, *exec.Cmd) {
	t.Helper()
	own, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("no pseudo-terminal here: %v", err)
	}
	t.Cleanup(func() { own.Close() })
	n, err := unix.IoctlGetInt(int(own.Fd()), unix.TIOCGPTN)
	if err == nil {
		err = unix.IoctlSetPointerInt(int(own.Fd()), unix.TIOCSPTLCK, 0)
	}
	if err == nil {
		err = unix.IoctlSetWinsize(int(own.Fd()), unix.TIOCSWINSZ, &unix.Winsize{Row: 16, Col: 100})
	}
	if err != nil {
		t.Fatal(err)
	}
	other, err := os.OpenFile("/dev/pts/"+strconv.Itoa(n), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	c := exec.Command(words[0], words[1:]...)
	c.Dir, c.Stdin, c.Stdout, c.Stderr = dir, other, other, other
	c.Env = append(os.Environ(), "TERM=xterm", "COLUMNS=")
	c.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	screen := &terminal{t: t, own: own, more: make(chan struct{}, 1)}
	go screen.watch()
	return screen, c
}

func (s *terminal) watch() {
	buffer := make([]byte, 4096)
	for {
		n, err := s.own.Read(buffer)
		s.mu.Lock()
		s.seen.Write(buffer[:n])
		s.mu.Unlock()
		select {
		case s.more <- struct{}{}:
		default:
		}
		if err != nil {
			return
		}
	}
}

func (s *terminal) press(keys string) {
	s.t.Helper()
	if _, err := s.own.WriteString(keys); err != nil {
		s.t.Fatal(err)
	}
}

// expect waits for a text behind what was expected before, pressing a key
// again and again meanwhile if there is one.
func (s *terminal) expect(text, key string) {
	s.t.Helper()
	end := time.After(time.Minute)
	for {
		s.mu.Lock()
		rest := s.seen.String()[s.at:]
		i := strings.Index(rest, text)
		if i >= 0 {
			s.at += i + len(text)
		}
		s.mu.Unlock()
		if i >= 0 {
			return
		}
		var again <-chan time.Time
		if key != "" {
			again = time.After(100 * time.Millisecond)
		}
		select {
		case <-s.more:
		case <-again:
			s.press(key)
		case <-end:
			s.t.Fatalf("the terminal never shows %q, but %q", text, rest)
		}
	}
}

// TestShellOnTerminal sits at a terminal: completion, statements over several
// lines, a page at a time, Ctrl-C, and others who load meanwhile.
func TestShellOnTerminal(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := copySample(dir); err != nil {
		t.Fatal(err)
	}
	given(t, dir, "tongket load --received 2022-01-20T08:00:00Z")
	s, c := onTerminal(t, dir, "tongket", "shell")
	s.expect("Số liệu minh họa", "")
	s.expect("tongket> ", "")

	s.press("SELECT 6 *\r")
	s.expect("...> ", "")
	s.press("7 AS answer;\r")
	s.expect("42", "")
	s.expect("tongket> ", "")

	s.press("SELECT count(*) AS c FROM units WHERE name = 'so noi\t;\r")
	s.expect("'Sở Nội vụ'", "")
	s.expect("─", "")
	s.expect("1\r\n", "")
	s.expect("tongket> ", "")
	s.press("SELECT max(budget_disb\t) AS most FROM progress;\r")
	s.expect("7.914.000.000", "")
	s.expect("tongket> ", "")

	s.press("progress_by_department;\r")
	s.expect("Enter: xem tiếp", "")
	s.press("\r")
	s.expect("Enter: xem tiếp", "")
	s.press("q\r")
	s.expect("tongket> ", "")

	s.press("SELECT count(*) FROM range(1000000000) a, range(1000000000) b;\r")
	s.expect("Đã dừng câu hỏi", "\x03")
	s.expect("tongket> ", "")
	s.press("SELECT 6 * 9 AS again;\r")
	s.expect("54", "")
	s.expect("tongket> ", "")

	given(t, dir, "tongket load") // nothing holds the warehouse between two questions
	s.press(".quit\r")
	if err := c.Wait(); err != nil {
		t.Error(err)
	}
	history := filepath.Join(dir, ".tongket", "history")
	text, err := os.ReadFile(history)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), "SELECT 6 * 7 AS answer;\n") || !strings.Contains(string(text), ".quit\n") {
		t.Errorf("the history holds %q", text)
	}
	if info, err := os.Stat(history); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the history has the mode %v, %v", info.Mode(), err)
	}
}

// TestShellGivesTerminalBack: a shell that is asked to end leaves the terminal
// as it found it.
func TestShellGivesTerminalBack(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := copySample(dir); err != nil {
		t.Fatal(err)
	}
	given(t, dir, "tongket load --received 2022-01-20T08:00:00Z")
	s, c := onTerminal(t, dir, "tongket", "shell")
	s.expect("tongket> ", "")
	raw, err := unix.IoctlGetTermios(int(s.own.Fd()), unix.TCGETS)
	if err != nil || raw.Lflag&unix.ECHO != 0 {
		t.Errorf("the terminal still echoes: %v", err)
	}
	if err := c.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := c.Wait(); err != nil {
		t.Error(err)
	}
	back, err := unix.IoctlGetTermios(int(s.own.Fd()), unix.TCGETS)
	if err != nil || back.Lflag&unix.ECHO == 0 || back.Lflag&unix.ICANON == 0 {
		t.Errorf("the terminal was not given back: %v", err)
	}
}
