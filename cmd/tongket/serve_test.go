package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"
)

// served is a preview of a programme that is under way.
type served struct {
	t       *testing.T
	address string // http://127.0.0.1:port/
}

// get asks for a page.
func (s served) get(path string) (int, string) {
	s.t.Helper()
	r, err := http.Get(s.address + path)
	if err != nil {
		s.t.Fatal(err)
	}
	defer r.Body.Close()
	text, err := io.ReadAll(r.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return r.StatusCode, string(text)
}

var state = regexp.MustCompile(`data-page="([^"]*)" data-state="([^"]*)"`)

// until asks for the index again each time the preview says that it has
// changed, till it holds a text.
func (s served) until(want string) string {
	s.t.Helper()
	client := &http.Client{Timeout: time.Minute}
	for range 20 {
		_, page := s.get("")
		if strings.Contains(page, want) {
			return page
		}
		m := state.FindStringSubmatch(page)
		if m == nil {
			s.t.Fatalf("the page does not say how it looks: %.300s", page)
		}
		r, err := client.Get(s.address + "_tongket/events?" + url.Values{"page": {m[1]}, "state": {m[2]}}.Encode())
		if err != nil {
			s.t.Fatal(err)
		}
		lines := bufio.NewScanner(r.Body)
		for lines.Scan() && lines.Text() != "event: reload" {
		}
		r.Body.Close()
	}
	s.t.Fatalf("the page never says %q", want)
	return ""
}

// TestServe: what is written is seen, what is wrong is told on the page, and
// nothing but the edition is shown, to this machine alone.
func TestServe(t *testing.T) {
	dir := killProgramme(t)
	c := exec.Command("tongket", "-C", dir, "serve", "--port", "0")
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	c.Stderr = os.Stderr
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	defer c.Process.Kill()
	lines := bufio.NewScanner(out)
	address := regexp.MustCompile(`http://127\.0\.0\.1:\d+/`)
	found := ""
	for found == "" && lines.Scan() {
		found = address.FindString(lines.Text())
	}
	go func() { // what it goes on to say is not waited for
		for lines.Scan() {
		}
	}()
	s := served{t, found}
	s.until("Rows by file")

	lay(t, dir, "reports/index.md", "---\ntitle: Otherwise\n---\n```table\nquery: by_file\n```\n")
	s.until("<h1>Otherwise")
	lay(t, dir, "reports/index.md", "---\ntitle: Broken\n---\n```table\nquery: nothing <img>\n```\n")
	page := s.until("reports/index.md:5")
	if strings.Contains(page, "<img>") || !strings.Contains(page, "<h1>Otherwise") {
		t.Errorf("the fault is not escaped, or the last good page is gone: %s", page)
	}
	lay(t, dir, "reports/index.md", "---\ntitle: Mended\n---\n```table\nquery: by_file\n```\n")
	if page = s.until("<h1>Mended"); strings.Contains(page, "reports/index.md:5") {
		t.Error("the fault stays")
	}
	lay(t, dir, "data/progress/9.csv", "unit,period,metres\nU0,2031-Q1,1\nU1,2031-Q1,1\nU2,2031-Q1,1\n")
	s.until(">3<")

	for _, path := range []string{"..%2f..%2fwarehouse.duckdb", "%2e%2e/%2e%2e/tongket.yaml", "assets/", "assets", ".tongket/warehouse.duckdb", "manifest.json%00.html", "nowhere.html"} {
		if code, text := s.get(path); code != http.StatusNotFound && code != http.StatusBadRequest {
			t.Errorf("%s: %d %.200s", path, code, text)
		}
	}
	for request, want := range map[string]string{
		"GET /../../tongket.yaml HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n": " 404 ",
		"GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n":                " 421 ",
		"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n":                  " 405 ",
	} {
		if got := raw(t, strings.TrimSuffix(strings.TrimPrefix(s.address, "http://"), "/"), request); !strings.Contains(strings.SplitN(got, "\n", 2)[0], want) || strings.Contains(got, "title: Kill") {
			t.Errorf("%q: %.200s", request, got)
		}
	}
	if err := c.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := c.Wait(); err != nil {
		t.Errorf("stopped: %v", err)
	}
}

// raw speaks to a server without any library's help.
func raw(t *testing.T, address, request string) string {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := fmt.Fprint(conn, request); err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(conn)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
