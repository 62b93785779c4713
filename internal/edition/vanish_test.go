package edition_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"

	"tongket/internal/edition"
	"tongket/internal/look"
	"tongket/templates"
)

// TestOneAtATime: who comes second is told who was first.
func TestOneAtATime(t *testing.T) {
	p := newPress(t)
	p.publish(t)
	p.report(t, 140)
	var inside error
	p.look = intruder{p.look, func() {
		o := p.order()
		o.Templates = templates.Files
		_, inside = edition.Publish(t.Context(), o)
	}}
	p.publish(t)
	if inside == nil || !strings.Contains(inside.Error(), fmt.Sprintf("tiến trình %d trên máy", os.Getpid())) {
		t.Errorf("a second publisher: %v", inside)
	}
}

// intruder does something when the bundle's engine is read, which is in the
// middle of a build.
type intruder struct {
	fs.FS
	act func()
}

func (i intruder) Open(name string) (fs.File, error) {
	if name == "dist/ssr.js" {
		i.act()
	}
	return i.FS.Open(name)
}

// TestStoppedIsNotRefused: a query that was broken off is no fault of its
// report, and closes no gate.
func TestStoppedIsNotRefused(t *testing.T) {
	p := newPress(t)
	p.publish(t)
	p.report(t, 150)
	o := p.order()
	ctx, stop := context.WithCancel(t.Context())
	o.Templates, o.Faulty = intruder{o.Templates, stop}, edition.Told
	_, err := edition.Publish(ctx, o)
	var refused *edition.Refused
	if !errors.Is(err, context.Canceled) || errors.As(err, &refused) {
		t.Errorf("said: %v", err)
	}
}

// TestTargetVanishes before and in the middle of a build: nothing is written
// where it was, and the message says so.
func TestTargetVanishes(t *testing.T) {
	p := newPress(t)
	p.publish(t)
	p.report(t, 160)
	vanish := func() {
		if err := os.Rename(p.target, p.target+".away"); err != nil {
			t.Error(err)
		}
	}
	begun := filepath.Join(p.target, "editions", ".2026-11-22-2-*")
	for when, publish := range map[string]func(edition.PublishOrder) error{
		"before": func(o edition.PublishOrder) error {
			o.Templates = intruder{o.Templates, sync.OnceFunc(vanish)}
			_, err := edition.Publish(t.Context(), o)
			return err
		},
		"in the middle": func(o edition.PublishOrder) error {
			_, err := edition.Publish(watching{t.Context(), begun, sync.OnceFunc(vanish)}, o)
			return err
		},
	} {
		if err := publish(p.order()); err == nil || !strings.Contains(err.Error(), "Không thấy nơi công bố "+p.target) {
			t.Errorf("%s: said: %v", when, err)
		}
		if _, err := os.Stat(p.target); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: the target was made anew: %v", when, err)
		}
		if err := os.Rename(p.target+".away", p.target); err != nil {
			t.Fatal(err)
		}
		if id := p.shown(t); id != "2026-11-22" {
			t.Errorf("%s: shown is %s", when, id)
		}
	}
	if done := p.publish(t); !done.Made {
		t.Errorf("once it is there again: %+v", done)
	}
}

// watching is asked between two documents whether to go on, and acts when an
// edition has begun.
type watching struct {
	context.Context
	begun string
	act   func()
}

func (w watching) Err() error {
	if found, _ := filepath.Glob(w.begun); len(found) > 0 {
		w.act()
	}
	return w.Context.Err()
}

// TestZipOpensFromADisk unpacks a copy and reads it in a browser.
func TestZipOpensFromADisk(t *testing.T) {
	tab := newTab(t)
	p := newPress(t)
	p.put(t, "reports/index.md", "---\ntitle: Tổng quan\nmenu: Tổng quan\n---\n```chart\nquery: by_unit\ntype: bar\nx: unit\ny: [metres]\n```\n\n[A](don-vi/A.html)\n")
	done := p.publish(t)
	disk := t.TempDir()
	file := filepath.Join(disk, "usb.zip")
	if err := edition.Zip(p.target, done.Edition, file); err != nil {
		t.Fatal(err)
	}
	packed, err := zip.OpenReader(file)
	if err != nil {
		t.Fatal(err)
	}
	defer packed.Close()
	if err := os.CopyFS(disk, packed); err != nil {
		t.Fatal(err)
	}
	at := filepath.Join(disk, done.Edition)
	if !maps.Equal(relative(snapshot(t, at), at), relative(snapshot(t, filepath.Join(p.target, "editions", done.Edition)), filepath.Join(p.target, "editions", done.Edition))) {
		t.Error("what was unpacked is not the edition")
	}
	under := (&url.URL{Scheme: "file", Path: filepath.ToSlash(at) + "/"}).String()
	tab.Forget()
	tab.look(t, under+"index.html", 1280, "light")
	tab.Quiet(t, "index.html", under)

	// The way in leads on by itself, from a disk too, and the list opens.
	target := (&url.URL{Scheme: "file", Path: filepath.ToSlash(p.target) + "/"}).String()
	tab.Run(t, chromedp.Navigate(target+"index.html"), chromedp.WaitVisible(chromedp.CSS("figure.chart")))
	if got, want := look.Ask[string](t, tab.Tab, "location.href"), target+"editions/"+done.Edition+"/index.html"; got != want {
		t.Errorf("the way in leads to %s, want %s", got, want)
	}
	tab.Forget()
	tab.look(t, target+"editions.html", 390, "dark")
	if wide := look.Ask[float64](t, tab.Tab, "document.documentElement.scrollWidth - innerWidth"); wide > 0 {
		t.Errorf("the list is %v px wider than a phone", wide)
	}
	tab.Quiet(t, "editions.html", target)
}

func TestSameBytesPublished(t *testing.T) {
	p := newPress(t)
	p.publish(t)
	first := snapshot(t, p.target)
	was := p.target
	p.target = filepath.Join(t.TempDir(), "web")
	p.publish(t)
	if !maps.Equal(relative(first, was), relative(snapshot(t, p.target), p.target)) {
		t.Error("the same edition, published twice, has other bytes")
	}
	var zips [2][]byte
	for i, target := range []string{was, p.target} {
		file := filepath.Join(t.TempDir(), "usb.zip")
		err := edition.Zip(target, "2026-11-22", file)
		if err == nil {
			zips[i], err = os.ReadFile(file)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(zips[0], zips[1]) {
		t.Error("the same edition, packed twice, has other bytes")
	}
	for file, fits := range map[string]bool{
		filepath.Join(t.TempDir(), "usb.zip"):        true,
		filepath.Join(was, "usb.zip"):                true,
		filepath.Join(was, "current.json"):           false,
		filepath.Join(was, "editions", "x", "a.zip"): false,
		filepath.Join(was, "current", "a.zip"):       false,
		t.TempDir():                                  false,
	} {
		if err := edition.Packable(was, file); (err == nil) != fits {
			t.Errorf("%s: %v", file, err)
		}
	}
	if err := edition.Zip(was, "..", filepath.Join(t.TempDir(), "x.zip")); err == nil {
		t.Error("what is no edition was packed")
	}
}
