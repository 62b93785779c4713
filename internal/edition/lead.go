package edition

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"

	"tongket/internal/html"
)

// lead makes an edition current. All that readers are led by is written beside
// its place first, and then renamed: what can go wrong goes wrong before that.
// The list comes first and the way in last, for each leads to what is there.
func (t *target) lead(f flip, keep int) error {
	if err := t.read(); err != nil {
		return err
	}
	to := t.pointer
	to.Edition, to.Number = f.Edition, t.number()
	to.Flips = append(slices.Clone(to.Flips), f)
	to.Flips = slices.DeleteFunc(to.Flips, func(f flip) bool { return t.find(f.Edition) == nil })
	t.pointer = to
	return t.show(keep)
}

// show writes what tells of the editions as they are. What is so already is
// left alone.
func (t *target) show(keep int) error {
	now := t.current()
	if now == nil {
		return nil
	}
	s := &stage{target: t}
	defer s.drop()
	kept, _ := t.retention(keep)
	assets, err := t.pages.Assets()
	if err != nil {
		return err
	}
	for _, a := range assets {
		s.put(a.Path, a.Data)
	}
	var list, entry bytes.Buffer
	if err := t.list(&list, kept); err != nil {
		return err
	}
	feed, err := t.feed(kept)
	if err != nil {
		return err
	}
	way := html.Way{Title: t.p.Title, Path: editionsDir + "/" + now.ID + "/index", Text: t.p.Locale.Say("editions.enter", "id", now.ID)}
	if err := t.pages.Redirect(&entry, way); err != nil {
		return err
	}
	s.put(listFile, list.Bytes())
	s.put(feedFile, feed)
	s.put(pointerFile, indented(t.pointer))
	s.link(linkName, editionsDir+"/"+now.ID)
	s.put(entryFile, entry.Bytes())
	return s.place()
}

// settle puts right what a job left that was killed: an edition that was whole
// but not yet current becomes so, and is returned.
func (t *target) settle(o PublishOrder) (resumed string, err error) {
	sweep(t.dir, func(base string) bool {
		return slices.Contains([]string{pointerFile, listFile, feedFile, entryFile, linkName}, base)
	}, o.At)
	sweep(t.at(editionsDir), named.MatchString, o.At)
	sweep(t.at("assets"), hashed.MatchString, o.At)
	for _, id := range t.broken {
		if err := t.remove(id); err != nil {
			return "", err
		}
	}
	if next := t.upcoming(); next != nil && next != t.current() {
		return next.ID, t.lead(flip{Edition: next.ID, At: next.At}, o.Keep)
	}
	return "", t.show(o.Keep)
}

// doubt takes the editions for broken that were never current and are not
// whole, as a disk may leave them that lost its power.
func (t *target) doubt() {
	t.shelf = slices.DeleteFunc(t.shelf, func(r *release) bool {
		broken := r.Number > t.pointer.Number && intact(t.edition(r.ID)) != nil
		if broken {
			t.broken = append(t.broken, r.ID)
		}
		return broken
	})
}

var (
	named  = regexp.MustCompile(`^\d{4}-\d\d-\d\d(-\d+)?$`)             // editions
	hashed = regexp.MustCompile(`^[0-9A-Za-z_.-]+\.[0-9a-f]{12}\.\w+$`) // assets
)

// intact holds an edition against its manifest.
func intact(dir string) error {
	m, err := readManifest(dir)
	if err != nil {
		return err
	}
	var faults []error
	for _, o := range append(m.Outputs, m.Carried...) {
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(o.Path)))
		if sum := sha256.Sum256(data); err == nil && hex.EncodeToString(sum[:]) != o.SHA256 {
			err = fmt.Errorf("%s is not what its manifest says", o.Path)
		}
		faults = append(faults, err)
	}
	return errors.Join(faults...)
}

// retention parts the editions into those that stay and those that go: the
// oldest beyond so many, but never the current one, the one before it, nor one
// that was taken back to while the one taken back is there.
func (t *target) retention(keep int) (kept, gone []*release) {
	protected := map[string]bool{t.pointer.Edition: true}
	if now := t.current(); now != nil {
		protected[now.Before] = true
	}
	for _, f := range t.pointer.Flips {
		if f.From != "" && t.find(f.From) != nil {
			protected[f.Edition] = true
		}
	}
	for i, r := range t.shelf {
		if i < keep || protected[r.ID] {
			kept = append(kept, r)
		} else {
			gone = append(gone, r)
		}
	}
	return kept, gone
}

// retire removes the editions that are too many.
func (t *target) retire(keep int) ([]string, error) {
	kept, gone := t.retention(keep)
	removed := []string{}
	slices.Reverse(gone)
	for _, r := range gone {
		if err := t.remove(r.ID); err != nil {
			return removed, err
		}
		removed = append(removed, r.ID)
	}
	t.shelf = kept
	return removed, t.tidy()
}

// remove takes an edition out of sight, and then away: none is ever seen in
// part.
func (t *target) remove(id string) error {
	aside, err := os.MkdirTemp(t.at(editionsDir), passing(id))
	if err == nil {
		err = os.Rename(t.edition(id), filepath.Join(aside, id))
	}
	if err = errors.Join(err, os.RemoveAll(aside)); err != nil {
		return fmt.Errorf("target: %w", err)
	}
	return nil
}

// tidy removes the assets of the list that no edition was drawn with.
func (t *target) tidy() error {
	used := map[string]bool{}
	assets, err := t.pages.Assets()
	if err != nil {
		return err
	}
	for _, a := range assets {
		used[filepath.Base(a.Path)] = true
	}
	for _, r := range t.shelf {
		entries, _ := os.ReadDir(filepath.Join(t.edition(r.ID), "assets")) // none is none
		for _, e := range entries {
			used[e.Name()] = true
		}
	}
	entries, err := os.ReadDir(t.at("assets"))
	if err != nil {
		return fmt.Errorf("target: %w", err)
	}
	for _, e := range entries {
		if !used[e.Name()] && hashed.MatchString(e.Name()) {
			if err := os.Remove(t.at("assets/" + e.Name())); err != nil {
				return fmt.Errorf("target: %w", err)
			}
		}
	}
	return nil
}

// leads reports whether the way in goes to this edition.
func (t *target) leads(id string) bool {
	text, err := os.ReadFile(t.at(entryFile))
	return err == nil && bytes.Contains(text, []byte(editionsDir+"/"+id+"/index.html"))
}

// stage holds files that are written but not yet in their places.
type stage struct {
	*target
	from, to []string
	err      error
}

// put writes a file beside its place, unless it is there as it should be.
func (s *stage) put(name string, data []byte) {
	if s.err != nil {
		return
	}
	path := s.at(name)
	if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, data) {
		return
	}
	if dir := filepath.Dir(path); dir != s.dir {
		if s.err = s.room(filepath.Base(dir)); s.err != nil {
			return
		}
	}
	f, err := os.CreateTemp(filepath.Dir(path), passing(filepath.Base(name)))
	if err != nil {
		s.err = err
		return
	}
	s.from, s.to = append(s.from, f.Name()), append(s.to, path)
	_, err = f.Write(data)
	s.err = errors.Join(err, f.Chmod(0o644), f.Sync(), f.Close())
}

// link makes a link beside its place. Where the file system has none, or
// something else has the name, it is left out: no program of ours needs it.
func (s *stage) link(name, to string) {
	if s.err != nil {
		return
	}
	path := s.at(name)
	info, err := os.Lstat(path)
	s.linked = err == nil && info.Mode()&fs.ModeSymlink != 0
	if err == nil && !s.linked {
		return
	}
	if now, err := os.Readlink(path); err == nil && now == filepath.FromSlash(to) {
		return
	}
	aside, err := os.MkdirTemp(s.dir, passing(name))
	if err != nil {
		s.err = err
		return
	}
	s.from, s.to = append(s.from, aside), append(s.to, "")
	err = os.Symlink(filepath.FromSlash(to), filepath.Join(aside, name))
	switch {
	case err == nil:
		s.from, s.to = append(s.from, filepath.Join(aside, name)), append(s.to, path)
		s.linked = true
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EROFS), errors.Is(err, syscall.EIO):
		s.err = err
	}
}

// place renames what was staged, in order.
func (s *stage) place() error {
	if s.err == nil && len(s.from) > 0 {
		s.err = errors.Join(s.sound(), syncFolder(s.at(editionsDir)))
	}
	folders := map[string]bool{}
	for i, from := range s.from {
		if s.err == nil && s.to[i] != "" {
			s.err = os.Rename(from, s.to[i])
			folders[filepath.Dir(s.to[i])] = true
		}
	}
	for dir := range folders {
		s.err = errors.Join(s.err, syncFolder(dir))
	}
	if s.err != nil {
		return fmt.Errorf("target: %w", s.err)
	}
	return nil
}

// drop removes what was not put in place.
func (s *stage) drop() {
	for _, from := range s.from {
		if strings.HasPrefix(filepath.Base(from), ".") {
			os.RemoveAll(from)
		}
	}
}
