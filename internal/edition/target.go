package edition

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"syscall"
	"time"

	"tongket/internal/html"
	"tongket/internal/lock"
	"tongket/internal/report"
)

// release is what a published edition tells of its publishing.
type release struct {
	ID           string    `json:"id"`     // its day in Vietnam, "2026-11-22"; "2026-11-22-2" for the second of a day
	Number       int       `json:"number"` // counts the editions of a target
	At           time.Time `json:"at"`
	Before       string    `json:"before,omitempty"` // the edition it is compared with
	Forced       int       `json:"forced,omitempty"` // tests of severity stop that stood against it
	Files        int       `json:"files"`            // newly received
	Restated     int       `json:"restated"`         // figures told otherwise than before
	Findings     int       `json:"findings"`
	FindingsPage string    `json:"findings_page,omitempty"` // without extension

	reaches string // what its figures stand for
	event   int64  // the last thing that had happened when it was made
	since   int64  // the same, of the edition before
}

// pointer is current.json: which edition readers are led to.
type pointer struct {
	Edition string `json:"edition"`
	Number  int    `json:"number"` // the highest that was ever current, or was passed over
	Flips   []flip `json:"flips"`  // what was current when, the latest last
}

// flip is a moment in which an edition became current.
type flip struct {
	Edition string    `json:"edition"`
	At      time.Time `json:"at"`
	From    string    `json:"from,omitempty"` // the edition it was taken back from
}

const (
	pointerFile = "current.json"
	listFile    = "editions.html"
	feedFile    = "feed.xml"
	entryFile   = "index.html"
	linkName    = "current"
	lockFile    = ".publish.lock"
	editionsDir = "editions"
)

// most is more editions than a target ever gets.
const most = 1 << 30

// target is the folder that readers look into, of which this process has the
// lock once it is claimed.
type target struct {
	dir     string
	p       *Programme
	pages   *html.Writer
	lock    *lock.Lock // nil: the folder is new, and stays untouched until it is claimed
	pointer pointer
	shelf   []*release // the newest first
	broken  []string   // editions that were never current and are not whole
	linked  bool
}

// openTarget looks at a target. One that holds other people's files, or is in
// the way of the programme, is refused.
func openTarget(o PublishOrder, p *Programme) (*target, error) {
	t := &target{p: p}
	var err error
	if t.dir, err = filepath.Abs(o.Target); err != nil {
		return nil, fmt.Errorf("target: %w", err)
	}
	if err := t.aside(o.Folder); err != nil {
		return nil, err
	}
	if t.pages, err = html.New(o.Templates, p.Locale); err != nil {
		return nil, err
	}
	fresh, err := t.fresh()
	if err != nil || fresh {
		return t, err
	}
	if err := t.take(); err != nil {
		return nil, err
	}
	if err := t.read(); err != nil {
		return nil, errors.Join(err, t.close())
	}
	t.doubt()
	return t, nil
}

// aside refuses a target from which, or over which, the programme is made.
func (t *target) aside(programme string) error {
	home, target := real(programme), real(t.dir)
	if within(home, target) {
		return t.fault("publish.target.above", "programme", home)
	}
	for _, part := range []string{"data", "queries", "reports", "templates", "dist", ".tongket"} {
		if within(target, filepath.Join(home, part)) {
			return t.fault("publish.target.inside", "part", part)
		}
	}
	return nil
}

// within reports whether a path is a folder or lies in it.
func within(path, folder string) bool {
	rel, err := filepath.Rel(folder, path)
	return err == nil && filepath.IsLocal(rel)
}

// real follows the links of as much of a path as is there.
func real(path string) string {
	path, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	rest := ""
	for at := path; ; at = filepath.Dir(at) {
		if there, err := filepath.EvalSymlinks(at); err == nil {
			return filepath.Join(there, rest)
		}
		if at == filepath.Dir(at) {
			return path
		}
		rest = filepath.Join(filepath.Base(at), rest)
	}
}

// fresh reports whether nothing was ever published here. The folder above must
// be there: what is missing may be a share that is not mounted.
func (t *target) fresh() (bool, error) {
	entries, err := os.ReadDir(t.dir)
	if errors.Is(err, fs.ErrNotExist) {
		if info, err := os.Stat(filepath.Dir(t.dir)); err != nil || !info.IsDir() {
			return false, t.fault("publish.target.gone")
		}
		return true, nil
	}
	if errors.Is(err, syscall.ENOTDIR) {
		return false, t.fault("publish.target.foreign", "name", filepath.Base(t.dir))
	}
	if err != nil {
		return false, t.explain(fmt.Errorf("target: %w", err))
	}
	ours, foreign := false, ""
	for _, e := range entries {
		switch {
		case e.Name() == pointerFile, e.Name() == lockFile:
			ours = true
		case e.Name() != "lost+found":
			foreign = e.Name()
		}
	}
	if !ours && foreign != "" {
		return false, t.fault("publish.target.foreign", "name", foreign)
	}
	return !ours, nil
}

// claim makes a new target ours.
func (t *target) claim() error {
	if t.lock != nil {
		return nil
	}
	if err := os.Mkdir(t.dir, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("target: %w", err)
	}
	if err := t.take(); err != nil {
		return err
	}
	if err := t.read(); err != nil {
		return err
	}
	if len(t.shelf) > 0 { // somebody was quicker
		return t.fault("publish.busy", "who", "")
	}
	return nil
}

func (t *target) take() (err error) {
	t.lock, err = lock.Acquire(filepath.Join(t.dir, lockFile))
	var held *lock.Held
	switch {
	case errors.As(err, &held):
		return t.fault("publish.busy", "who", t.holder(held))
	case err != nil:
		return t.explain(fmt.Errorf("target: %w", err))
	}
	return nil
}

// holder tells who has the target, in brackets.
func (t *target) holder(h *lock.Held) string {
	if h.Process == 0 {
		return ""
	}
	return t.p.Locale.Say("publish.busy.who", "process", strconv.Itoa(h.Process), "host", plainly(h.Host), "since", t.when(h.Since))
}

func (t *target) close() error {
	if t.lock == nil {
		return nil
	}
	if !t.lock.Stands() {
		_ = t.lock.Release() // what it lies on is gone
		return nil
	}
	return t.explain(t.lock.Release())
}

// sound reports whether the target is still the folder that was opened.
func (t *target) sound() error {
	if !t.lock.Stands() {
		return t.fault("publish.target.gone")
	}
	return nil
}

// room makes a folder in the target, and none above it: what is gone is not
// made anew.
func (t *target) room(name string) error {
	if err := os.Mkdir(t.at(name), 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("target: %w", err)
	}
	return nil
}

// read learns which editions are there. Folders without a manifest of ours are
// none, and nobody's business.
func (t *target) read() error {
	text, err := os.ReadFile(t.at(pointerFile))
	if err == nil {
		err = json.Unmarshal(text, &t.pointer)
		if err != nil || t.pointer.Edition == "" || t.pointer.Number < 0 || t.pointer.Number > most {
			return t.fault("publish.target.pointer")
		}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("target: %w", err)
	}
	entries, err := os.ReadDir(t.at(editionsDir))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("target: %w", err)
	}
	t.shelf = nil
	for _, e := range entries {
		r, err := readRelease(t.edition(e.Name()))
		if err != nil {
			return t.explain(fmt.Errorf("target: %w", err))
		}
		if r != nil && r.ID == e.Name() {
			t.shelf = append(t.shelf, r)
		}
	}
	slices.SortFunc(t.shelf, func(a, b *release) int { return b.Number - a.Number })
	return nil
}

// readRelease reads the head of a manifest; nil when it is none of a published
// edition. One that the system keeps back is an error: it may be of the one
// that readers are led to.
func readRelease(dir string) (*release, error) {
	file, err := os.Open(filepath.Join(dir, mark))
	if unread(err) && !errors.Is(err, syscall.ENOTDIR) {
		return nil, err
	}
	if err != nil {
		return nil, nil
	}
	defer file.Close()
	return headOf(json.NewDecoder(file)), nil
}

// headOf is what a manifest says of its publishing; nil if nothing.
func headOf(d *json.Decoder) *release {
	if start, err := d.Token(); err != nil || start != json.Delim('{') {
		return nil
	}
	var r *release
	var reaches string
	var event int64
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return nil
		}
		switch key {
		case "edition":
			err = d.Decode(&reaches)
		case "event":
			err = d.Decode(&event)
		case "published":
			err = d.Decode(&r)
		case "inputs":
			if r != nil {
				r.reaches, r.event = reaches, event
			}
			return r
		default:
			err = d.Decode(new(json.RawMessage))
		}
		if err != nil {
			return nil
		}
	}
	return nil
}

func (t *target) at(name string) string    { return filepath.Join(t.dir, filepath.FromSlash(name)) }
func (t *target) edition(id string) string { return t.at(editionsDir + "/" + id) }

func (t *target) find(id string) *release {
	for _, r := range t.shelf {
		if r.ID == id {
			return r
		}
	}
	return nil
}

// current is the edition that readers are led to; nil when there is none yet.
func (t *target) current() *release { return t.find(t.pointer.Edition) }

// upcoming is the edition that will be current once what was broken off is
// completed.
func (t *target) upcoming() *release {
	if len(t.shelf) > 0 && t.shelf[0].Number > t.pointer.Number {
		return t.shelf[0]
	}
	return t.current()
}

// number is the highest that an edition has had here.
func (t *target) number() int {
	n := t.pointer.Number
	for _, r := range t.shelf {
		n = max(n, r.Number)
	}
	return n
}

// name finds a name that no edition of the day has had. Nothing newer is ever
// removed before what is older, so that no name is given twice.
func (t *target) name(at time.Time) string {
	day := report.Clock(at).Format(time.DateOnly)
	names := regexp.MustCompile(`^` + day + `(?:-(\d{1,9}))?$`)
	last := 0
	note := func(name string) {
		if m := names.FindStringSubmatch(name); m != nil {
			n, _ := strconv.Atoi(m[1]) // none is the first
			last = max(last, n, 1)
		}
	}
	entries, _ := os.ReadDir(t.at(editionsDir)) // none yet
	for _, e := range entries {
		note(e.Name())
	}
	for _, f := range t.pointer.Flips {
		note(f.Edition)
		note(f.From)
	}
	if last == 0 {
		return day
	}
	return day + "-" + strconv.Itoa(last+1)
}
