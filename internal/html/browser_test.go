package html

import (
	"bytes"
	"context"
	"flag"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"tongket/internal/report"
	"tongket/templates"
)

var shots = flag.String("shots", "", "a folder to put screenshots of the demonstration pages in")

// need ends a test that lacks a tool, except in continuous integration, where
// the tool must be there.
func need(t *testing.T, reason string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal(reason)
	}
	t.Skip(reason)
}

func writer(t *testing.T, lang string) *Writer {
	t.Helper()
	w, err := New(templates.Files, locale(t, lang))
	if err != nil {
		if strings.Contains(err.Error(), "run make") {
			need(t, err.Error())
		}
		t.Fatal(err)
	}
	return w
}

// Charts come alive elsewhere, with options that ECharts understands; the
// pages looked at here keep their still pictures.
var chartScript = regexp.MustCompile(`<script src="[^"]*echarts[^"]*" defer></script>`)

// edition writes documents and assets into a folder and returns it.
func edition(t *testing.T, site *report.Site, docs ...*report.Document) string {
	t.Helper()
	w, dir := writer(t, "vi"), t.TempDir()
	assets, err := w.Assets()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range assets {
		put(t, filepath.Join(dir, filepath.FromSlash(a.Path)), a.Data)
	}
	var index bytes.Buffer
	if err := w.Index(&index, site, docs); err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(dir, IndexFile), index.Bytes())
	for _, doc := range docs {
		var b strings.Builder
		if err := w.Page(&b, site, doc); err != nil {
			t.Fatal(err)
		}
		still := chartScript.ReplaceAllString(b.String(), "")
		put(t, filepath.Join(dir, filepath.FromSlash(doc.Path)+".html"), []byte(still))
	}
	return dir
}

func put(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// browser is a tab that remembers what it asked for and what it complained of.
type browser struct {
	context.Context
	mu       sync.Mutex
	asked    []string
	messages []string
}

func open(t *testing.T) *browser {
	t.Helper()
	if _, err := exec.LookPath("chromium"); err != nil {
		need(t, "no chromium to look at the pages with")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath("chromium"), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("hide-scrollbars", true),
	)
	alloc, stopAlloc := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stopAlloc)
	ctx, stop := chromedp.NewContext(alloc)
	t.Cleanup(stop)
	b := &browser{}
	err := chromedp.Listen(ctx, func(event any) {
		b.mu.Lock()
		defer b.mu.Unlock()
		switch e := event.(type) {
		case *network.EventRequestWillBeSent:
			b.asked = append(b.asked, e.Request.URL)
		case *log.EventEntryAdded:
			b.messages = append(b.messages, e.Entry.Text)
		case *runtime.EventConsoleAPICalled:
			b.messages = append(b.messages, string(e.Type))
		case *runtime.EventExceptionThrown:
			b.messages = append(b.messages, e.ExceptionDetails.Text)
		case *page.EventJavascriptDialogOpening:
			b.messages = append(b.messages, "dialog: "+e.Message)
		}
	})
	if err != nil {
		t.Fatalf("chromium: %v", err)
	}
	// The browser is alive by now; from here on it may not hang.
	limited, cancel := context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(cancel)
	b.Context = limited
	call(t, b, network.Enable, network.EnableParams{})
	call(t, b, log.Enable, cdp.Empty{})
	call(t, b, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	return b
}

func (b *browser) run(t *testing.T, actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(b, actions...); err != nil {
		t.Fatal(err)
	}
}

func call[P, R any](t *testing.T, b *browser, command cdp.Command[P, R], params P) {
	t.Helper()
	if _, err := chromedp.Call(b, command, params); err != nil {
		t.Fatal(err)
	}
}

// look opens an address in a window of this width and theme.
func (b *browser) look(t *testing.T, address string, width int64, scheme string) {
	t.Helper()
	call(t, b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
	}})
	b.run(t, chromedp.EmulateViewport(width, 900), chromedp.Navigate(address))
	ask[bool](t, b, `document.fonts.ready.then(() => true)`)
}

// ask evaluates an expression in the page.
func ask[T any](t *testing.T, b *browser, expression string) T {
	t.Helper()
	answer, err := chromedp.Run(b, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

// do runs a statement in the page.
func do(t *testing.T, b *browser, statement string) {
	t.Helper()
	b.run(t, chromedp.Evaluate[chromedp.Void](statement))
}

// quiet checks that nothing was complained of and nothing was fetched from
// elsewhere than under this address.
func (b *browser) quiet(t *testing.T, under string) {
	t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, m := range b.messages {
		t.Errorf("the browser says: %s", m)
	}
	for _, a := range b.asked {
		if !strings.HasPrefix(a, under) && !strings.HasPrefix(a, "data:") {
			t.Errorf("the page asked for %s", a)
		}
	}
	if len(b.asked) == 0 {
		t.Error("no request was seen: the listener is deaf")
	}
}

func fileURL(dir, name string) string {
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(dir) + "/" + name}).String()
}
