// Package preview shows a programme in the browser while it is being written:
// it serves an edition on this machine alone, builds it anew when a query, a
// report, the settings or a file of data/ changes, and tells the open pages to
// load again. What is wrong stands over the last good page until it is mended.
package preview

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"tongket/internal/contract"
	"tongket/internal/edition"
	"tongket/internal/report"
)

// Order is what a preview shows.
type Order struct {
	Edition edition.Order // what to build; Out is the preview's own matter
	Folder  string        // where its editions stand for the moment; gone at the end
	Load    Load
	Told    func(*Pass) // hears of every pass; nil: nobody does
}

// Load takes in what is new in data/. Notes are what the files leave to mend,
// one to a line, in the programme's language; they stand against nothing.
type Load func(context.Context) (notes []string, err error)

// Pass is one time that the preview went through the programme.
type Pass struct {
	Changed []string         // files that gave rise to it, with slashes; none for the first
	Loaded  bool             // data/ was looked through
	Summary *edition.Summary // nil when the edition could not be built
	Notes   []string         // what the files of data/ leave to mend
	Faults  []string         // what is wrong, a fault each
	Locale  *report.Locale
}

// Preview serves one programme.
type Preview struct {
	order  Order
	home   string // the folder of this process below order.Folder
	made   int    // editions built, to name their folders
	behind bool   // data/ holds what the warehouse does not

	mu    sync.RWMutex
	shown shown
	moved chan struct{} // closed when something else is shown
}

// New prepares a preview; Run shows it.
func New(o Order) (*Preview, error) {
	l, err := Locale(o.Edition)
	if err != nil {
		return nil, err
	}
	return &Preview{order: o, behind: true, moved: make(chan struct{}), shown: shown{locale: l}}, nil
}

// Locale is the language of a programme, or Vietnamese when its settings are
// at fault.
func Locale(o edition.Order) (*report.Locale, error) {
	lang := "vi"
	if settings, err := contract.ReadProgramme(o.Programme); err == nil {
		lang = settings.Lang
	}
	catalog, err := fs.ReadFile(o.Templates, "lang/"+lang+".json")
	if err != nil {
		return nil, fmt.Errorf("catalog: %w", err)
	}
	return report.NewLocale(catalog)
}

// tries is how many ports are asked for, one after the other.
const tries = 20

// Listen finds a free port of this machine, the named one or one of those
// behind it; 0 is any. Nobody outside the machine reaches it.
func Listen(port int) (net.Listener, error) {
	var errs []error
	for p := port; p < port+tries && p <= 65535; p++ {
		l, err := net.Listen("tcp4", net.JoinHostPort("127.0.0.1", strconv.Itoa(p)))
		if err == nil {
			return l, nil
		}
		errs = append(errs, fmt.Errorf("preview: %w", err))
	}
	return nil, errors.Join(errs...)
}

// Run serves on a listener until the context ends, and leaves nothing behind.
func (p *Preview) Run(ctx context.Context, l net.Listener) error {
	if err := p.settle(); err != nil {
		return errors.Join(err, l.Close())
	}
	defer p.leave()
	ctx, stop := context.WithCancelCause(ctx)
	server := &http.Server{
		Handler:           p,
		ReadHeaderTimeout: 10 * time.Second,
		MaxHeaderBytes:    16 << 10,
		BaseContext:       func(net.Listener) context.Context { return ctx },
	}
	var served sync.WaitGroup
	served.Go(func() {
		if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			stop(fmt.Errorf("preview: %w", err))
		}
	})
	err := p.follow(ctx)
	stop(nil)
	closed := server.Close()
	served.Wait()
	return errors.Join(err, closed)
}

// settle makes the folder of this process, and removes those of processes of
// this machine that are gone.
func (p *Preview) settle() error {
	host, err := os.Hostname()
	if err != nil {
		host = "localhost"
	}
	host = strings.Map(func(r rune) rune {
		if r == '/' || r == '\\' || r == ':' {
			return '-'
		}
		return r
	}, host) + "."
	entries, err := os.ReadDir(p.order.Folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("preview: %w", err)
	}
	for _, e := range entries {
		number, ours := strings.CutPrefix(e.Name(), host)
		if process, err := strconv.Atoi(number); ours && err == nil && !alive(process) {
			os.RemoveAll(filepath.Join(p.order.Folder, e.Name()))
		}
	}
	p.home = filepath.Join(p.order.Folder, host+strconv.Itoa(os.Getpid()))
	if err := errors.Join(os.RemoveAll(p.home), os.MkdirAll(p.home, 0o755)); err != nil {
		return fmt.Errorf("preview: %w", err)
	}
	return nil
}

// probe asks a process nothing, only whether it is there.
const probe = syscall.Signal(0)

// alive reports whether a process is still there.
func alive(process int) bool {
	p, err := os.FindProcess(process)
	return err == nil && !errors.Is(p.Signal(probe), os.ErrProcessDone)
}

func (p *Preview) leave() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.shown.close()
	os.RemoveAll(p.home)
	os.Remove(p.order.Folder) // stays while another preview is in it
}

// follow builds, and builds again whenever something changed, until the
// context ends.
func (p *Preview) follow(ctx context.Context) error {
	w := watch{folder: p.order.Edition.Programme, warehouse: p.order.Edition.Warehouse}
	w.begin(time.Now())
	p.pass(ctx, &w, nil)
	for {
		start := time.Now()
		changed := w.look(start)
		wait := pause(time.Since(start))
		if len(changed) > 0 {
			p.pass(ctx, &w, changed)
		}
		select {
		case <-ctx.Done():
			if cause := context.Cause(ctx); !errors.Is(cause, ctx.Err()) {
				return cause
			}
			return nil
		case <-time.After(wait):
		}
	}
}

// pass goes through the programme once: what is new in data/ is loaded, an
// edition built and shown.
func (p *Preview) pass(ctx context.Context, w *watch, changed []string) {
	done := &Pass{Changed: changed, Locale: p.shown.locale, Notes: p.shown.notes}
	if l, err := Locale(p.order.Edition); err == nil {
		done.Locale = l
	}
	for _, name := range changed {
		p.behind = p.behind || strings.HasPrefix(name, "data/")
	}
	var loading error
	if done.Loaded = p.behind; p.behind {
		if done.Notes, loading = p.order.Load(ctx); loading == nil {
			p.behind = false
			w.absorb()
		}
	}
	order := p.order.Edition
	p.made++
	order.Out = filepath.Join(p.home, strconv.Itoa(p.made))
	summary, building := edition.Build(ctx, order)
	if ctx.Err() != nil {
		return // what is said then is only that the time is over
	}
	done.Summary, done.Faults = summary, faults(loading, building)
	next := shown{notes: done.Notes, faults: done.Faults, locale: done.Locale}
	if building == nil {
		if err := next.open(order.Out); err != nil {
			done.Summary, done.Faults = nil, append(done.Faults, faults(err)...)
			next = shown{notes: done.Notes, faults: done.Faults, locale: done.Locale}
		}
	}
	p.show(next)
	if p.order.Told != nil {
		p.order.Told(done)
	}
}

// show puts something else before the reader. Without an edition of its own it
// stands over the one before.
func (p *Preview) show(next shown) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if next.root == nil {
		next.root, next.files = p.shown.root, p.shown.files
	} else {
		p.shown.close()
	}
	next.finish()
	p.shown = next
	close(p.moved)
	p.moved = make(chan struct{})
}

// faults lists what errors say, each thing once.
func faults(errs ...error) (out []string) {
	told := map[string]bool{}
	var add func(error)
	add = func(err error) {
		if joined, ok := err.(interface{ Unwrap() []error }); ok {
			for _, e := range joined.Unwrap() {
				add(e)
			}
			return
		}
		if err != nil && !told[err.Error()] {
			told[err.Error()] = true
			out = append(out, err.Error())
		}
	}
	for _, err := range errs {
		add(err)
	}
	return out
}

// named is the file of the edition that an address names.
func named(address string) string {
	name := strings.TrimPrefix(address, "/")
	if name == "" {
		return "index.html"
	}
	return name
}

// isPage reports whether a file of the edition is a page to read.
func isPage(name string) bool { return path.Ext(name) == ".html" }
