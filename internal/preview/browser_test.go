package preview

import (
	"context"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// tab is a browser's tab that nobody touches. It tells when a page was loaded
// and what it complained of.
type tab struct {
	context.Context
	loads    chan struct{}
	mu       sync.Mutex
	messages []string
}

func newTab(t testing.TB) *tab {
	t.Helper()
	if _, err := exec.LookPath("chromium"); err != nil {
		lacking(t, "no chromium to follow the pages with")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath("chromium"), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
	)
	alloc, stopAlloc := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stopAlloc)
	ctx, stop := chromedp.NewContext(alloc)
	t.Cleanup(stop)
	b := &tab{loads: make(chan struct{}, 100)}
	err := chromedp.Listen(ctx, func(event any) {
		b.mu.Lock()
		defer b.mu.Unlock()
		switch e := event.(type) {
		case *page.EventLoadEventFired:
			b.loads <- struct{}{}
		case *log.EventEntryAdded:
			b.messages = append(b.messages, e.Entry.Text)
		case *runtime.EventConsoleAPICalled:
			b.messages = append(b.messages, "console."+string(e.Type))
		case *runtime.EventExceptionThrown:
			b.messages = append(b.messages, e.ExceptionDetails.Text)
		}
	})
	if err != nil {
		t.Fatalf("chromium: %v", err)
	}
	limited, cancel := context.WithTimeout(ctx, 3*time.Minute) // it may not hang
	t.Cleanup(cancel)
	b.Context = limited
	if _, err := chromedp.Call(b, page.Enable, page.EnableParams{}); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(b, log.Enable, cdp.Empty{}); err != nil {
		t.Fatal(err)
	}
	return b
}

// open goes to an address and forgets the loads that this made.
func (b *tab) open(t testing.TB, address string) {
	t.Helper()
	if err := chromedp.Do(b, chromedp.Navigate(address)); err != nil {
		t.Fatal(err)
	}
	b.loaded(t)
}

// loaded waits for the next load of a page.
func (b *tab) loaded(t testing.TB) {
	t.Helper()
	select {
	case <-b.loads:
	case <-b.Done():
		t.Fatal("the browser does not load the page")
	}
}

func ask[T any](t testing.TB, b *tab, expression string) T {
	t.Helper()
	answer, err := chromedp.Run(b, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

// TestBrowser writes a programme and watches it in a browser that nobody
// touches.
func TestBrowser(t *testing.T) {
	dir := programme(t)
	b := newTab(t)
	r := run(t, dir)
	<-r.passes
	b.open(t, r.address)
	shows := func(want, never string) {
		t.Helper()
		if text := ask[string](t, b, `document.body.innerText`); !strings.Contains(text, want) || never != "" && strings.Contains(text, never) {
			t.Errorf("the page shows %q; want %q, and not %q", text, want, never)
		}
	}
	shows("3,5", "")

	write(t, dir, "queries/total.sql", strings.Replace(totalQuery, "sum(metres)", "10 * sum(metres)", 1))
	b.loaded(t)
	shows("35,0", "")

	// Another page's change is none of this one's.
	write(t, dir, "reports/other.md", "---\ntitle: Other\nmenu: Other\n---\nStill none.\n")
	if p := <-r.passes; p.Summary == nil {
		t.Fatalf("faults: %q", p.Faults)
	}
	<-r.passes
	write(t, dir, "reports/index.md", strings.Replace(indexText, "query: total", "query: <i>totals</i>", 1))
	b.loaded(t)
	shows("reports/index.md:6", "")
	shows("35,0", "")
	if n := len(b.loads); n != 0 {
		t.Errorf("the page was loaded %d times more than it changed", n)
	}
	panel := ask[[]float64](t, b, `(r => [r.bottom - innerHeight, r.height / innerHeight])(document.querySelector(".tongket-panel").getBoundingClientRect())`)
	if panel[0] != 0 || panel[1] > 0.5 || ask[bool](t, b, `document.querySelector(".tongket-panel i") !== null`) {
		t.Errorf("the panel ends %v px off the window's end and takes %v of it", panel[0], panel[1])
	}
	axe(t, b)

	write(t, dir, "reports/index.md", indexText)
	b.loaded(t)
	shows("35,0", "reports/index.md:6")

	// A page that is not there yet waits for itself.
	b.open(t, r.address+"new.html")
	shows("Không có trang này", "")
	write(t, dir, "reports/new.md", "---\ntitle: Brand new\n---\nHere.\n")
	b.loaded(t)
	shows("Brand new", "Không có trang này")

	// A file with a row to mend is shown, with what is to mend.
	write(t, dir, "data/progress/2.csv", "unit,period,metres\nC,2021-Q1,much\nD,2021-Q1,4\n")
	b.loaded(t)
	shows("data/progress/2.csv:2", "")
	b.open(t, r.address)
	shows("75,0", "")

	b.mu.Lock()
	defer b.mu.Unlock()
	for _, m := range b.messages {
		if !strings.Contains(m, "404 (Not Found)") { // what we asked for
			t.Errorf("the browser says: %s", m)
		}
	}
}

// axe looks at the page with the panel as those who test for accessibility do.
func axe(t *testing.T, b *tab) {
	t.Helper()
	script, err := os.ReadFile("../../templates/node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Log("axe-core is not installed")
		return
	}
	if err := chromedp.Do(b, chromedp.Evaluate[chromedp.Void](string(script))); err != nil {
		t.Fatal(err)
	}
	for _, fault := range ask[[]string](t, b, `axe.run().then(r => r.violations.flatMap(v => v.nodes.slice(0, 3).map(n => v.id + ": " + n.target + ": " + n.failureSummary)))`) {
		t.Error(fault)
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
	window := newTab(b)
	r := run(b, dir)
	if p := <-r.passes; p.Summary == nil {
		b.Fatal(p.Faults)
	}
	window.open(b, r.address)
	text, building := string(index), time.Duration(0)
	for b.Loop() {
		text += "\nThêm một dòng.\n"
		saved := time.Now()
		write(b, dir, "reports/index.md", text)
		<-r.passes
		building += time.Since(saved)
		window.loaded(b)
	}
	b.ReportMetric(float64(building.Milliseconds())/float64(b.N), "ms-to-built/op")
}

// TestBrowserAsks: questions in the page are answered on the preview, too,
// whatever it says to browsers.
func TestBrowserAsks(t *testing.T) {
	dir := programme(t)
	write(t, dir, "reports/ask.md", "---\ntitle: Ask\nmenu: Ask\n---\n```ask\ntables: [total]\n```\n")
	b := newTab(t)
	r := run(t, dir)
	if p := <-r.passes; p.Summary == nil {
		t.Fatalf("faults: %q", p.Faults)
	}
	b.open(t, r.address+"ask.html")
	got := ask[string](t, b, `new Promise(done => {
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
	engine, err := http.Get(r.address + ask[string](t, b, `document.querySelector(".ask").dataset.engine`))
	if err != nil {
		t.Fatal(err)
	}
	engine.Body.Close()
	if kind := engine.Header.Get("Content-Type"); engine.StatusCode != http.StatusOK || kind != "application/gzip" || engine.Header.Get("Content-Encoding") != "" {
		t.Errorf("the engine comes with %d as %q", engine.StatusCode, kind)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.messages) > 0 {
		t.Errorf("the browser says %q", b.messages)
	}
}
