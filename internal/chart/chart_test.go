package chart

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"tongket/internal/report"
)

// shapes is what a drawing is made of, for tests to look at.
type shapes struct {
	texts   []string
	told    []string       // what marks say of themselves
	linked  []string       // rows of marks that may lead to pages
	byClass map[string]int // elements of each class
	fills   map[string]int
}

// look reads a drawing and reports anything that has no place in one.
func look(t *testing.T, svg report.SVG) shapes {
	t.Helper()
	allowed := []string{"svg", "g", "path", "rect", "circle", "line", "polyline", "polygon", "text", "a", "title"}
	known := []string{"xmlns", "role", "width", "height", "viewBox", "font-family", "class", "d", "transform", "fill", "fill-opacity",
		"stroke", "stroke-width", "stroke-dasharray", "stroke-opacity", "stroke-linejoin", "stroke-linecap", "opacity",
		"x", "y", "rx", "cx", "cy", "r", "x1", "y1", "x2", "y2", "points", "text-anchor", "dominant-baseline", "font-size", "font-weight", "data-row", "fill-rule"}
	s := shapes{byClass: map[string]int{}, fills: map[string]int{}}
	d, title := xml.NewDecoder(bytes.NewReader(svg.Markup)), false
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("%v in %s", err, svg.Markup)
		}
		switch e := token.(type) {
		case xml.StartElement:
			if !slices.Contains(allowed, e.Name.Local) {
				t.Errorf("element <%s>", e.Name.Local)
			}
			for _, a := range e.Attr {
				if !slices.Contains(known, a.Name.Local) {
					t.Errorf("attribute %s of <%s>", a.Name.Local, e.Name.Local)
				}
				if strings.Contains(a.Value, "NaN") || strings.Contains(a.Value, "url(") || strings.HasPrefix(a.Value, "@") {
					t.Errorf("%s=%q", a.Name.Local, a.Value)
				}
				switch a.Name.Local {
				case "class":
					for _, c := range strings.Fields(a.Value) {
						s.byClass[c]++
					}
				case "fill":
					s.fills[a.Value]++
				case "data-row":
					if e.Name.Local == "a" {
						s.linked = append(s.linked, a.Value)
					}
				}
			}
			title = e.Name.Local == "title"
			if e.Name.Local == "text" {
				s.texts = append(s.texts, "")
			}
		case xml.CharData:
			if title {
				s.told = append(s.told, string(e))
			} else if len(s.texts) > 0 {
				s.texts[len(s.texts)-1] += string(e)
			}
		}
	}
	return s
}

func (s shapes) has(text string) bool { return slices.Contains(s.texts, text) }

func draw(t *testing.T, r *Renderer, c *report.Chart) {
	t.Helper()
	if err := Check(c.Spec, c.Table); err != nil {
		t.Fatal(err)
	}
	if err := r.Draw(c); err != nil {
		t.Fatal(err)
	}
}

func TestBarsStandForRows(t *testing.T) {
	r := renderer(t, 1, "vi")
	c := ranked()
	draw(t, r, c)
	s := look(t, c.Drawing.Screen)
	// One bar a row that has a value above zero, and one box in the legend.
	for class, want := range map[string]int{"f-status-done": 1 + 1, "f-status-on-track": 4 + 1, "f-status-behind": 5 + 1, "f-status-not-started": 0 + 1, "f-status-no-report": 0 + 1} {
		if s.byClass[class] != want {
			t.Errorf("%s: %d elements, want %d", class, s.byClass[class], want)
		}
	}
	for _, text := range []string{"Sở Nội vụ", "98,2%", "Hoàn thành", "Chưa báo cáo", "100%", "Sở Lao động - Thương binh và Xã hội"} {
		if !s.has(text) {
			t.Errorf("no text %q in %q", text, s.texts)
		}
	}
	paper := look(t, c.Drawing.Paper)
	if len(paper.byClass) > 0 {
		t.Errorf("classes on paper: %v", paper.byClass)
	}
	if c.Drawing.Screen.Width != ScreenWidth || c.Drawing.Paper.Width != PaperWidth {
		t.Errorf("widths %v and %v", c.Drawing.Screen.Width, c.Drawing.Paper.Width)
	}
}

func TestEveryKind(t *testing.T) {
	r := renderer(t, 1, "vi")
	area := several("area")
	area.Spec.Stack = true
	negative := planned(false)
	negative.Table.Rows[2][1] = -300.0
	single := course("line")
	single.Table.Rows = single.Table.Rows[:1]
	gaps := course("line")
	gaps.Table.Rows[3][1], gaps.Table.Rows[12][1] = nil, nil
	for name, test := range map[string]struct {
		chart *report.Chart
		texts []string
	}{
		"line":        {course("line"), []string{"IV/2018", "IV/2021", "30.000", "mét", "Đã chỉnh lý", "Kế hoạch", "22.843,2"}},
		"lines":       {several("line"), []string{"2018", "2021", "hồ sơ"}},
		"columns":     {several("bar"), []string{"2019", "25.000"}},
		"area":        {area, []string{"60.000"}},
		"stacked":     {stacked(), []string{"1.500", "Còn tồn đọng"}},
		"money":       {money(), []string{"tỷ đồng", "12,3"}},
		"scatter":     {cloud(), []string{"Đã chỉnh lý (mét)", "Kinh phí (tỷ đồng)"}},
		"plan across": {planned(true), []string{"Kế hoạch", "1.000"}},
		"plan up":     {planned(false), []string{"Kế hoạch", "1.000"}},
		"negative":    {negative, []string{"-500"}},
		"bullet":      {bullet(), []string{"Kế hoạch", "Sở Nội vụ", "1.000"}},
		"by":          {multiples("line"), []string{"Biên Hòa", "Long Khánh", "Xuân Lộc", "IV/2018", "II/2019", "mét", "Kế hoạch"}},
		"by, bars":    {multiples("bar"), []string{"Biên Hòa", "Xuân Lộc"}},
		"by, areas":   {multiples("area"), []string{"Biên Hòa", "Xuân Lộc"}},
		"one period":  {single, []string{"IV/2018", "1.200,0"}},
		"gaps":        {gaps, []string{"IV/2021"}},
	} {
		t.Run(name, func(t *testing.T) {
			draw(t, r, test.chart)
			for _, svg := range []report.SVG{test.chart.Drawing.Screen, test.chart.Drawing.Paper} {
				s := look(t, svg)
				for _, text := range test.texts {
					if !s.has(text) {
						t.Errorf("no text %q in %q", text, s.texts)
					}
				}
			}
			if strings.Contains(test.chart.Sentence, "⟦") {
				t.Errorf("sentence %q", test.chart.Sentence)
			}
		})
	}
}

// Small pictures share one scale: the axis is written once a line, and equal
// values are equally high.
func TestSmallMultiplesShareAScale(t *testing.T) {
	r := renderer(t, 1, "vi")
	c := multiples("bar")
	draw(t, r, c)
	var option struct {
		Series  []struct{ Data []*float64 }
		Tongket struct {
			Panels []string
			Labels []string
			Series []struct{ Panel int }
		}
	}
	if err := json.Unmarshal(c.Drawing.Option, &option); err != nil {
		t.Fatal(err)
	}
	if got := option.Tongket.Panels; !slices.Equal(got, []string{"Biên Hòa", "Long Khánh", "Xuân Lộc"}) {
		t.Errorf("panels %q", got)
	}
	if got := option.Tongket.Labels; !slices.Equal(got, []string{"IV/2018", "I/2019", "II/2019"}) {
		t.Errorf("labels %q", got)
	}
	if len(option.Series) != 6 || option.Tongket.Series[5].Panel != 2 {
		t.Fatalf("%d series", len(option.Series))
	}
	if got := option.Series[2].Data[1]; got != nil {
		t.Errorf("the period that Long Khánh left out has %v", *got)
	}
	s := look(t, c.Drawing.Screen)
	zeros := 0
	for _, text := range s.texts {
		if text == "0" {
			zeros++
		}
	}
	if zeros != 1 {
		t.Errorf("%d axes are labelled in one line of pictures", zeros)
	}
	if want := "Đã chỉnh lý đến kỳ gần nhất: cao nhất: Xuân Lộc (90,0 mét); thấp nhất: Long Khánh (20,0 mét)"; !strings.HasPrefix(c.Sentence, want) {
		t.Errorf("sentence %q, not %q", c.Sentence, want)
	}
}

func TestEnglishChart(t *testing.T) {
	r := renderer(t, 1, "en")
	c := money()
	draw(t, r, c)
	if s := look(t, c.Drawing.Screen); !s.has("billion đồng") || !s.has("12.3") {
		t.Errorf("texts %q", s.texts)
	}
}

func TestSameInputSameBytes(t *testing.T) {
	kinds := []func() *report.Chart{ranked, stacked, func() *report.Chart { return course("line") }, money, cloud, func() *report.Chart { return planned(true) }}
	// The second renderer draws them in another order, on two engines at once:
	// what an engine drew before must not show.
	first, second := renderer(t, 1, "vi"), renderer(t, 2, "vi")
	var wait sync.WaitGroup
	again := make([]*report.Chart, len(kinds))
	for i := len(kinds) - 1; i >= 0; i-- {
		again[i] = kinds[i]()
		wait.Go(func() {
			if err := second.Draw(again[i]); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	for i, kind := range kinds {
		c := kind()
		draw(t, first, c)
		if !bytes.Equal(c.Drawing.Option, again[i].Drawing.Option) ||
			!bytes.Equal(c.Drawing.Screen.Markup, again[i].Drawing.Screen.Markup) ||
			!bytes.Equal(c.Drawing.Paper.Markup, again[i].Drawing.Paper.Markup) {
			t.Errorf("chart %d differs between two renderers", i)
		}
	}
}

func TestHostileValues(t *testing.T) {
	r := renderer(t, 1, "vi")
	c := ranked()
	hostile := []string{
		"</script><script>alert(1)</script>", strings.Repeat("Rất dài ", 60), "👩‍👩‍👧 🇻🇳 gia đình", "a\x00b\x1f\x7f\u202ec\u2028d\nđ",
		"\xff\xfe not text", "@series1", "{a|b} ${x} {c}", "constructor", "<svg onload=alert(1)>&amp;", "__proto__", "", "'\"`",
	}
	for i, name := range hostile {
		c.Table.Rows[i][0] = name
	}
	c.Table.Columns[1].Title = hostile[0]
	draw(t, r, c)
	if !json.Valid(c.Drawing.Option) {
		t.Fatal("option is not JSON")
	}
	if i := bytes.IndexAny(c.Drawing.Option, "<>&"); i >= 0 {
		t.Errorf("option holds %q", c.Drawing.Option[i])
	}
	s := look(t, c.Drawing.Screen)
	look(t, c.Drawing.Paper)
	for _, text := range []string{"@series1", "{a|b} ${x} {c}", "constructor", "__proto__", "<svg onload=alert(1)>&amp;"} {
		if !s.has(text) {
			t.Errorf("no text %q in %q", text, s.texts)
		}
	}
	if bytes.ContainsAny(c.Drawing.Screen.Markup, "\x00\x1f\u202e") {
		t.Error("control characters in the drawing")
	}
	// The engine is none the worse for it.
	after, fresh := ranked(), ranked()
	draw(t, r, after)
	draw(t, renderer(t, 1, "vi"), fresh)
	if !bytes.Equal(after.Drawing.Screen.Markup, fresh.Drawing.Screen.Markup) {
		t.Error("hostile names change the next picture")
	}
}

func TestNothingToDraw(t *testing.T) {
	r := renderer(t, 1, "vi")
	for name, rows := range map[string][][]any{"no rows": nil, "no values": {{"2021-Q4", nil, nil}}} {
		c := course("line")
		c.Table.Rows = rows
		draw(t, r, c)
		if c.Drawing.Option != nil {
			t.Errorf("%s: option %s", name, c.Drawing.Option)
		}
		if s := look(t, c.Drawing.Screen); !slices.Equal(s.texts, []string{"Chưa có số liệu"}) {
			t.Errorf("%s: texts %q", name, s.texts)
		}
		look(t, c.Drawing.Paper)
		if c.Sentence != "Chưa có số liệu." {
			t.Errorf("%s: sentence %q", name, c.Sentence)
		}
	}
}

// Labels of long names stay inside the picture, and a long list is cut on
// paper with a word about it.
func TestLongListsAndNames(t *testing.T) {
	r := renderer(t, 1, "vi")
	c := stacked()
	c.Table.Rows = nil
	for range 130 {
		c.Table.Rows = append(c.Table.Rows, []any{"Ủy ban nhân dân phường có tên rất dài thuộc thành phố Biên Hòa, tỉnh Đồng Nai, nước Cộng hòa xã hội chủ nghĩa Việt Nam", 10.0, 5.0})
	}
	draw(t, r, c)
	s := look(t, c.Drawing.Screen)
	if s.byClass["f-series1"] != 130+1 {
		t.Errorf("%d bars on screen", s.byClass["f-series1"])
	}
	paper := look(t, c.Drawing.Paper)
	if !paper.has("Biểu đồ thể hiện 60/130 dòng; xem đầy đủ ở bảng số liệu.") {
		t.Errorf("no word about the rows left out in %q", paper.texts[len(paper.texts)-3:])
	}
	if !slices.ContainsFunc(s.texts, func(text string) bool { return strings.HasSuffix(text, "…") }) {
		t.Errorf("a name of three lines is not cut: %q", s.texts[:4])
	}
}

func TestPaperMetricsAreTimes(t *testing.T) {
	text, err := paperWidths()
	if err != nil {
		t.Fatal(err)
	}
	var widths map[string]map[string]string
	if err := json.Unmarshal([]byte(text), &widths); err != nil {
		t.Fatal(err)
	}
	// Advance widths of Times New Roman, whose metrics the font shares.
	for char, want := range map[string]string{"A": "722", "i": "278", "ế": "444", "Đ": "722", "ộ": "500", "5": "500"} {
		if !strings.Contains(widths["400"][want], char) {
			t.Errorf("%s is not %s wide", char, want)
		}
	}
	if _, err := advanceWidths([]byte("not a font")); err == nil {
		t.Error("a file that is no font is read")
	}
}

func TestBundleMissing(t *testing.T) {
	_, err := New(fstest.MapFS{}, 1, locale(t, "vi"))
	if err == nil || !strings.Contains(err.Error(), "run make") {
		t.Errorf("error %v", err)
	}
}

func TestBrokenBundle(t *testing.T) {
	r, err := New(fstest.MapFS{"ssr.js": {Data: []byte("let x = ;")}, "marks.json": {Data: []byte("{}")}}, 1, locale(t, "vi"))
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second time too: the place of the engine is free again
		if err := r.Draw(course("line")); err == nil || !strings.Contains(err.Error(), "compile ssr.js") {
			t.Errorf("error %v", err)
		}
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
}

// TestNamedPoints: what lies outside the range is named, names do not lie over
// each other, and the range stands behind the points.
func TestNamedPoints(t *testing.T) {
	r := renderer(t, 1, "vi")
	c := cloud()
	c.Table.Columns = append(c.Table.Columns, report.Column{Name: "unit_name", Title: "Đơn vị", Format: report.Text},
		report.Column{Name: "low", Format: report.Number, Unit: "đồng"}, report.Column{Name: "high", Format: report.Number, Unit: "đồng"})
	for i, row := range c.Table.Rows {
		c.Table.Rows[i] = append(row, "Đơn vị "+strconv.Itoa(i), 1e9, 2e9)
	}
	c.Spec.Name, c.Spec.Band = "unit_name", []string{"low", "high"}
	if err := Check(c.Spec, c.Table); err != nil {
		t.Fatal(err)
	}
	draw(t, r, c)
	s := look(t, c.Drawing.Screen)
	if s.byClass["f-step2"] != 1 {
		t.Errorf("%d ranges behind the points, want 1", s.byClass["f-step2"])
	}
	named := 0
	for _, text := range s.texts {
		if strings.HasPrefix(text, "Đơn vị ") {
			named++
		}
	}
	if !s.has("Đơn vị 39") || !s.has("Đơn vị 1") || named == len(c.Table.Rows) || named < 10 {
		t.Errorf("%d points are named: %q", named, s.texts)
	}
	c.Spec.Band, c.Spec.Name = []string{"low"}, "vnd"
	if err := Check(c.Spec, c.Table); err == nil || !strings.Contains(err.Error(), "band: 1 columns") || !strings.Contains(err.Error(), `name: column "vnd" is integer`) {
		t.Errorf("a range of one end and numbers for names: %v", err)
	}
}
