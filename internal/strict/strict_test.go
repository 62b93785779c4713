package strict

import (
	"strings"
	"testing"
)

func TestFaultsComeAtOnceWithTheirLines(t *testing.T) {
	text := "title: x\ntitel: y\ncount: many\nlist: no\ntitle: z\n"
	d, root := Parse("a.yaml", 10, []byte(text))
	var list []string
	d.Map(root, Keys{
		"title": func(n Node) { d.Text(n) },
		"count": func(n Node) { d.Whole(n) },
		"list":  func(n Node) { d.List(n, func(n Node) { list = append(list, d.Text(n)) }) },
	}, "title", "name")
	want := []string{
		`a.yaml:12: unknown key "titel"; did you mean "title"?`,
		`a.yaml:13: expected a number, found "many"`,
		`a.yaml:14: expected a list, found "no"`,
		`a.yaml:15: key "title" stands twice`,
		`a.yaml:11: no "name"`,
	}
	got := d.Err().Error()
	for _, w := range want {
		if !strings.Contains(got, w) {
			t.Errorf("no %q in:\n%s", w, got)
		}
	}
}

func TestBrokenYAMLNamesTheLine(t *testing.T) {
	d, _ := Parse("a.yaml", 0, []byte("a: 1\nb: [1, 2\nc: 3\n"))
	if err := d.Err(); err == nil || !strings.HasPrefix(err.Error(), "a.yaml:") {
		t.Errorf("broken list: %v", err)
	}
}

func TestValuesAsGoHasThem(t *testing.T) {
	d, root := Parse("a.yaml", 0, []byte("a: 1\nb: 0.5\nc: chữ\nd: true\ne: [1, x]\nf: {g: \"2\"}\nh:\n"))
	got, _ := d.Any(root).(map[string]any)
	if d.Err() != nil || got["a"] != int64(1) || got["b"] != 0.5 || got["c"] != "chữ" || got["d"] != true || got["h"] != nil {
		t.Errorf("got %#v, %v", got, d.Err())
	}
	if list, _ := got["e"].([]any); len(list) != 2 || list[0] != int64(1) || list[1] != "x" {
		t.Errorf("list: %#v", got["e"])
	}
	if m, _ := got["f"].(map[string]any); m["g"] != "2" {
		t.Errorf("map: %#v", got["f"])
	}
}

func FuzzParse(f *testing.F) {
	f.Add("a: {b: [1, ~]}\n")
	f.Add("? x\n: y\n")
	f.Add("a: &x 1\nb: *x\n")
	f.Fuzz(func(t *testing.T, text string) {
		d, root := Parse("a.yaml", 0, []byte(text))
		d.Any(root)
		d.Map(root, Keys{"a": func(n Node) { d.Text(n) }})
	})
}
