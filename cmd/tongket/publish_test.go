package main

import (
	"encoding/json"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// publishing adds a target to a programme and returns it.
func publishing(t testing.TB, dir string) string {
	t.Helper()
	target := filepath.Join(dir, "web")
	settings, err := os.ReadFile(filepath.Join(dir, "tongket.yaml"))
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "tongket.yaml"), append(settings, "publish: {target: web, keep: 3}\n"...), 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	return target
}

// TestPublishKilled kills publish, and now and then rollback, at many moments.
// Readers always find a whole edition, the next run completes, and nothing is
// left over.
func TestPublishKilled(t *testing.T) {
	t.Parallel() // most of the time is spent waiting for disks and starts
	kills := 200
	if testing.Short() {
		kills = 20
	}
	random := rand.New(rand.NewPCG(5, 6))
	dir := killProgramme(t)
	target := publishing(t, dir)
	timed(t, dir, "load")
	for i := range 5 { // into a folder that is new
		interrupt(t, dir, time.Duration(random.Int64N(int64(time.Second))), "publish")
		led(t, target, i)
	}
	timed(t, dir, "publish")
	full := timed(t, dir, "publish", "--again")
	writing := time.Duration(0)
	for writing == 0 {
		writing = struck(t, dir, target, time.Minute) // to its end
	}
	back := timed(t, dir, "rollback")
	broken := 0
	for i := range kills {
		switch i % 10 {
		case 9:
			interrupt(t, dir, time.Duration(random.Int64N(int64(back))), "rollback")
		case 8:
			interrupt(t, dir, time.Duration(random.Int64N(int64(full))), "publish", "--again")
		default:
			struck(t, dir, target, time.Duration(random.Int64N(int64(writing))))
		}
		if led(t, target, i) == "" {
			t.Fatalf("kill %d: there is no way in", i)
		}
		if left := leftovers(t, target); len(left) > 0 {
			broken++
		}
		if i%4 == 3 {
			timed(t, dir, "publish", "--again")
			led(t, target, i)
			if left := leftovers(t, target); len(left) > 0 {
				t.Errorf("kill %d: left over: %v", i, left)
			}
		}
	}
	t.Logf("%d of %d kills left something to be swept", broken, kills)
	if broken == 0 {
		t.Errorf("none of %d kills came in the middle", kills)
	}
	timed(t, dir, "publish", "--again")
	if left := leftovers(t, target); len(left) > 0 {
		t.Errorf("left over: %v", left)
	}
	entries, err := os.ReadDir(filepath.Join(target, "editions"))
	if err != nil || len(entries) > 6 { // three, and those that were taken back to
		t.Errorf("%d editions are kept, %v", len(entries), err)
	}
}

// struck publishes and kills that a while after the target was first written
// to. It returns how long the writing lasted; 0 when it was not seen.
func struck(t testing.TB, dir, target string, after time.Duration) time.Duration {
	t.Helper()
	before := leftovers(t, target)
	c := exec.Command("tongket", "-C", dir, "publish", "--again")
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- c.Wait() }()
	for slices.Equal(before, leftovers(t, target)) {
		select {
		case <-ended: // it was not seen to write: others kept the processor busy
			return 0
		default:
		}
	}
	begun := time.Now()
	select {
	case <-ended:
	case <-time.After(after):
		_ = c.Process.Kill() // or it has just ended
		<-ended
	}
	return time.Since(begun)
}

// led checks that the ways in lead to whole editions, and returns the one of
// index.html; it is empty when there is none yet.
func led(t testing.TB, target string, kill int) string {
	t.Helper()
	var pointer struct{ Edition string }
	text, err := os.ReadFile(filepath.Join(target, "current.json"))
	if err == nil {
		err = json.Unmarshal(text, &pointer)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("kill %d: %v", kill, err)
	}
	if pointer.Edition != "" {
		standing(t, filepath.Join(target, "editions", pointer.Edition), kill)
	}
	text, err = os.ReadFile(filepath.Join(target, "index.html"))
	if errors.Is(err, fs.ErrNotExist) {
		return ""
	}
	to := regexp.MustCompile(`url=editions/([0-9-]+)/index\.html"`).FindSubmatch(text)
	if to == nil || !strings.HasSuffix(string(text), "</html>\n") {
		t.Fatalf("kill %d: index.html reads %q, %v", kill, text, err)
	}
	if id := string(to[1]); id != pointer.Edition {
		standing(t, filepath.Join(target, "editions", id), kill)
	}
	if link, err := os.Readlink(filepath.Join(target, "current")); err == nil {
		if _, err := os.Stat(filepath.Join(target, link, "manifest.json")); err != nil {
			t.Errorf("kill %d: current leads nowhere: %v", kill, err)
		}
	}
	return string(to[1])
}

// leftovers are the entries of a target that no finished job leaves there.
func leftovers(t testing.TB, target string) (left []string) {
	t.Helper()
	ours := []string{".publish.lock", "assets", "current", "current.json", "editions", "editions.html", "feed.xml", "index.html"}
	for _, part := range []string{"", "editions", "assets"} {
		entries, err := os.ReadDir(filepath.Join(target, part))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if strings.HasPrefix(e.Name(), ".") && e.Name() != ours[0] || part == "" && !slices.Contains(ours, e.Name()) {
				left = append(left, filepath.Join(part, e.Name()))
			}
		}
	}
	return left
}

// BenchmarkPublish publishes ten thousand files, and copies them as cp does.
// The warehouse was read and the pages were drawn before: what is measured is
// what is done each time.
func BenchmarkPublish(b *testing.B) {
	tongket, dir := binary(b), b.TempDir()
	put := func(name, text string) {
		path := filepath.Join(dir, filepath.FromSlash(name))
		must(b, os.MkdirAll(filepath.Dir(path), 0o755))
		must(b, os.WriteFile(path, []byte(text), 0o644))
	}
	put("tongket.yaml", "title: Bench\nlang: en\npublish: {target: web, keep: 2}\n")
	put("data/datapackage.yaml", killContract)
	put("data/units.csv", "code,name\nU,Unit\n")
	put("queries/pages.sql", "-- title: Pages\n-- columns:\n--   n: {title: Number, format: integer}\nSELECT range AS n FROM range(10000)\n")
	put("reports/page.md", "---\ntitle: Page {{ .n }}\nfor_each: pages\npath: p/{{ .n }}\n---\nThis is page {{ .n }}.\n")
	put("reports/index.md", "---\ntitle: Bench\n---\nTen thousand pages.\n")
	execute(b, tongket, "-C", dir, "load")
	execute(b, tongket, "-C", dir, "publish")
	var publish, unchanged, copied []process
	for b.Loop() {
		for i := range 3 {
			publish = append(publish, execute(b, tongket, "-C", dir, "publish", "--again"))
			unchanged = append(unchanged, execute(b, tongket, "-C", dir, "publish"))
			to := filepath.Join(dir, "copy"+string(rune('a'+i)))
			copied = append(copied, execute(b, "cp", "-r", filepath.Join(dir, "web", "current")+"/.", to))
			must(b, os.RemoveAll(to))
		}
	}
	x, y, z := middle(publish), middle(copied), middle(unchanged)
	b.ReportMetric(x.wall.Seconds(), "publish-s")
	b.ReportMetric(y.wall.Seconds(), "cp-s")
	b.ReportMetric(x.wall.Seconds()/y.wall.Seconds(), "publish/cp")
	b.ReportMetric(z.wall.Seconds(), "unchanged-s")
	b.ReportMetric(x.peak, "peak-MB")
	b.ReportMetric(0, "ns/op")
}

// publishOn publishes on a small disk that gets full; what readers see stays.
func publishOn(t *testing.T, disk string) {
	dir := killProgramme(t)
	target := publishing(t, dir)
	timed(t, dir, "load")
	place := filepath.Join(disk, "web")
	timed(t, dir, "publish", "--to", place)
	shown := led(t, place, 0)
	seen := 0
	for i, room := range []int64{0, 16 << 10, 256 << 10, 512 << 10, 1 << 20} {
		release := fill(t, disk, room)
		said, err := exec.Command("tongket", "-C", dir, "publish", "--again", "--to", place).CombinedOutput()
		if err != nil {
			seen++
			about(t, "publish", string(said), "no space left")
			if now := led(t, place, i); now != shown {
				t.Errorf("with %d bytes of room readers are led to %s", room, now)
			}
		}
		release()
		shown = led(t, place, i)
	}
	if seen < 2 {
		t.Errorf("the disk was full %d times only", seen)
	}
	timed(t, dir, "publish", "--again", "--to", place)
	if left := leftovers(t, place); len(left) > 0 {
		t.Errorf("left over: %v", left)
	}
	if _, err := os.Stat(target); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the target of the settings was made: %v", err)
	}
}
