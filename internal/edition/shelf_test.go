package edition_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tongket/internal/edition"
)

func TestEditionsThatStay(t *testing.T) {
	p := newPress(t)
	for i := range 4 {
		p.report(t, 100+i)
		p.publish(t, keep(3))
	}
	if ids := p.editions(t); !slices.Equal(ids, []string{"2026-11-22-4", "2026-11-22-3", "2026-11-22-2"}) {
		t.Errorf("kept: %v", ids)
	}
	// What is not ours is nobody's business.
	for name, text := range map[string]string{"2026-11-21/letter.txt": "", "notes/manifest.json": `{"name":"x"}`, ".backup-2024-11/x": ""} {
		path := filepath.Join(p.target, "editions", filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	p.back(t, "2026-11-22-2")
	p.report(t, 200)
	done := p.publish(t, keep(2))
	if done.Before != "2026-11-22-2" || done.Edition != "2026-11-22-5" || !slices.Equal(done.Removed, []string{"2026-11-22-3"}) {
		t.Errorf("after a return: %+v", done)
	}
	for _, name := range []string{"2026-11-21/letter.txt", "notes/manifest.json", ".backup-2024-11/x", "2026-11-22-2/index.html", "2026-11-22-4/index.html"} {
		if _, err := os.Stat(filepath.Join(p.target, "editions", filepath.FromSlash(name))); err != nil {
			t.Error(err)
		}
	}
	if strings.Contains(p.read(t, "editions.html"), "2026-11-22-3") {
		t.Error("the list tells of an edition that is gone")
	}
}

// back leads readers back and says where to.
func (p *press) back(t testing.TB, id string) *edition.RolledBack {
	t.Helper()
	done, err := edition.Rollback(t.Context(), p.order(), id)
	if err != nil {
		t.Fatal(err)
	}
	return done
}

func TestRollback(t *testing.T) {
	p := newPress(t)
	if _, err := edition.Rollback(t.Context(), p.order(), ""); err == nil || !strings.Contains(err.Error(), "chưa có bản nào") {
		t.Errorf("nothing is there: %v", err)
	}
	for i := range 3 {
		p.report(t, 100+i)
		p.publish(t)
	}
	if done := p.back(t, ""); done.Edition != "2026-11-22-2" || done.From != "2026-11-22-3" {
		t.Errorf("back: %+v", done)
	}
	if id := p.shown(t); id != "2026-11-22-2" {
		t.Errorf("shown is %s", id)
	}
	for _, name := range []string{"editions.html", "feed.xml"} {
		if !strings.Contains(p.read(t, name), "bản 2026-11-22-3 đã thu hồi lúc 08:00 22/11/2026") {
			t.Errorf("%s does not tell of the return", name)
		}
	}
	if !strings.Contains(p.read(t, "editions.html"), "Đã thu hồi") {
		t.Error("the list does not mark what was taken back")
	}
	if done := p.back(t, ""); done.Edition != "2026-11-22" {
		t.Errorf("back again: %+v", done)
	}
	if _, err := edition.Rollback(t.Context(), p.order(), ""); err == nil || !strings.Contains(err.Error(), "Không còn bản nào trước bản 2026-11-22") {
		t.Errorf("there is nothing before the first: %v", err)
	}
	if _, err := edition.Rollback(t.Context(), p.order(), "../../etc"); err == nil || strings.Contains(err.Error(), "/etc”") {
		t.Errorf("no such edition: %v", err)
	}

	// The next one goes on from there; the ones passed over can still be read.
	p.report(t, 300)
	next := p.publish(t)
	if next.Edition != "2026-11-22-4" || next.Before != "2026-11-22" {
		t.Errorf("the next: %+v", next)
	}
	if strings.Contains(p.read(t, "editions.html"), "đã thu hồi lúc") || len(p.editions(t)) != 4 {
		t.Errorf("the list: %v", p.editions(t))
	}
	if done := p.back(t, ""); done.Edition != "2026-11-22" {
		t.Errorf("back from the next: %+v", done)
	}
	if done := p.back(t, "2026-11-22-3"); done.Edition != "2026-11-22-3" || p.shown(t) != "2026-11-22-3" {
		t.Errorf("forward: %+v", done)
	}
	shelf, err := edition.Editions(p.order())
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range shelf { // 4 was taken back, and 2 before it
		if want := e.ID == "2026-11-22-4" || e.ID == "2026-11-22-2"; e.TakenBack != want {
			t.Errorf("%s: taken back is %v", e.ID, e.TakenBack)
		}
	}
}
