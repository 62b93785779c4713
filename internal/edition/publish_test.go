package edition_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/chromedp/chromedp"

	"tongket/internal/edition"
	"tongket/internal/warehouse"
	"tongket/templates"
)

const pressContract = `name: press
resources:
  - name: units
    path: units.csv
    schema: {primaryKey: code, fields: [{name: code}, {name: name}]}
  - name: progress
    path: progress/*.csv
    schema:
      primaryKey: [unit, period]
      fields: [{name: unit}, {name: period, period: true}, {name: metres, type: integer}]
`

// press is a small programme of three units and the target it is published to.
// Its figures fall only when a test of its own says so.
type press struct {
	dir, target string
	look        fs.FS
	at          time.Time
	loaded      int
}

func newPress(t testing.TB) *press {
	t.Helper()
	if _, err := fs.Stat(templates.Files, "dist/site.js"); err != nil {
		t.Skip("templates/dist is empty: run make to bundle scripts and styles")
	}
	home := t.TempDir()
	p := &press{dir: filepath.Join(home, "programme"), target: filepath.Join(home, "web"), look: templates.Files, at: time.Date(2026, 11, 22, 1, 0, 0, 0, time.UTC)}
	p.put(t, "tongket.yaml", "title: Số liệu <thử>\nagency: Sở & Nội vụ\nedition: '{{ with one \"total\" }}{{ integer .metres }} mét{{ end }}'\n")
	p.put(t, "data/datapackage.yaml", pressContract)
	p.put(t, "queries/total.sql", "-- title: Tổng\n-- columns:\n--   metres: {title: Mét, format: integer}\nSELECT sum(metres)::BIGINT AS metres FROM progress\n")
	p.put(t, "queries/by_unit.sql", "-- title: Đơn vị\n-- columns:\n--   unit: {title: Mã}\n--   metres: {title: Mét, format: integer}\n--   page: {title: Trang, hidden: true}\nSELECT unit, sum(metres)::BIGINT AS metres, 'don-vi/' || unit AS page FROM progress GROUP BY ALL ORDER BY ALL\n")
	p.put(t, "queries/tests/too_much.sql", "-- title: Vượt mức\n-- severity: stop\n-- columns:\n--   unit: {title: Mã}\nSELECT unit FROM progress WHERE metres > 9000\n")
	p.put(t, "reports/index.md", "---\ntitle: Tổng quan\nmenu: Tổng quan\n---\n{{ with one \"total\" }}Đến nay {{ integer .metres }} mét.{{ end }}\n\n```table\nquery: by_unit\ncolumns: [unit, metres]\n```\n\n[A](don-vi/A.html) [B](don-vi/B.html)\n")
	p.put(t, "reports/don-vi.md", "---\ntitle: Đơn vị {{ .unit }}\nfor_each: by_unit\npath: don-vi/{{ .unit }}\n---\n{{ integer .metres }} mét, [tổng quan](index.html)\n")
	p.put(t, "data/units.csv", "code,name\nA,Một\nB,Hai\nC,Ba\n")
	p.load(t, "units.csv")
	p.report(t, 100)
	return p
}

func (p *press) put(t testing.TB, name, text string) {
	t.Helper()
	path := filepath.Join(p.dir, filepath.FromSlash(name))
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644)); err != nil {
		t.Fatal(err)
	}
}

func (p *press) load(t testing.TB, name string) {
	t.Helper()
	opened, err := edition.Open(os.DirFS(p.dir), templates.Files)
	if err != nil {
		t.Fatal(err)
	}
	w, err := warehouse.Open(t.Context(), edition.Warehouse(p.dir), opened.Contract, opened.Locale)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range warehouse.Files(opened.Contract, []string{name}) {
		d.Path = filepath.Join(p.dir, "data", filepath.FromSlash(name))
		d.Received = p.at
		if rec, err := w.Load(t.Context(), d); err != nil || rec.Rejected > 0 {
			t.Fatalf("%s: %v %+v", name, err, rec)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

// report sends the figures of all units for one quarter once more.
func (p *press) report(t testing.TB, metres int) {
	t.Helper()
	p.loaded++
	name := fmt.Sprintf("progress/%d.csv", p.loaded)
	p.put(t, "data/"+name, fmt.Sprintf("unit,period,metres\nA,2026-Q1,%d\nB,2026-Q1,%d\nC,2026-Q1,%d\n", metres, metres+1, metres+2))
	p.load(t, name)
}

func (p *press) order() edition.PublishOrder {
	return edition.PublishOrder{
		Order:  edition.Order{Programme: os.DirFS(p.dir), Templates: p.look, Warehouse: edition.Warehouse(p.dir), Workers: 2, Version: "test"},
		Folder: p.dir, Target: p.target, At: p.at,
	}
}

func (p *press) publish(t testing.TB, change ...func(*edition.PublishOrder)) *edition.Published {
	t.Helper()
	o := p.order()
	for _, c := range change {
		c(&o)
	}
	done, err := edition.Publish(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return done
}

func force(o *edition.PublishOrder) { o.Gate = edition.Forced }
func again(o *edition.PublishOrder) { o.Same = edition.Again }
func keep(n int) func(*edition.PublishOrder) {
	return func(o *edition.PublishOrder) { o.Keep = n }
}

func (p *press) read(t testing.TB, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(p.target, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// shown is the edition that each of the ways in leads to; they agree.
func (p *press) shown(t testing.TB) string {
	t.Helper()
	var pointer struct{ Edition string }
	if err := json.Unmarshal([]byte(p.read(t, "current.json")), &pointer); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(p.read(t, "index.html"), `url=editions/`+pointer.Edition+`/index.html"`) {
		t.Errorf("index.html does not lead to %s: %s", pointer.Edition, p.read(t, "index.html"))
	}
	if to, err := os.Readlink(filepath.Join(p.target, "current")); err != nil || to != "editions/"+pointer.Edition {
		t.Errorf("current leads to %q, %v; want %s", to, err, pointer.Edition)
	}
	return pointer.Edition
}

func (p *press) editions(t testing.TB) (ids []string) {
	t.Helper()
	list, err := edition.Editions(p.order())
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		ids = append(ids, e.ID)
	}
	entries, err := os.ReadDir(filepath.Join(p.target, "editions"))
	if err != nil || len(entries) != len(ids) {
		t.Errorf("%d editions in the list and in the folder %v, %v", len(ids), entries, err)
	}
	return ids
}

func TestPublish(t *testing.T) {
	p := newPress(t)
	first := p.publish(t)
	if !first.Made || first.Edition != "2026-11-22" || first.Before != "" || first.Files != 2 || !first.Linked || first.Summary.Pages != 4 {
		t.Errorf("the first: %+v", first)
	}
	if id := p.shown(t); id != first.Edition {
		t.Errorf("shown is %s", id)
	}
	before := snapshot(t, p.target)
	if same := p.publish(t); same.Made || same.Edition != first.Edition {
		t.Errorf("nothing changed: %+v", same)
	}
	if now := snapshot(t, p.target); !maps.Equal(before, now) {
		t.Error("nothing changed, and the target did")
	}
	if anew := p.publish(t, again); !anew.Made || anew.Edition != "2026-11-22-2" || anew.Before != first.Edition || anew.Files != 0 || anew.Restated != 0 {
		t.Errorf("again: %+v", anew)
	}

	p.report(t, 150)
	p.at = p.at.Add(16*time.Hour + 30*time.Minute) // 00:30 of the next day in Vietnam
	next := p.publish(t)
	if next.Edition != "2026-11-23" || next.Files != 1 || next.Restated != 3 {
		t.Errorf("the next: %+v", next)
	}
	list := p.read(t, "editions.html")
	for _, want := range []string{"Các bản đã công bố", "Số liệu &lt;thử&gt;", "Sở &amp; Nội vụ", "00:30 23/11/2026", "453 mét", "303 mét", `href="editions/2026-11-22-2/index.html"`, `lang="vi"`, `href="feed.xml"`} {
		if !strings.Contains(list, want) {
			t.Errorf("the list lacks %q", want)
		}
	}
	for part, change := range map[string]func(){
		"a report": func() { p.put(t, "reports/index.md", "---\ntitle: Khác\n---\nKhác.\n") },
		"a query": func() {
			p.put(t, "queries/more.sql", "-- title: Thêm\n-- columns:\n--   n: {title: Số}\nSELECT 1 AS n\n")
		},
		"the settings": func() { p.put(t, "tongket.yaml", "title: Khác\n") },
		"the look":     func() { p.look = dressed(p.look, 1) },
	} {
		change()
		if done := p.publish(t); !done.Made {
			t.Errorf("%s changed, and no edition was made", part)
		}
		if done := p.publish(t); done.Made {
			t.Errorf("%s did not change, and an edition was made", part)
		}
	}
}

// TestAssetsAreCarried: a page of the edition before, read through the link,
// finds its style after the flip.
func TestAssetsAreCarried(t *testing.T) {
	p := newPress(t)
	bare := p.look
	var loads [3][]string
	var at [3]string
	for i := range 3 {
		p.look = dressed(bare, i)
		at[i] = "editions/" + p.publish(t).Edition + "/"
		loads[i] = linksOf("index.html", []byte(p.read(t, at[i]+"index.html")))
		assets := 0
		for _, link := range loads[max(0, i-1)] {
			if strings.HasPrefix(link, "assets/") {
				assets++
				p.read(t, at[i]+link)
			}
		}
		if assets < 2 {
			t.Errorf("a page loads %v", loads[i])
		}
	}
	var m struct{ Carried []struct{ Path string } }
	if err := json.Unmarshal([]byte(p.read(t, at[2]+"manifest.json")), &m); err != nil || len(m.Carried) != 1 || !slices.Contains(loads[1], m.Carried[0].Path) {
		t.Errorf("carried: %v, %v", m.Carried, err)
	}
	first := slices.IndexFunc(loads[0], func(link string) bool { return strings.HasSuffix(link, ".css") })
	if _, err := os.Stat(filepath.Join(p.target, at[2], loads[0][first])); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the style of two editions before is carried on: %v", err)
	}
}

// dressed is the look with a style of its own, and so with an asset of another
// name.
func dressed(look fs.FS, n int) fs.FS {
	css, err := fs.ReadFile(look, "dist/site.css")
	if err != nil {
		panic(err)
	}
	return overlay{look, fstest.MapFS{"dist/site.css": {Data: fmt.Appendf(css, "\n.n%d{color:red}", n)}}}
}

type overlay struct{ below, above fs.FS }

func (o overlay) Open(name string) (fs.File, error) {
	if info, err := fs.Stat(o.above, name); err == nil && !info.IsDir() {
		return o.above.Open(name)
	}
	return o.below.Open(name)
}

// snapshot is every file of a folder.
func snapshot(t testing.TB, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if d.Type()&fs.ModeSymlink != 0 {
			out[path], err = os.Readlink(path)
			return err
		}
		text, err := os.ReadFile(path)
		out[path] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestPublishIsRefusedAndForced(t *testing.T) {
	p := newPress(t)
	p.publish(t)
	before := snapshot(t, p.target)
	p.report(t, 9000)
	_, err := edition.Publish(t.Context(), p.order())
	var refused *edition.Refused
	if !errors.As(err, &refused) || len(refused.Findings) != 1 || refused.Findings[0].Name != "too_much" {
		t.Fatalf("refused: %v", err)
	}
	if now := snapshot(t, p.target); !maps.Equal(before, now) {
		t.Error("the edition was refused, and the target changed")
	}
	never := p.order()
	never.Target = filepath.Join(filepath.Dir(p.target), "never")
	if _, err := edition.Publish(t.Context(), never); !errors.As(err, &refused) {
		t.Fatalf("refused: %v", err)
	}
	if _, err := os.Stat(never.Target); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a target was made for an edition that was refused: %v", err)
	}

	forced := p.publish(t, force)
	const notice = "Công bố khi còn 1 điểm kiểm tra chưa đạt"
	if forced.Forced != 1 || !forced.Made {
		t.Errorf("forced: %+v", forced)
	}
	at := "editions/" + forced.Edition + "/"
	for _, name := range []string{at + "index.html", at + "don-vi/A.html", at + "manifest.json", "editions.html", "feed.xml"} {
		if !strings.Contains(p.read(t, name), notice) {
			t.Errorf("%s does not say that it was forced", name)
		}
	}
	if done := p.publish(t, force); done.Made {
		t.Error("forced twice, nothing changed, and an edition was made")
	}
	p.report(t, 10)
	if done := p.publish(t, force); done.Forced != 0 || strings.Contains(p.read(t, "editions/"+done.Edition+"/index.html"), notice) {
		t.Errorf("there was nothing to force: %+v", done)
	}
}

func TestBrokenReportIsNotPublished(t *testing.T) {
	p := newPress(t)
	p.publish(t)
	before := snapshot(t, p.target)
	p.put(t, "reports/index.md", "---\ntitle: Tổng quan\n---\n\n{{ with one \"totel\" }}x{{ end }}\n")
	_, err := edition.Publish(t.Context(), p.order())
	if err == nil || !strings.Contains(err.Error(), "reports/index.md:5") || !strings.Contains(err.Error(), `did you mean "total"`) {
		t.Errorf("said: %v", err)
	}
	if now := snapshot(t, p.target); !maps.Equal(before, now) {
		t.Error("the report is broken, and the target changed")
	}
}

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
}

func TestTargetsThatAreRefused(t *testing.T) {
	p := newPress(t)
	strange := t.TempDir()
	if err := os.WriteFile(filepath.Join(strange, "index.html"), []byte("somebody's"), 0o644); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(p.dir, link); err != nil {
		t.Skip("no links here:", err)
	}
	for target, want := range map[string]string{
		p.dir:                                "thư mục chương trình",
		filepath.Dir(p.dir):                  "thư mục chương trình",
		filepath.Join(p.dir, "data", "web"):  "nằm trong data/",
		filepath.Join(link, "reports"):       "nằm trong reports/",
		filepath.Join(p.dir, ".tongket"):     "nằm trong .tongket/",
		strange:                              "tệp khác (“index.html”)",
		filepath.Join(strange, "index.html"): "tệp khác (“index.html”)",
		filepath.Join(p.dir, "no", "share"):  "Không thấy nơi công bố",
	} {
		o := p.order()
		o.Target = target
		if _, err := edition.Publish(t.Context(), o); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", target, err)
		}
	}
	if text, err := os.ReadFile(filepath.Join(strange, "index.html")); err != nil || string(text) != "somebody's" {
		t.Errorf("the foreign file reads %q, %v", text, err)
	}
	p.target = filepath.Join(p.dir, "web") // beside the programme's parts is no harm
	p.publish(t)
	if err := os.WriteFile(filepath.Join(p.target, "current.json"), []byte("{"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := edition.Publish(t.Context(), p.order()); err == nil || !strings.Contains(err.Error(), "Không đọc được") {
		t.Errorf("a broken pointer: %v", err)
	}
}

// TestNoLink: a folder has the name of the link, as where somebody copied a
// site to a disk without links.
func TestNoLink(t *testing.T) {
	p := newPress(t)
	p.publish(t)
	if err := errors.Join(os.Remove(filepath.Join(p.target, "current")), os.MkdirAll(filepath.Join(p.target, "current", "x"), 0o755)); err != nil {
		t.Fatal(err)
	}
	p.report(t, 120)
	done := p.publish(t)
	if done.Linked || !done.Made || !strings.Contains(p.read(t, "index.html"), done.Edition) {
		t.Errorf("without a link: %+v", done)
	}
	if _, err := os.Stat(filepath.Join(p.target, "current", "x")); err != nil {
		t.Error("the folder was touched:", err)
	}
	if err := os.RemoveAll(filepath.Join(p.target, "current")); err != nil {
		t.Fatal(err)
	}
	if done := p.publish(t); !done.Linked || p.shown(t) != done.Edition {
		t.Errorf("the link is not put right: %+v", done)
	}
}

// TestBrokenOff leaves a target as a job does that was killed, at each step.
func TestBrokenOff(t *testing.T) {
	p := newPress(t)
	p.publish(t)
	before := copied(t, p.target)
	p.report(t, 130)
	second := p.publish(t)
	after := copied(t, p.target)
	steps := []string{"assets", "editions.html", "feed.xml", "current.json", "current", "index.html"}
	for done := range len(steps) {
		p.target = copied(t, before)
		restore(t, filepath.Join(after, "editions", second.Edition), filepath.Join(p.target, "editions", second.Edition))
		for _, step := range steps[:done] {
			restore(t, filepath.Join(after, step), filepath.Join(p.target, step))
		}
		flipped := slices.Contains(steps[:done], "current.json")
		result := p.publish(t)
		if result.Made || result.Edition != second.Edition || (result.Resumed == second.Edition) == flipped {
			t.Errorf("after %v: %+v", steps[:done], result)
		}
		if now, want := relative(snapshot(t, p.target), p.target), relative(snapshot(t, after), after); !maps.Equal(now, want) {
			t.Errorf("after %v: the target is not what it would have been", steps[:done])
		}
	}

	// A return that was broken off is completed, and goes no further.
	p.target = copied(t, after)
	restore(t, filepath.Join(before, "index.html"), filepath.Join(p.target, "index.html"))
	if done := p.back(t, ""); !done.Resumed || done.Edition != second.Edition || p.shown(t) != second.Edition {
		t.Errorf("a flip that was broken off: %+v", done)
	}

	// What is not whole never becomes current.
	p.target = copied(t, before)
	restore(t, filepath.Join(after, "editions", second.Edition), filepath.Join(p.target, "editions", second.Edition))
	if err := os.Truncate(filepath.Join(p.target, "editions", second.Edition, "index.html"), 7); err != nil {
		t.Fatal(err)
	}
	third := p.publish(t)
	if !third.Made || third.Resumed != "" || third.Edition != "2026-11-22-2" || len(p.editions(t)) != 2 {
		t.Errorf("after a broken edition: %+v", third)
	}
	if now, want := relative(snapshot(t, p.target), p.target), relative(snapshot(t, after), after); !maps.Equal(now, want) {
		t.Error("after a broken edition the target is not what it would have been")
	}
}

func relative(files map[string]string, dir string) map[string]string {
	out := map[string]string{}
	for path, text := range files {
		out[strings.TrimPrefix(path, dir)] = text
	}
	return out
}

// copied is a copy of a folder, links and all.
func copied(t testing.TB, dir string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "copy")
	restore(t, dir, to)
	return to
}

func restore(t testing.TB, from, to string) {
	t.Helper()
	if err := os.RemoveAll(to); err != nil {
		t.Fatal(err)
	}
	if link, err := os.Readlink(from); err == nil {
		if err := os.Symlink(link, to); err != nil {
			t.Fatal(err)
		}
		return
	}
	err := filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		at := filepath.Join(to, rel)
		switch {
		case d.IsDir():
			return os.MkdirAll(at, 0o755)
		case d.Type()&fs.ModeSymlink != 0:
			link, err := os.Readlink(path)
			return errors.Join(err, os.Symlink(link, at))
		}
		text, err := os.ReadFile(path)
		return errors.Join(err, os.WriteFile(at, text, 0o644))
	})
	if err != nil {
		t.Fatal(err)
	}
}

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
	tab.forget()
	tab.look(t, under+"index.html", 1280, "light")
	tab.quiet(t, "index.html", under)

	// The way in leads on by itself, from a disk too, and the list opens.
	target := (&url.URL{Scheme: "file", Path: filepath.ToSlash(p.target) + "/"}).String()
	tab.run(t, chromedp.Navigate(target+"index.html"), chromedp.WaitVisible(chromedp.CSS("figure.chart")))
	if got, want := ask[string](t, tab, "location.href"), target+"editions/"+done.Edition+"/index.html"; got != want {
		t.Errorf("the way in leads to %s, want %s", got, want)
	}
	tab.forget()
	tab.look(t, target+"editions.html", 390, "dark")
	if wide := ask[float64](t, tab, "document.documentElement.scrollWidth - innerWidth"); wide > 0 {
		t.Errorf("the list is %v px wider than a phone", wide)
	}
	tab.quiet(t, "editions.html", target)
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
	if err := edition.Zip(was, "..", filepath.Join(t.TempDir(), "x.zip")); err == nil {
		t.Error("what is no edition was packed")
	}
}
