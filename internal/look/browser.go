// Package look lets tests see what readers see: pages in a real browser. No
// other code imports it.
package look

import (
	"context"
	"os"
	"os/exec"
	"slices"
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
)

// Tab is a browser's tab that remembers what it asked for and what it
// complained of.
type Tab struct {
	context.Context
	Loads chan struct{} // one for each load of a page, as many as nobody took

	lock     sync.Mutex
	asked    []string
	messages []string
}

// Lacking ends a test that lacks a tool, except in continuous integration,
// where the tool must be there.
func Lacking(t testing.TB, reason string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal(reason)
	}
	t.Skip(reason)
}

// Open starts a browser of its own for a test, which ends with it.
func Open(t testing.TB) *Tab {
	t.Helper()
	if _, err := exec.LookPath("chromium"); err != nil {
		Lacking(t, "no chromium to look at the pages with")
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
	b := &Tab{Loads: make(chan struct{}, 1000)}
	if err := chromedp.Listen(ctx, b.hear); err != nil {
		t.Fatalf("chromium: %v", err)
	}
	// The browser is alive by now; from here on it may not hang.
	limited, cancel := context.WithTimeout(ctx, 15*time.Minute)
	t.Cleanup(cancel)
	b.Context = limited
	Call(t, b, network.Enable, network.EnableParams{})
	Call(t, b, log.Enable, cdp.Empty{})
	Call(t, b, page.Enable, page.EnableParams{})
	Call(t, b, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	return b
}

func (b *Tab) hear(event any) {
	b.lock.Lock()
	defer b.lock.Unlock()
	switch e := event.(type) {
	case *page.EventLoadEventFired:
		select {
		case b.Loads <- struct{}{}:
		default:
		}
	case *network.EventRequestWillBeSent:
		b.asked = append(b.asked, e.Request.URL)
	case *log.EventEntryAdded:
		b.messages = append(b.messages, e.Entry.Text)
	case *runtime.EventConsoleAPICalled:
		b.messages = append(b.messages, "console."+string(e.Type))
	case *runtime.EventExceptionThrown:
		b.messages = append(b.messages, e.ExceptionDetails.Text)
	case *page.EventJavascriptDialogOpening:
		b.messages = append(b.messages, "dialog: "+e.Message)
	}
}

// Run does what a reader would do.
func (b *Tab) Run(t testing.TB, actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(b, actions...); err != nil {
		t.Fatal(err)
	}
}

// Call gives the browser a command of its protocol.
func Call[P, R any](t testing.TB, b *Tab, command cdp.Command[P, R], params P) R {
	t.Helper()
	result, err := chromedp.Call(b, command, params)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// Ask evaluates an expression in the page, and waits for a promise.
func Ask[T any](t testing.TB, b *Tab, expression string) T {
	t.Helper()
	answer, err := chromedp.Run(b, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

// Visit opens an address in a window of this width and theme, without motion.
func (b *Tab) Visit(t testing.TB, address string, width int64, scheme string) {
	t.Helper()
	Call(t, b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
	}})
	b.Run(t, chromedp.EmulateViewport(width, 900), chromedp.Navigate(address))
	Ask[bool](t, b, `document.fonts.ready.then(() => true)`)
}

// Messages are what the browser complained of since it was asked last.
func (b *Tab) Messages() []string {
	b.lock.Lock()
	defer b.lock.Unlock()
	out := b.messages
	b.messages = nil
	return out
}

// Quiet checks that a page, at this name under an address, was not complained
// of and fetched nothing from elsewhere, and forgets what was heard. Without a
// name it is about all pages under the address.
func (b *Tab) Quiet(t testing.TB, name, under string) {
	t.Helper()
	b.lock.Lock()
	defer b.lock.Unlock()
	for _, m := range b.messages {
		t.Errorf("%s: the browser says: %s", name, m)
	}
	for _, a := range b.asked {
		if !strings.HasPrefix(a, under) && !strings.HasPrefix(a, "data:") {
			t.Errorf("%s asks for %s", name, a)
		}
	}
	if !slices.ContainsFunc(b.asked, func(a string) bool { return strings.HasPrefix(a, under+name) }) {
		t.Errorf("%s was not asked for: the listener is deaf", name)
	}
	b.asked, b.messages = nil, nil
}

// Forget drops what was heard.
func (b *Tab) Forget() {
	b.lock.Lock()
	defer b.lock.Unlock()
	b.asked, b.messages = nil, nil
}

// Axe looks at the page as those who test for accessibility do, and returns
// what it finds.
func (b *Tab) Axe(t testing.TB) []string {
	t.Helper()
	script, err := os.ReadFile("../../templates/node_modules/axe-core/axe.min.js")
	if err != nil {
		Lacking(t, "axe-core is not installed: run make")
	}
	b.Run(t, chromedp.Evaluate[chromedp.Void](string(script)))
	return Ask[[]string](t, b, `axe.run().then(r => r.violations.flatMap(v => v.nodes.slice(0, 3).map(n => v.id + ": " + n.target + ": " + n.failureSummary)))`)
}
