package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"tongket/internal/report"
)

// walls are the arrows of the house: what each package may import of ours.
// They run one way; writers never import each other.
var walls = map[string][]string{
	"tongket":             {},
	"cmd/tongket":         {"internal/answer", "internal/charset", "internal/chart", "internal/contract", "internal/edition", "internal/intake", "internal/lock", "internal/machine", "internal/mcp", "internal/preview", "internal/prompt", "internal/register", "internal/report", "internal/schedule", "internal/starter", "internal/warehouse", "internal/xlsx", "templates"},
	"cmd/tongket-sample":  {"internal/sample"},
	"cmd/tongket-release": {},
	"internal/preview":    {"internal/contract", "internal/edition", "internal/report"},
	"internal/edition":    {"internal/author", "internal/chart", "internal/contract", "internal/docx", "internal/html", "internal/lock", "internal/pdf", "internal/report", "internal/warehouse", "internal/xlsx"},
	"internal/answer":     {"internal/report"},
	"internal/author":     {"internal/report", "internal/strict"},
	"internal/chart":      {"internal/report"},
	"internal/html":       {"internal/cell", "internal/report"},
	"internal/pdf":        {"internal/decree", "internal/ink", "internal/report"},
	"internal/docx":       {"internal/decree", "internal/ink", "internal/report"},
	"internal/xlsx":       {"internal/decree", "internal/ink", "internal/report"},
	"internal/decree":     {"internal/ink", "internal/report"},
	"internal/ink":        {"internal/report"},
	"internal/warehouse":  {"internal/contract", "internal/intake", "internal/lock", "internal/register", "internal/report", "internal/strict"},
	"internal/intake":     {"internal/cell", "internal/charset", "internal/contract", "internal/register", "internal/report", "internal/workbook"},
	"internal/cell":       {},
	"internal/prompt":     {},
	"internal/mcp":        {"internal/answer", "internal/edition", "internal/register", "internal/report", "internal/warehouse"},
	"internal/lock":       {},
	"internal/look":       {}, // what tests look with
	"internal/machine":    {},
	"internal/schedule":   {},
	"internal/charset":    {},
	"internal/register":   {},
	"internal/workbook":   {},
	"internal/contract":   {"internal/report", "internal/strict"},
	"internal/strict":     {"internal/report"},
	"internal/report":     {},
	"internal/sample":     {},
	"internal/starter":    {"internal/cell", "internal/contract", "internal/intake", "internal/register", "internal/report"},
	"templates":           {},
}

// doors are the packages through which a foreign library comes in.
var doors = map[string][]string{
	"github.com/duckdb/":               {"internal/warehouse"},
	"github.com/yuin/goldmark":         {"internal/author"},
	"github.com/goccy/go-yaml":         {"internal/strict", "internal/author"},
	"github.com/go-echarts/go-echarts": {"internal/chart"},
	"modernc.org/":                     {"internal/chart"},
	"codeberg.org/go-pdf/":             {"internal/pdf"},
	"github.com/xuri/":                 {"internal/xlsx"},
	"golang.org/x/image":               {"internal/ink"},
	"github.com/spf13/":                {"cmd/tongket"},
	"github.com/adhocore/gronx":        {"internal/schedule"},
	"github.com/peterh/liner":          {"internal/prompt"},
	"github.com/modelcontextprotocol/": {"internal/mcp"},
	"github.com/chromedp/":             {"internal/look"},
}

func TestWalls(t *testing.T) {
	list := exec.Command("go", "list", "-f", `{{.ImportPath}}{{range .Imports}} {{.}}{{end}}`, "tongket/...")
	list.Stderr = os.Stderr
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, line := range strings.Split(strings.TrimSpace(string(out)), "\n") {
		words := strings.Fields(line)
		room := strings.TrimPrefix(words[0], "tongket/")
		allowed, known := walls[room]
		if !known {
			t.Errorf("%s has no place in the house; give it one in walls", room)
			continue
		}
		seen++
		for _, path := range words[1:] {
			own, ours := strings.CutPrefix(path, "tongket/")
			if ours && !slices.Contains(allowed, own) {
				t.Errorf("%s imports %s", room, own)
			}
			if room == "internal/report" && strings.Contains(path, ".") {
				t.Errorf("the vocabulary imports %s", path)
			}
			for library, rooms := range doors {
				if strings.HasPrefix(path, library) && !slices.Contains(rooms, room) {
					t.Errorf("%s comes in through %s; its door is %v", path, room, rooms)
				}
			}
		}
	}
	if seen != len(walls) {
		t.Errorf("%d of %d rooms found", seen, len(walls))
	}
}

var (
	said = regexp.MustCompile(`(?:\bSay\(|\bsay\(|\bsay )"([a-z_]+(?:\.[a-z_0-9]+)+)"`)
	refs = regexp.MustCompile(`\{[a-z_0-9]+\}`)
)

// TestCatalogs: the languages say the same things, with the same places to
// fill, and whatever the program says is in them.
func TestCatalogs(t *testing.T) {
	vi, en := catalog(t, "vi"), catalog(t, "en")
	for key, phrase := range vi {
		other, ok := en[key]
		if !ok {
			t.Errorf("en.json lacks %q", key)
			continue
		}
		a, b := refs.FindAllString(phrase, -1), refs.FindAllString(other, -1)
		slices.Sort(a)
		slices.Sort(b)
		if key != "lang" && !strings.HasPrefix(key, "period.") && !slices.Equal(slices.Compact(a), slices.Compact(b)) {
			t.Errorf("%q fills %v in vi and %v in en", key, a, b)
		}
	}
	for key := range en {
		if _, ok := vi[key]; !ok {
			t.Errorf("vi.json lacks %q", key)
		}
	}
	for _, pattern := range []string{"../../internal/*/*.go", "../../cmd/*/*.go", "../../templates/*.gohtml"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %d files, %v", pattern, len(files), err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			for _, m := range said.FindAllStringSubmatch(string(text), -1) {
				if vi[m[1]] == "" {
					t.Errorf("%s says %q, which no catalog holds", file, m[1])
				}
			}
		}
	}
}

func catalog(t *testing.T, lang string) map[string]string {
	t.Helper()
	text, err := os.ReadFile("../../templates/lang/" + lang + ".json")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	if err := json.Unmarshal(text, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestReadme: every command shown is told in a script, and every format, chart
// type and constraint has its word.
func TestReadme(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	readme := string(text)
	scripts := ""
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		script, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		scripts += string(script)
	}
	for _, m := range regexp.MustCompile(`(?m)^bin/(tongket [a-z]+)`).FindAllStringSubmatch(readme, -1) {
		if !strings.Contains(scripts, "exec "+m[1]) {
			t.Errorf("no script runs %q", m[1])
		}
	}
	makefile, err := os.ReadFile("../../Makefile")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`(?m)^make ([a-z]+)`).FindAllStringSubmatch(readme, -1) {
		if !strings.Contains(string(makefile), "\n"+m[1]+":") {
			t.Errorf("no target %q", m[1])
		}
	}
	for _, f := range report.Formats {
		if !strings.Contains(readme, "`"+string(f)+"`") {
			t.Errorf("the format %q is not explained", f)
		}
	}
	for _, word := range []string{"names", "rules", "aliases", "unit", "decimals", "scale", "cumulative", "period", "shortRows", "delimiter",
		"figures", "chart", "table", "notice", "annex", "page_break", "signature", "for_each", "params", "severity", "bar", "link", "hidden", "total", "target", "keep", "url"} {
		if !regexp.MustCompile("`[^`]*\\b" + word + "\\b[^`]*`").MatchString(readme) {
			t.Errorf("%q is not explained", word)
		}
	}
}
