package edition_test

import (
	"errors"
	"html"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"tongket/internal/look"
)

// harm is what a file's name or a query may hold and a page must only show.
const harm = "<script>alert(1)<script>`${x}`"

const (
	hostileFile  = "progress/" + harm + " 2022-Q1.csv"
	hostileQuery = "-- title: \"</script><img src=x onerror=alert(1)>`${x}` {{ .x }}\"\n-- columns:\n--   a: {title: A, format: text}\nSELECT '</script><img src=x onerror=alert(2)>`${x}` ```' AS a\n-- \u202e {{ end }} </code></pre>"
	countQuery   = "-- title: Đếm lại\n-- columns:\n--   path: {title: Tệp}\n--   n: {title: Số dòng, format: integer}\nSELECT s.path, count(*) AS n FROM progress AS p JOIN submissions AS s ON s.id = p.submission GROUP BY s.path ORDER BY s.path"
)

// TestTrail follows numbers from the pages to the files and back.
func TestTrail(t *testing.T) {
	made := sampleWith(t, map[string][]byte{
		hostileFile:                []byte("Đơn vị,Kỳ báo cáo,Khối lượng tồn đọng,Khối lượng đã chỉnh lý\nSNV,2022-Q1,\"236,5\",\"236,5\"\n"),
		"../queries/hostile.sql":   []byte(hostileQuery),
		"../queries/recounted.sql": []byte(countQuery),
	})
	pages := made.pages(t)
	t.Run("every source leads to its trail", func(t *testing.T) { sourcesLead(t, pages) })
	t.Run("links", func(t *testing.T) { linked(t, pages) })
	t.Run("rows of files", func(t *testing.T) { recounted(t, made) })
	t.Run("lines of units", func(t *testing.T) { linesLead(t, made) })
	t.Run("the query as it is", func(t *testing.T) {
		text, err := os.ReadFile("../../queries/progress_total.sql")
		check(t, err)
		if got := shownCode(pages["nguon/progress_total.html"]); got != strings.TrimSpace(string(text)) {
			t.Errorf("the page shows\n%s", got)
		}
		if got, want := shownCode(pages["nguon/hostile.html"]), strings.ReplaceAll(hostileQuery, "\u202e", ""); got != want {
			t.Errorf("the page shows\n%s\nwant\n%s", got, want)
		}
	})
	t.Run("inert", func(t *testing.T) {
		b := newTab(t)
		for _, name := range []string{"nguon/hostile.html", "nguon/progress_over_time.html", "nguon-so-lieu.html", "don-vi/SNV.html"} {
			address := (&url.URL{Scheme: "file", Path: filepath.ToSlash(made.folder) + "/"}).String()
			b.look(t, address+name, 390, "dark")
			if n := look.Ask[int](t, b.Tab, `document.querySelectorAll("img, [onerror], main script:not([type])").length`); n != 0 {
				t.Errorf("%s: %d elements came out of values", name, n)
			}
			wanted := "`${x}`"
			if !look.Ask[bool](t, b.Tab, "document.querySelector('main').textContent.includes('"+wanted+"')") {
				t.Errorf("%s does not show the value as it is", name)
			}
			b.Quiet(t, name, address)
		}
	})
}

// shownCode is the text of a page's first block of code.
func shownCode(page string) string {
	_, code, _ := strings.Cut(page, "<pre")
	_, code, _ = strings.Cut(code, "<code>")
	code, _, _ = strings.Cut(code, "</code>")
	return html.UnescapeString(code)
}

// sourcesLead checks that the name in every source line is a link to the page
// of that query, but for the tests, which have none.
func sourcesLead(t *testing.T, pages map[string]string) {
	line := regexp.MustCompile(`<p class="source">.*?</p>`)
	link := regexp.MustCompile(`<a href="([^"]+)">([^<]+)</a>`)
	led := 0
	for name, page := range pages {
		for _, source := range line.FindAllString(page, -1) {
			m := link.FindStringSubmatch(source)
			if m == nil {
				if !strings.Contains(source, "tests") {
					t.Errorf("%s: %s leads nowhere", name, source)
				}
				continue
			}
			to := path.Join(path.Dir(name), m[1])
			if to != "nguon/"+m[2]+".html" || pages[to] == "" {
				t.Errorf("%s: %s leads to %s", name, m[2], to)
			}
			led++
		}
	}
	if led < len(pages) {
		t.Errorf("%d source lines on %d pages", led, len(pages))
	}
}

// recounted holds the rows told of each file against a count of the rows
// themselves.
func recounted(t *testing.T, made *edited) {
	counts := map[string]string{}
	for _, row := range records(t, []byte(strings.TrimPrefix(made.page(t, "data/recounted.csv"), "\ufeff"))) {
		counts[row["path"]] = row["n"]
	}
	seen := 0
	for _, row := range rows(t, made.page(t, "nguon/progress_over_time.html"), "trail_file_list") {
		if !strings.HasPrefix(row[0], "progress/") {
			continue
		}
		seen++
		if n := row[len(row)-1]; n != counts[row[0]] {
			t.Errorf("%s: %s rows on the page, %s in the warehouse", row[0], n, counts[row[0]])
		}
	}
	if seen != len(counts) || seen != 15 {
		t.Errorf("%d files on the page, %d in the warehouse", seen, len(counts))
	}
}

// linesLead reads the files back: each line that a unit's page tells is a
// line of that unit.
func linesLead(t *testing.T, made *edited) {
	place := regexp.MustCompile(`<a href="[^"]+">([^<]+\.csv)</a>: dòng ([0-9, –]+)[;.]`)
	led := 0
	for unit, name := range map[string]string{"SNV": "Nội vụ", "731": "Biên H", "STP": "Tư pháp"} {
		_, section, _ := strings.Cut(made.page(t, "don-vi/"+unit+".html"), `id="nguon-so-lieu"`)
		for _, m := range place.FindAllStringSubmatch(section, -1) {
			file := html.UnescapeString(m[1])
			found, err := filepath.Glob(filepath.Join(filepath.Dir(made.folder), "data", "*", "*.csv"))
			check(t, err)
			top, err := filepath.Glob(filepath.Join(filepath.Dir(made.folder), "data", "*.csv"))
			check(t, err)
			found = append(found, top...)
			at := slices.IndexFunc(found, func(name string) bool { return filepath.Base(name) == file })
			if at < 0 {
				t.Fatalf("%s: no file %s", unit, file)
			}
			text, err := os.ReadFile(found[at])
			check(t, err)
			lines := strings.Split(string(text), "\n")
			for span := range strings.SplitSeq(m[2], ", ") {
				from, to, more := strings.Cut(span, "–")
				if !more {
					to = from
				}
				first, err1 := strconv.Atoi(from)
				last, err2 := strconv.Atoi(to)
				check(t, errors.Join(err1, err2))
				for n := first; n <= last; n++ {
					cells := strings.FieldsFunc(lines[n-1], func(r rune) bool { return r == ';' || r == ',' })
					if !slices.Contains(cells, unit) && !strings.Contains(lines[n-1], name) {
						t.Errorf("%s, line %d is none of %s: %s", file, n, unit, lines[n-1])
					}
					led++
				}
			}
		}
	}
	if led < 3*13 {
		t.Errorf("%d lines are told", led)
	}
}
