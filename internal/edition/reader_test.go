package edition_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestReaders: while editions are published one after the other, each with
// other figures and an asset of another name, readers who come in by index.html
// find one whole edition and nothing of another, and those who follow the link
// find what each page loads.
func TestReaders(t *testing.T) {
	editions := 100
	if testing.Short() {
		editions = 10
	}
	const kept = 6
	p := newPress(t)
	bare := p.look
	p.publish(t)
	r := &reader{target: p.target, kept: kept, done: make(chan bool), rounds: make(chan bool)}
	go r.read()
	for i := range editions {
		p.report(t, 100+i)
		p.look = dressed(bare, i)
		if done := p.publish(t, keep(kept)); !done.Made {
			t.Errorf("publishing %d made nothing", i)
		}
		if i%5 == 0 {
			<-r.rounds // one round at least in every five
		}
	}
	close(r.done)
	for range r.rounds {
		continue
	}
	t.Logf("%d rounds over %d files, %d editions seen", r.count, r.files, len(r.seen))
	for _, fault := range r.faults {
		t.Error(fault)
	}
	if len(r.seen) < editions/5 || r.files == 0 || r.linked == 0 {
		t.Errorf("%d editions seen, %d files, %d pages by the link", len(r.seen), r.files, r.linked)
	}
	if ids := p.editions(t); len(ids) != kept {
		t.Errorf("%d editions are kept", len(ids))
	}
}

// reader goes over a target again and again.
type reader struct {
	target string
	kept   int
	done   chan bool
	rounds chan bool // told after each round, if somebody listens; closed at the end

	count, files, linked int
	seen                 map[string]bool
	faults               []error
}

func (r *reader) read() {
	defer close(r.rounds)
	r.seen = map[string]bool{}
	for {
		r.round(r.byIndex, r.kept-2) // beyond, the edition may be gone by right
		r.round(r.byLink, 1)         // beyond, the assets of two editions before may
		r.count++
		select {
		case <-r.done:
			return
		case r.rounds <- true:
		default:
		}
	}
}

// round keeps the faults of a visit, unless the target went on by so many
// editions meanwhile.
func (r *reader) round(visit func() error, within int) {
	before := r.number()
	if err := visit(); err != nil && r.number()-before < within {
		r.faults = append(r.faults, err)
	}
}

func (r *reader) number() int {
	var pointer struct{ Number int }
	text, err := os.ReadFile(filepath.Join(r.target, "current.json"))
	if err = errors.Join(err, json.Unmarshal(text, &pointer)); err != nil {
		r.faults = append(r.faults, err)
	}
	return pointer.Number
}

var (
	onward = regexp.MustCompile(`content="0; url=(editions/([0-9-]+)/index\.html)"`)
	links  = regexp.MustCompile(`(?:href|src)="([^"#:]+)(?:#[^"]*)?"`)
)

// byIndex follows the way in and holds every file against the manifest; every
// link of every page leads to a file of the same edition.
func (r *reader) byIndex() error {
	text, err := os.ReadFile(filepath.Join(r.target, "index.html"))
	to := onward.FindStringSubmatch(string(text))
	if err != nil || to == nil {
		return fmt.Errorf("index.html: %q, %v", text, err)
	}
	r.seen[to[2]] = true
	dir := filepath.Join(r.target, "editions", to[2])
	text, err = os.ReadFile(filepath.Join(dir, "manifest.json"))
	if err != nil {
		return err
	}
	var m struct {
		Published struct{ ID string }
		Outputs   []struct{ Path, SHA256 string }
	}
	if err := json.Unmarshal(text, &m); err != nil || m.Published.ID != to[2] || len(m.Outputs) < 10 {
		return fmt.Errorf("manifest of %s: %d files of %q, %v", to[2], len(m.Outputs), m.Published.ID, err)
	}
	there := map[string]bool{"manifest.json": true}
	for _, o := range m.Outputs {
		there[o.Path] = true
	}
	var faults []error
	for _, o := range m.Outputs {
		text, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(o.Path)))
		sum := sha256.Sum256(text)
		if err == nil && hex.EncodeToString(sum[:]) != o.SHA256 {
			err = fmt.Errorf("%s/%s is of another edition", to[2], o.Path)
		}
		faults = append(faults, err)
		r.files++
		for _, link := range linksOf(o.Path, text) {
			if !there[link] {
				faults = append(faults, fmt.Errorf("%s/%s leads to %s", to[2], o.Path, link))
			}
		}
	}
	return errors.Join(faults...)
}

// linksOf are the places a page leads to, as seen from the top of its edition.
func linksOf(page string, text []byte) (out []string) {
	if path.Ext(page) != ".html" {
		return nil
	}
	for _, m := range links.FindAllSubmatch(text, -1) {
		out = append(out, path.Join(path.Dir(page), string(m[1])))
	}
	return out
}

// byLink reads as through a web server that serves the folder current: first
// the page, then what it loads and leads to.
func (r *reader) byLink() error {
	var faults []error
	for _, page := range []string{"index.html", "don-vi/A.html"} {
		text, err := os.ReadFile(filepath.Join(r.target, "current", filepath.FromSlash(page)))
		faults = append(faults, err)
		styles := 0
		for _, link := range linksOf(page, text) {
			if strings.HasPrefix(link, "assets/site.") {
				styles++
			}
			_, err := os.ReadFile(filepath.Join(r.target, "current", filepath.FromSlash(link)))
			faults = append(faults, err)
		}
		if err == nil && styles < 2 {
			faults = append(faults, fmt.Errorf("current/%s loads %d of our files: %s", page, styles, text))
		}
		r.linked++
	}
	return errors.Join(faults...)
}
