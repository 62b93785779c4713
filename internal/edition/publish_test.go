package edition_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

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
