package author

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"tongket/internal/report"
)

// The report shown in the package's documentation works.
func TestDocExample(t *testing.T) {
	_, example, _ := strings.Cut(docText(t), "A report looks like this:\n\n")
	example, _, _ = strings.Cut(example, "\n# Front matter")
	reports, err := Parse(fstest.MapFS{"index.md": {Data: []byte(strings.ReplaceAll(example, "\t", ""))}}, "reports")
	if err != nil {
		t.Fatal(err)
	}
	c := context(t)
	c.Query = func(name string, _ map[string]string) (*report.Table, error) {
		if name == "progress_total" {
			return tables()["total"], nil
		}
		departments := tables()["units"]
		departments.Name = name
		departments.Columns[4].Name = "remaining_m"
		return departments, nil
	}
	docs, broken := All(reports, c)
	if err := Faults(broken); err != nil {
		t.Fatal(err)
	}
	if len(docs) != 1 || shape(docs[0].Blocks) != "heading paragraph styled table cell cell cell cell cell cell other " {
		t.Errorf("got %s", shape(docs[0].Blocks))
	}
}

// Every key, function and block is in the package's documentation.
func TestDocIsWhole(t *testing.T) {
	names := slices.Concat(blockNames, paperTexts, paperLists)
	for name := range (&run{}).functions() {
		names = append(names, name)
	}
	for _, file := range []string{"front.go", "blocks.go", "charts.go", "figures.go"} {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		asked := regexp.MustCompile(`(?:y\.(?:text|texts|name|names|word|words|flag|count|integer|list|pairs|has)|phrase)\("(\w+)"`).FindAllStringSubmatch(string(source), -1)
		if len(asked) == 0 {
			t.Errorf("%s asks for no key", file)
		}
		for _, m := range asked {
			names = append(names, m[1])
		}
	}
	doc := docText(t)
	for _, name := range names {
		if !regexp.MustCompile(`\b` + name + `\b`).MatchString(doc) {
			t.Errorf("%s is not documented", name)
		}
	}
}

// docText returns the package's doc comment without its slashes.
func docText(t *testing.T) string {
	source, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, line := range strings.Split(string(source), "\n") {
		if rest, ok := strings.CutPrefix(line, "//"); ok {
			b.WriteString(strings.TrimPrefix(rest, " ") + "\n")
		}
	}
	return b.String()
}

func TestStandalone(t *testing.T) {
	for in, want := range map[string]string{
		"a\n{{ if x }}\nb\n{{ end }}\nc":    "a\n{{ if x \n}}b\n{{ end \n}}c",
		"  {{ end }}{{ range y }}  \nz":     "{{ end }}{{ range y \n}}z",
		"{{/* x */}}\nz":                    "{{/* x \n*/}}z",
		"{{ $a := one \"}}\" }}\nz":         "{{ $a := one \"}}\" \n}}z",
		"{{- end }}\nz":                     "{{- end }}\nz",
		"{{ end -}}\nz":                     "{{ end -}}\nz",
		"{{ number 1 }}\nz":                 "{{ number 1 }}\nz",
		"{{ if x }}a{{ end }}\nz":           "{{ if x }}a{{ end }}\nz",
		"{{ if x }}{{ .a }}{{ end }}\nz":    "{{ if x }}{{ .a }}{{ end }}\nz",
		"{{ end }}":                         "{{ end }}",
		"{{ endless }}\n":                   "{{ endless }}\n",
		"{{ else if gt 1 2 }}\n{{ end }}\n": "{{ else if gt 1 2 \n}}{{ end \n}}",
	} {
		if got := standalone(in); got != want {
			t.Errorf("%q\n got %q\nwant %q", in, got, want)
		}
	}
}
