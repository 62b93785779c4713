package preview

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tongket/internal/edition"
	"tongket/internal/look"
	"tongket/internal/warehouse"
	"tongket/templates"
)

const contractText = `name: show
resources:
  - name: progress
    path: progress/*.csv
    schema:
      primaryKey: [unit, period]
      fields: [{name: unit}, {name: period, period: true}, {name: metres, type: number, scale: 2}]
`

const (
	totalQuery = "-- title: Total\n-- columns:\n--   metres: {title: Metres, format: number, decimals: 1}\nSELECT sum(metres) AS metres FROM progress\n"
	indexText  = "---\ntitle: Figures\nmenu: Figures\n---\n```table\nquery: total\n```\n"
)

// programme is a small programme, as it stands before it is first shown.
func programme(t testing.TB) string {
	t.Helper()
	if _, err := fs.Stat(templates.Files, "dist/site.js"); err != nil {
		look.Lacking(t, "templates/dist is empty: run make to bundle scripts and styles")
	}
	dir := t.TempDir()
	for name, text := range map[string]string{
		"tongket.yaml":          "title: Show\nlang: vi\n",
		"data/datapackage.yaml": contractText,
		"data/progress/1.csv":   "unit,period,metres\nA,2021-Q1,1.5\nB,2021-Q1,2\n",
		"queries/total.sql":     totalQuery,
		"reports/index.md":      indexText,
		"reports/other.md":      "---\ntitle: Other\nmenu: Other\n---\nNo figures.\n",
	} {
		write(t, dir, name, text)
	}
	return dir
}

func write(t testing.TB, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644)); err != nil {
		t.Fatal(err)
	}
}

// running is a preview under way.
type running struct {
	dir, address string
	passes       chan *Pass
	end          func() // stops it and waits until it is over
}

func run(t testing.TB, dir string) *running {
	t.Helper()
	r := &running{dir: dir, passes: make(chan *Pass, 100)}
	v, err := New(Order{
		Edition: edition.Order{
			Programme: os.DirFS(dir), Templates: templates.Files, Warehouse: edition.Warehouse(dir),
			Workers: 2, Version: "test", Build: "test", Cache: filepath.Join(dir, ".tongket", "cache"),
		},
		Folder: filepath.Join(dir, ".tongket", "preview"),
		Load:   func(ctx context.Context) ([]string, error) { return load(ctx, dir) },
		Told:   func(p *Pass) { r.passes <- p },
	})
	if err != nil {
		t.Fatal(err)
	}
	l, err := Listen(0)
	if err != nil {
		t.Fatal(err)
	}
	r.address = "http://" + l.Addr().String() + "/"
	ctx, stop := context.WithCancel(context.Background())
	over := make(chan error, 1)
	go func() { over <- v.Run(ctx, l) }()
	r.end = func() {
		t.Helper()
		stop()
		if err := <-over; err != nil {
			t.Errorf("the preview ended with: %v", err)
		}
		over <- nil // for those who end it again
	}
	t.Cleanup(r.end)
	return r
}

// load takes in the files of a programme, as the command line does.
func load(ctx context.Context, dir string) (notes []string, err error) {
	p, err := edition.Open(os.DirFS(dir), templates.Files)
	if err != nil {
		return nil, err
	}
	names, err := edition.Data(os.DirFS(dir))
	if err != nil {
		return nil, err
	}
	w, err := warehouse.Open(ctx, edition.Warehouse(dir), p.Contract, p.Locale)
	if err != nil {
		return nil, err
	}
	for _, d := range warehouse.Files(p.Contract, names) {
		d.Path, d.Received = filepath.Join(dir, "data", filepath.FromSlash(d.Name)), time.Date(2022, 1, 20, 20, 30, 0, 0, time.UTC)
		r, err := w.Load(ctx, d)
		if err != nil {
			return notes, errors.Join(err, w.Close())
		}
		for _, f := range r.Faults {
			notes = append(notes, fmt.Sprintf("data/%s:%d: %s %s", r.File, f.Line, f.Value, f.Message))
		}
	}
	return notes, w.Close()
}

// TestBrokenFromTheStart: a programme that was never built says on every page
// what is wrong with it, and what is mended appears.
func TestBrokenFromTheStart(t *testing.T) {
	dir := programme(t)
	write(t, dir, "data/datapackage.yaml", contractText+"<b>: 1\n")
	r := run(t, dir)
	if p := <-r.passes; p.Summary != nil || len(p.Faults) != 1 {
		t.Fatalf("built %v, faults %q", p.Summary, p.Faults)
	}
	for _, page := range []string{"", "other.html"} {
		code, text := get(t, r.address+page)
		if code != http.StatusServiceUnavailable || !strings.Contains(text, "data/datapackage.yaml:8") || strings.Contains(text, "<b>:") || !strings.Contains(text, `lang="vi"`) {
			t.Errorf("%q: %d %s", page, code, text)
		}
	}
	write(t, dir, "data/datapackage.yaml", contractText)
	if p := <-r.passes; p.Summary == nil || !p.Loaded || len(p.Faults) != 0 {
		t.Fatalf("mended, but: %q", p.Faults)
	}
	if code, text := get(t, r.address); code != http.StatusOK || !strings.Contains(text, "3,5") || strings.Contains(text, "tongket-panel") {
		t.Errorf("mended: %d %s", code, text)
	}
	r.end()
	if _, err := os.Stat(filepath.Join(dir, ".tongket", "preview")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the preview leaves its folder behind: %v", err)
	}
	if _, err := net.Dial("tcp", strings.Trim(r.address, "htp:/")); err == nil {
		t.Error("the preview still listens")
	}
}

// TestLeftovers: what a killed preview left goes, what another one uses stays.
func TestLeftovers(t *testing.T) {
	host, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	dir := programme(t)
	write(t, dir, ".tongket/preview/"+host+".999999999/1/index.html", "")
	write(t, dir, ".tongket/preview/"+host+fmt.Sprintf(".%d/1/index.html", os.Getppid()), "")
	write(t, dir, ".tongket/preview/another-machine.999999999/1/index.html", "")
	r := run(t, dir)
	<-r.passes
	r.end()
	left, err := filepath.Glob(filepath.Join(dir, ".tongket", "preview", "*"))
	if err != nil || len(left) != 2 {
		t.Errorf("left: %q, %v", left, err)
	}
}

// TestAddress: nobody but this machine is listened to, and a port that is
// taken is passed by.
func TestAddress(t *testing.T) {
	a, err := Listen(0)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	at := a.Addr().(*net.TCPAddr)
	if !at.IP.Equal(net.IPv4(127, 0, 0, 1)) {
		t.Errorf("listens on %s", at)
	}
	b, err := Listen(at.Port)
	if err != nil {
		t.Skipf("no port is free behind %d: %v", at.Port, err)
	}
	defer b.Close()
	if other := b.Addr().(*net.TCPAddr); other.Port <= at.Port || other.Port >= at.Port+tries || !other.IP.Equal(at.IP) {
		t.Errorf("%s was taken; then %s", at, other)
	}
	for host, want := range map[string]bool{
		"127.0.0.1": true, "127.0.0.1:8383": true, "localhost:9": true, "LOCALHOST": true,
		"": false, "evil.example": false, "127.0.0.1.evil.example:8383": false, "localhost.evil.example": false,
		"127.0.0.2": false, "[::1]:8383": false, "0.0.0.0": false, "127.0.0.1:8383:1": false,
	} {
		if ours(host) != want {
			t.Errorf("host %q: %t", host, !want)
		}
	}
}

// TestNothingElse: a name in the manifest is not followed out of the edition.
func TestNothingElse(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "secret.txt", "secret")
	write(t, dir, "edition/manifest.json", `{"outputs": [{"path": "link.txt"}, {"path": "../secret.txt"}, {"path": "folder/secret.txt"}, {"path": "plain.txt"}, {"path": "tệp.bin"}]}`)
	write(t, dir, "edition/plain.txt", "plain")
	write(t, dir, "edition/tệp.bin", "<script>")
	write(t, dir, "edition/unlisted.txt", "secret")
	for name, to := range map[string]string{"link.txt": filepath.Join(dir, "secret.txt"), "folder": dir} {
		if err := os.Symlink(to, filepath.Join(dir, "edition", name)); err != nil {
			t.Skip(err)
		}
	}
	l, err := Locale(edition.Order{Programme: os.DirFS(dir), Templates: templates.Files})
	if err != nil {
		t.Fatal(err)
	}
	next := shown{locale: l}
	if err := next.open(filepath.Join(dir, "edition")); err != nil {
		t.Fatal(err)
	}
	p := &Preview{moved: make(chan struct{})}
	p.show(next)
	defer next.close()
	server := httptest.NewServer(p)
	defer server.Close()
	for _, name := range []string{"/link.txt", "/%2e%2e/secret.txt", "/folder/secret.txt", "/unlisted.txt", "/plain.txt/", "//plain.txt", "/PLAIN.TXT", "/" + filepath.ToSlash(dir) + "/secret.txt"} {
		if code, text := get(t, server.URL+name); code != http.StatusNotFound || text == "secret" {
			t.Errorf("%s: %d %.100s", name, code, text)
		}
	}
	r, err := http.Get(server.URL + "/t%E1%BB%87p.bin")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	if r.StatusCode != http.StatusOK || r.Header.Get("Content-Type") != "application/octet-stream" || r.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("a file of no known kind: %d %v", r.StatusCode, r.Header)
	}
	if code, text := get(t, server.URL+"/plain.txt"); code != http.StatusOK || text != "plain" {
		t.Errorf("a file of the edition: %d %q", code, text)
	}
}

// TestPanel: faults are shown whatever they hold, and as many as can be read.
func TestPanel(t *testing.T) {
	l, err := Locale(edition.Order{Programme: os.DirFS(t.TempDir()), Templates: templates.Files})
	if err != nil {
		t.Fatal(err)
	}
	text := string(panel(&shown{locale: l, faults: []string{"reports/a.md:3: <img src=x>\u202e\x1b[31m", "queries/b c.sql:7:2: \xff", "C:\\x: no place: at all"}}))
	for _, want := range []string{"<b>reports/a.md:3</b> &lt;img src=x&gt;", "<b>queries/b c.sql:7:2</b>", "<li>C:\\x: no place: at all"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in %s", want, text)
		}
	}
	if strings.ContainsAny(text, "\u202e\x1b") {
		t.Error("what turns text round is left in")
	}
	many := make([]string, 1000)
	for i := range many {
		many[i] = strings.Repeat("x", 5000)
	}
	if text := string(panel(&shown{locale: l, faults: many})); strings.Count(text, "<li>") != listed || !strings.Contains(text, "800") || len(text) > listed*(longest+100) {
		t.Errorf("%d faults in %d bytes", strings.Count(text, "<li>"), len(text))
	}
}

func get(t testing.TB, address string) (int, string) {
	t.Helper()
	r, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	text, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return r.StatusCode, string(text)
}
