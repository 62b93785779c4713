package preview

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tongket/internal/look"

	"github.com/chromedp/chromedp"
)

// open goes to an address and forgets the loads that this made.
func open(t testing.TB, b *look.Tab, address string) {
	t.Helper()
	b.Run(t, chromedp.Navigate(address))
	loaded(t, b)
}

// loaded waits for the next load of a page.
func loaded(t testing.TB, b *look.Tab) {
	t.Helper()
	select {
	case <-b.Loads:
	case <-b.Done():
		t.Fatal("the browser does not load the page")
	}
}

// TestBrowser writes a programme and watches it in a browser that nobody
// touches.
func TestBrowser(t *testing.T) {
	dir := programme(t)
	b := look.Open(t)
	r := run(t, dir)
	<-r.passes
	open(t, b, r.address)
	shows := func(want, never string) {
		t.Helper()
		if text := look.Ask[string](t, b, `document.body.innerText`); !strings.Contains(text, want) || never != "" && strings.Contains(text, never) {
			t.Errorf("the page shows %q; want %q, and not %q", text, want, never)
		}
	}
	shows("3,5", "")

	write(t, dir, "queries/total.sql", strings.Replace(totalQuery, "sum(metres)", "10 * sum(metres)", 1))
	loaded(t, b)
	shows("35,0", "")

	// Another page's change is none of this one's.
	write(t, dir, "reports/other.md", "---\ntitle: Other\nmenu: Other\n---\nStill none.\n")
	if p := <-r.passes; p.Summary == nil {
		t.Fatalf("faults: %q", p.Faults)
	}
	<-r.passes
	write(t, dir, "reports/index.md", strings.Replace(indexText, "query: total", "query: <i>totals</i>", 1))
	loaded(t, b)
	shows("reports/index.md:6", "")
	shows("35,0", "")
	if n := len(b.Loads); n != 0 {
		t.Errorf("the page was loaded %d times more than it changed", n)
	}
	panel := look.Ask[[]float64](t, b, `(r => [r.bottom - innerHeight, r.height / innerHeight])(document.querySelector(".tongket-panel").getBoundingClientRect())`)
	if panel[0] != 0 || panel[1] > 0.5 || look.Ask[bool](t, b, `document.querySelector(".tongket-panel i") !== null`) {
		t.Errorf("the panel ends %v px off the window's end and takes %v of it", panel[0], panel[1])
	}
	for _, fault := range b.Axe(t) {
		t.Error(fault)
	}

	write(t, dir, "reports/index.md", indexText)
	loaded(t, b)
	shows("35,0", "reports/index.md:6")

	// A page that is not there yet waits for itself.
	open(t, b, r.address+"new.html")
	shows("Không có trang này", "")
	write(t, dir, "reports/new.md", "---\ntitle: Brand new\n---\nHere.\n")
	loaded(t, b)
	shows("Brand new", "Không có trang này")

	// A file with a row to mend is shown, with what is to mend.
	write(t, dir, "data/progress/2.csv", "unit,period,metres\nC,2021-Q1,much\nD,2021-Q1,4\n")
	loaded(t, b)
	shows("data/progress/2.csv:2", "")
	open(t, b, r.address)
	shows("75,0", "")

	for _, m := range b.Messages() {
		if !strings.Contains(m, "404 (Not Found)") { // what we asked for
			t.Errorf("the browser says: %s", m)
		}
	}
}

// BenchmarkFollow measures from saving a report of the sample until the
// browser has loaded the page anew.
func BenchmarkFollow(b *testing.B) {
	dir, root := b.TempDir(), filepath.Join("..", "..")
	for _, folder := range []string{"data", "queries", "reports"} {
		if err := os.CopyFS(filepath.Join(dir, folder), os.DirFS(filepath.Join(root, folder))); err != nil {
			b.Fatal(err)
		}
	}
	settings, err := os.ReadFile(filepath.Join(root, "tongket.yaml"))
	if err != nil {
		b.Fatal(err)
	}
	write(b, dir, "tongket.yaml", string(settings))
	index, err := os.ReadFile(filepath.Join(dir, "reports", "index.md"))
	if err != nil {
		b.Fatal(err)
	}
	window := look.Open(b)
	r := run(b, dir)
	if p := <-r.passes; p.Summary == nil {
		b.Fatal(p.Faults)
	}
	open(b, window, r.address)
	text, building := string(index), time.Duration(0)
	for b.Loop() {
		text += "\nThêm một dòng.\n"
		saved := time.Now()
		write(b, dir, "reports/index.md", text)
		<-r.passes
		building += time.Since(saved)
		loaded(b, window)
	}
	b.ReportMetric(float64(building.Milliseconds())/float64(b.N), "ms-to-built/op")
}

// TestBrowserAsks: questions in the page are answered on the preview, too,
// whatever it says to browsers.
func TestBrowserAsks(t *testing.T) {
	dir := programme(t)
	write(t, dir, "reports/ask.md", "---\ntitle: Ask\nmenu: Ask\n---\n```ask\ntables: [total]\n```\n")
	b := look.Open(t)
	r := run(t, dir)
	if p := <-r.passes; p.Summary == nil {
		t.Fatalf("faults: %q", p.Faults)
	}
	open(t, b, r.address+"ask.html")
	got := look.Ask[string](t, b, `new Promise(done => {
		const frame = document.querySelector(".ask");
		new MutationObserver(() => {
			if (frame.getAttribute("aria-busy") === "true") return;
			setTimeout(() => done(document.querySelector(".ask-table, .ask-fault:not([hidden])").innerText));
		}).observe(frame, { attributes: true });
		document.querySelector(".ask-text").value = "SELECT * FROM total";
		document.querySelector(".ask-run").click();
	})`)
	if !strings.Contains(got, "3,5") {
		t.Errorf("the answer is %q", got)
	}
	engine, err := http.Get(r.address + look.Ask[string](t, b, `document.querySelector(".ask").dataset.engine`))
	if err != nil {
		t.Fatal(err)
	}
	engine.Body.Close()
	if kind := engine.Header.Get("Content-Type"); engine.StatusCode != http.StatusOK || kind != "application/gzip" || engine.Header.Get("Content-Encoding") != "" {
		t.Errorf("the engine comes with %d as %q", engine.StatusCode, kind)
	}
	if said := b.Messages(); len(said) > 0 {
		t.Errorf("the browser says %q", said)
	}
}
