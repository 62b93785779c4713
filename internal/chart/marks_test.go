package chart

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"tongket/internal/report"
)

func TestTileMap(t *testing.T) {
	r := renderer(t, 1, "vi")
	c := places()
	draw(t, r, c)
	if c.Drawing.Option != nil {
		t.Errorf("a map has an option: %s", c.Drawing.Option)
	}
	s := look(t, c.Drawing.Screen)
	for _, text := range []string{"Vĩnh Cửu", "94,8%", "Chưa báo cáo", "Đúng tiến độ", "Chưa có vị trí trên bản đồ: Nơi khác."} {
		if !s.has(text) {
			t.Errorf("no text %q in %q", text, s.texts)
		}
	}
	if !slices.Contains(s.told, "Biên Hòa: Tỷ lệ hoàn thành 76,3%; Chậm tiến độ") {
		t.Errorf("marks tell %q", s.told)
	}
	if !slices.Equal(s.linked, []string{"0", "1", "3", "4"}) {
		t.Errorf("rows %q lead to pages", s.linked)
	}
	// Each status has its colour, as a swatch, a tint and a band, and its sign.
	for _, state := range []string{"done", "on-track", "behind", "not-started", "no-report"} {
		if s.byClass["f-status-"+state]+s.byClass["s-status-"+state] < 5 {
			t.Errorf("%s: %v", state, s.byClass)
		}
	}
	paper := look(t, c.Drawing.Paper)
	if len(paper.byClass) > 0 || len(paper.told) > 0 || !paper.has("94,8%") {
		t.Errorf("on paper: classes %v, told %q, texts %q", paper.byClass, paper.told, paper.texts)
	}
	if want := "Cao nhất: Long Khánh (100,0%); thấp nhất: Tân Phú (0,0%). Theo tình trạng: hoàn thành 1, đúng tiến độ 2, chậm tiến độ 1, chưa triển khai 1, chưa báo cáo 1. 1 mục chưa có số liệu."; c.Sentence != want {
		t.Errorf("sentence\n%q, want\n%q", c.Sentence, want)
	}
}

func TestTileMapOfValues(t *testing.T) {
	r := renderer(t, 1, "vi")
	c := places()
	c.Spec.Color = ""
	draw(t, r, c)
	s := look(t, c.Drawing.Screen)
	for _, text := range []string{"0–20%", "80–100%", "Chưa có số liệu"} {
		if !s.has(text) {
			t.Errorf("no text %q in %q", text, s.texts)
		}
	}
	// 94,8% and 100% are in the last step, and its swatch.
	if s.byClass["f-step5"] != 3 {
		t.Errorf("classes %v", s.byClass)
	}
}

func TestHeatMap(t *testing.T) {
	r := renderer(t, 1, "vi")
	c := heat("done_share")
	draw(t, r, c)
	s := look(t, c.Drawing.Screen)
	at := func(text string) int { return slices.Index(s.texts, text) }
	if at("2018") < 0 || at("2018") >= at("2019") || at("IV") >= at("I") || at("I") >= at("II") {
		t.Errorf("columns are not in the order of time: %q", s.texts)
	}
	for _, told := range []string{"Biên Hòa, quý I/2019: Tỷ lệ 30,0%; ", "Xuân Lộc, quý I/2019: chưa có số liệu", "Tân Phú, quý I/2019: chưa có số liệu"} {
		if !slices.ContainsFunc(s.told, func(text string) bool { return strings.HasPrefix(text+"; ", told) }) {
			t.Errorf("no cell tells %q: %q", told, s.told)
		}
	}
	// The names lead to pages; cells do not, which spares the keyboard.
	if !slices.Equal(s.linked, []string{"0", "3"}) {
		t.Errorf("rows %q lead to pages", s.linked)
	}
	if want := "Quý II/2019: cao nhất: Tân Phú (100,0%); thấp nhất: Xuân Lộc (20,0%). 2/9 ô chưa có số liệu."; c.Sentence != want {
		t.Errorf("sentence %q, want %q", c.Sentence, want)
	}

	c = heat("state")
	draw(t, r, c)
	if s := look(t, c.Drawing.Paper); !s.has("Chưa triển khai") || s.has("30,0%") {
		t.Errorf("texts %q", s.texts)
	}
	if !strings.Contains(c.Sentence, "Theo tình trạng: hoàn thành 2, đúng tiến độ 1, chậm tiến độ 3, chưa triển khai 1.") {
		t.Errorf("sentence %q", c.Sentence)
	}
}

// On paper a wide heat map fits, and a long one says what it leaves out.
func TestHeatMapOnPaper(t *testing.T) {
	r := renderer(t, 1, "vi")
	c := heat("done_share")
	c.Table.Rows = nil
	for unit := range 80 {
		for month := range 24 {
			c.Table.Rows = append(c.Table.Rows, []any{fmt.Sprintf("%d-%02d", 2020+month/12, month%12+1), fmt.Sprintf("Xã thứ %d có tên dài hơn mức thường gặp", unit), float64(month) / 23, "done", nil})
		}
	}
	draw(t, r, c)
	if w := c.Drawing.Paper.Width; w > PaperWidth+1 {
		t.Errorf("%v wide on paper", w)
	}
	if s := look(t, c.Drawing.Paper); !s.has("Biểu đồ thể hiện 60/80 dòng; xem đầy đủ ở bảng số liệu.") {
		t.Errorf("no word about the rows left out in %q", s.texts[len(s.texts)-2:])
	}
	if s := look(t, c.Drawing.Screen); c.Drawing.Screen.Width < 24*34 || !s.has("100,0%") {
		t.Errorf("%v wide on a screen", c.Drawing.Screen.Width)
	}
}

func TestTreemap(t *testing.T) {
	r := renderer(t, 1, "vi")
	for _, group := range []string{"", "block"} {
		c := tree(group)
		draw(t, r, c)
		s := look(t, c.Drawing.Screen)
		if !s.has("Sở Nội vụ") || !s.has("Không vẽ 3 mục chưa có số liệu hoặc có giá trị bằng 0.") {
			t.Errorf("group %q: texts %q", group, s.texts)
		}
		if len(s.linked) != 9 {
			t.Errorf("group %q: %d areas", group, len(s.linked))
		}
	}
	c := tree("block")
	draw(t, r, c)
	if !strings.Contains(c.Sentence, "Phần lớn nhất thuộc nhóm Khác, chiếm 51,0%.") {
		t.Errorf("sentence %q", c.Sentence)
	}
}

// Areas are as large as their sizes, lie inside the box and not on each other.
func TestSquarify(t *testing.T) {
	parts := []part{{size: 60}, {size: 25}, {size: 9}, {size: 5}, {size: 1e-3}}
	b := box{10, 20, 300, 200}
	squarify(parts, b)
	sum := 0.0
	for _, p := range parts {
		sum += p.size
	}
	for i, p := range parts {
		if got, want := p.box.w*p.box.h, p.size/sum*b.w*b.h; math.Abs(got-want) > 1e-6 {
			t.Errorf("part %d covers %v, want %v", i, got, want)
		}
		if p.box.x < b.x-1e-9 || p.box.y < b.y-1e-9 || p.box.x+p.box.w > b.x+b.w+1e-9 || p.box.y+p.box.h > b.y+b.h+1e-9 {
			t.Errorf("part %d lies outside: %v", i, p.box)
		}
		for k, q := range parts[:i] {
			if p.box.x < q.box.x+q.box.w-1e-9 && q.box.x < p.box.x+p.box.w-1e-9 && p.box.y < q.box.y+q.box.h-1e-9 && q.box.y < p.box.y+p.box.h-1e-9 {
				t.Errorf("parts %d and %d overlap", k, i)
			}
		}
	}
}

func TestSteps(t *testing.T) {
	l := locale(t, "vi")
	for _, test := range []struct {
		column report.Column
		values []any
		want   string
	}{
		{report.Column{Format: report.Percent}, []any{0.1, 1.2}, "0–20%|20–40%|40–60%|60–80%|từ 80% trở lên"},
		{report.Column{Format: report.Percent}, []any{0.02, 0.04}, "2,0–2,5%|2,5–3,0%|3,0–3,5%|3,5–4,0%"},
		{report.Column{Format: report.Number, Unit: "mét"}, []any{3.0, 452.0}, "0–100 mét|100–200 mét|200–300 mét|300–400 mét|400–500 mét"},
		{report.Column{Format: report.Integer}, []any{int64(7), int64(7)}, "7–8"},
		{report.Column{Format: report.Number}, []any{-4.0, 6.0}, "-4–-2|-2–0|0–2|2–4|4–6"},
	} {
		table := report.Table{Columns: []report.Column{test.column}}
		for _, v := range test.values {
			table.Rows = append(table.Rows, []any{v})
		}
		s := newSteps(&table, 0)
		var names []string
		for i := range s.count() {
			names = append(names, s.name(i, l))
		}
		if got := strings.Join(names, "|"); got != test.want {
			t.Errorf("%v: %s, want %s", test.values, got, test.want)
		}
		for _, v := range test.values {
			f, _ := report.Float(v)
			if i := s.of(f); i < 0 || i >= s.count() {
				t.Errorf("%v is in step %d of %d", v, i, s.count())
			}
		}
	}
}

const island = `{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"735"},"geometry":{"type":"Polygon","coordinates":[[[107,11],[108,11],[108,12],[107,12],[107,11]],[[107.4,11.4],[107.6,11.4],[107.6,11.6],[107.4,11.6],[107.4,11.4]]]}},
{"type":"Feature","properties":{"code":"734"},"geometry":{"type":"MultiPolygon","coordinates":[[[[108,11],[109,11],[109,12],[108,12],[108,11]]],[[[109.2,11,5],[109.3,11,5],[109.3,11.1,5],[109.2,11,5]]]]}},
{"type":"Feature","properties":{"code":731},"geometry":{"type":"Polygon","coordinates":[[[109.9,11.9],[109.90001,11.9],[109.90001,11.90001],[109.9,11.9]]]}},
{"type":"Feature","properties":{"code":"nobody"},"geometry":{"type":"Polygon","coordinates":[[[107,10],[108,10],[108,11],[107,11],[107,10]]]}}]}`

func TestShapeMap(t *testing.T) {
	shapes, err := ReadShapes(fstest.MapFS{"data/xa.geojson": {Data: []byte(island)}}, "data/xa.geojson", "code")
	if err != nil {
		t.Fatal(err)
	}
	var rings []int
	for _, s := range shapes.List {
		rings = append(rings, len(s.Rings))
	}
	if !slices.Equal(rings, []int{2, 2, 1, 1}) {
		t.Errorf("rings %v: a hole, an island or a tiny place is lost", rings)
	}
	if a := area(shapes.List[2].Rings[0]); a < 4 {
		t.Errorf("a tiny place has %v square pixels", a)
	}
	r := renderer(t, 1, "vi")
	for _, color := range []string{"state", ""} {
		c := places()
		c.Spec.GridX, c.Spec.GridY, c.Spec.Key, c.Spec.Shapes, c.Spec.Color = "", "", "code", shapes, color
		draw(t, r, c)
		s := look(t, c.Drawing.Screen)
		if !s.has("Vĩnh Cửu") || !s.has("Tân Phú") || s.has("Biên Hòa") {
			t.Errorf("names %q: those with room are written, no others", s.texts)
		}
		if !s.has("Chưa có vị trí trên bản đồ: Long Khánh, Cẩm Mỹ, Nơi khác.") {
			t.Errorf("nothing is said of the places without a shape: %q", s.texts)
		}
		if !slices.Equal(s.linked, []string{"0", "1"}) || len(s.told) != 3 {
			t.Errorf("rows %q lead to pages, %q tell", s.linked, s.told)
		}
		look(t, c.Drawing.Paper)
		if c.Drawing.Paper.Width > PaperWidth {
			t.Errorf("%v wide on paper", c.Drawing.Paper.Width)
		}
		// The hole is a hole: the name does not stand in it, the path has it.
		if !bytes.Contains(c.Drawing.Screen.Markup, []byte(`fill-rule="evenodd"`)) {
			t.Error("holes are filled")
		}
	}
}

// A coast of a hundred thousand points becomes a light picture.
func TestShapesAreThinnedOut(t *testing.T) {
	var b strings.Builder
	b.WriteString(`{"type":"FeatureCollection","features":[`)
	for f := range 40 {
		fmt.Fprintf(&b, `%s{"properties":{"code":"%d"},"geometry":{"type":"Polygon","coordinates":[[`, strings.Repeat(",", min(f, 1)), f)
		for i := range 2500 {
			angle := 2 * math.Pi * float64(i) / 2500
			radius := 0.05 + 0.004*math.Sin(angle*97) + 0.001*math.Sin(angle*641)
			fmt.Fprintf(&b, "[%.7f,%.7f],", 107+0.12*float64(f%8)+radius*math.Cos(angle), 11+0.12*float64(f/8)+radius*math.Sin(angle))
		}
		fmt.Fprintf(&b, "[%.7f,%.7f]]]}}", 107+0.12*float64(f%8)+0.05, 11+0.12*float64(f/8))
	}
	b.WriteString("]}")
	shapes, err := ReadShapes(fstest.MapFS{"x.geojson": {Data: []byte(b.String())}}, "x.geojson", "code")
	if err != nil {
		t.Fatal(err)
	}
	points := 0
	for _, s := range shapes.List {
		for _, ring := range s.Rings {
			points += len(ring)
		}
	}
	if points > mostPoints || points < 40*20 || len(shapes.List) != 40 {
		t.Errorf("%d points of %d shapes", points, len(shapes.List))
	}
	c := places()
	c.Table.Rows[0][5] = "7"
	c.Spec.Key, c.Spec.Shapes = "code", shapes
	draw(t, renderer(t, 1, "vi"), c)
	if n := len(c.Drawing.Screen.Markup); n > 150_000 {
		t.Errorf("%d bytes of SVG", n)
	}
}

func TestBrokenShapes(t *testing.T) {
	feature := func(geometry string) string {
		return `{"type":"FeatureCollection","features":[{"properties":{"code":"1"},"geometry":` + geometry + `}]}`
	}
	polygon := func(ring string) string {
		return feature(`{"type":"Polygon","coordinates":[` + ring + `]}`)
	}
	for name, test := range map[string]struct{ text, want string }{
		"not JSON":    {"{\n\"type\": \"FeatureCollection\",\n,", "xa.geojson:3: not readable as JSON"},
		"cut short":   {island[:200], "xa.geojson:2: not readable as JSON"},
		"a list":      {"[1, 2]", "not a FeatureCollection"},
		"topology":    {`{"type":"Topology"}`, `type is "Topology"`},
		"empty":       {`{"type":"FeatureCollection","features":[]}`, "no feature"},
		"no property": {`{"type":"FeatureCollection","features":[{"properties":{"coed":"1"},"geometry":null}]}`, `feature 1: no property "code"`},
		"null key":    {`{"type":"FeatureCollection","features":[{"properties":{"code":null},"geometry":null}]}`, "feature 1: code is <nil>"},
		"no geometry": {feature("null"), "feature 1: it has no geometry"},
		"a point":     {feature(`{"type":"Point","coordinates":[1,2]}`), `type "Point" has no area`},
		"no points":   {feature(`{"type":"MultiPolygon","coordinates":[]}`), "its coordinates are empty"},
		"wrong depth": {feature(`{"type":"Polygon","coordinates":[[1,2],[3,4]]}`), "its coordinates are not those of a Polygon"},
		"texts":       {polygon(`[["a","b"]]`), "its coordinates are not those of a Polygon"},
		"one number":  {polygon(`[[1],[2],[3],[1]]`), "a position of 1 numbers"},
		"a line":      {polygon(`[[107,11],[108,11],[107,11]]`), "a ring of 3 points"},
		"open":        {polygon(`[[107,11],[108,11],[108,12],[107,12]]`), "a ring is not closed"},
		"metres":      {polygon(`[[607000,1211000],[608000,1211000],[608000,1212000],[607000,1211000]]`), "EPSG:4326"},
		"twice":       {strings.Replace(island, `"734"`, `"735"`, 1), `feature 2: code "735" is also that of feature 1`},
	} {
		_, err := ReadShapes(fstest.MapFS{"xa.geojson": {Data: []byte(test.text)}}, "xa.geojson", "code")
		if err == nil || !strings.Contains(err.Error(), test.want) || !strings.HasPrefix(err.Error(), "xa.geojson:") {
			t.Errorf("%s: %v, want %q", name, err, test.want)
		}
	}
	if _, err := ReadShapes(fstest.MapFS{}, "data/x.geojson", "code"); err == nil || !strings.Contains(err.Error(), "data/x.geojson: there is no such file") {
		t.Errorf("no file: %v", err)
	}
	both := strings.NewReplacer(`"Polygon","coordinates":[[[107,11]`, `"Polygon","coordinates":[[[907,11]`, `"Polygon","coordinates":[[[107,10]`, `"Polygon","coordinates":[[[107,910]`).Replace(island)
	if _, err := ReadShapes(fstest.MapFS{"x.geojson": {Data: []byte(both)}}, "x.geojson", "code"); err == nil || strings.Count(err.Error(), "\n") != 1 {
		t.Errorf("not all faults at once: %v", err)
	}
}

// A flat or degenerate map still is a picture.
func TestFlatShapes(t *testing.T) {
	text := `{"type":"FeatureCollection","features":[{"properties":{"code":"735"},"geometry":{"type":"Polygon","coordinates":[[[107,11],[107,11],[107,11],[107,11]]]}}]}`
	shapes, err := ReadShapes(fstest.MapFS{"x.geojson": {Data: []byte(text)}}, "x.geojson", "code")
	if err != nil {
		t.Fatal(err)
	}
	c := places()
	c.Spec.Key, c.Spec.Shapes = "code", shapes
	draw(t, renderer(t, 1, "vi"), c)
	look(t, c.Drawing.Screen)
}

func FuzzShapes(f *testing.F) {
	f.Add([]byte(island), "code")
	f.Fuzz(func(t *testing.T, text []byte, property string) {
		shapes, err := readShapes("x.geojson", text, property)
		if err != nil {
			return
		}
		for _, s := range shapes.List {
			if len(s.Rings) == 0 {
				t.Fatalf("%q has no ring", s.Key)
			}
			for _, ring := range s.Rings {
				for _, p := range ring {
					if math.IsNaN(p[0]+p[1]) || p[0] < -5 || p[0] > ScreenWidth+5 || p[1] < -5 || p[1] > mapHeight+5 {
						t.Fatalf("%q: a point at %v", s.Key, p)
					}
				}
			}
		}
	})
}

func TestHostileMarks(t *testing.T) {
	r := renderer(t, 1, "vi")
	hostile := []string{"</title><script>alert(1)</script>", strings.Repeat("Rất dài ", 60), "a\x00b\x1f\u202ec\nđ", `" onload="alert(1)`, "\xff\xfe", ""}
	for name, make := range map[string]func() *report.Chart{"map": places, "heatmap": func() *report.Chart { return heat("done_share") }, "treemap": func() *report.Chart { return tree("block") }} {
		c, fresh := make(), make()
		column := c.Table.Index(map[string]string{"map": "short_name", "heatmap": "unit_name", "treemap": "unit_name"}[name])
		for i := range c.Table.Rows {
			c.Table.Rows[i][column] = hostile[i%len(hostile)] + fmt.Sprint(i)
		}
		c.Table.Columns[1].Title = hostile[0]
		draw(t, r, c)
		for _, svg := range []report.SVG{c.Drawing.Screen, c.Drawing.Paper} {
			look(t, svg)
			if bytes.ContainsAny(svg.Markup, "\x00\x1f\u202e") || bytes.Contains(svg.Markup, []byte("<script")) {
				t.Errorf("%s: hostile characters in the drawing", name)
			}
		}
		again := make()
		draw(t, r, fresh)
		draw(t, r, again)
		if !bytes.Equal(fresh.Drawing.Screen.Markup, again.Drawing.Screen.Markup) || !bytes.Equal(fresh.Drawing.Paper.Markup, again.Drawing.Paper.Markup) {
			t.Errorf("%s differs between two drawings", name)
		}
	}
}

func TestNoMarks(t *testing.T) {
	r := renderer(t, 1, "vi")
	for name, c := range map[string]*report.Chart{"map": places(), "heatmap": heat("done_share"), "treemap": tree("")} {
		c.Table.Rows = nil
		draw(t, r, c)
		if s := look(t, c.Drawing.Screen); !slices.Equal(s.texts, []string{"Chưa có số liệu"}) {
			t.Errorf("%s: texts %q", name, s.texts)
		}
	}
}

func TestMarksCheck(t *testing.T) {
	for name, test := range map[string]struct {
		chart  *report.Chart
		change func(c *report.Chart)
		want   string
	}{
		"nothing to show":  {places(), func(c *report.Chart) { c.Spec.Y, c.Spec.Color = nil, "" }, "value: missing"},
		"text as a value":  {places(), func(c *report.Chart) { c.Spec.Y = []string{"code"} }, `value: column "code" is text`},
		"no status":        {places(), func(c *report.Chart) { c.Spec.Color = "done_share" }, "not a status"},
		"one tile for two": {places(), func(c *report.Chart) { c.Table.Rows[1][3] = int64(2) }, `"Vĩnh Cửu" and "Tân Phú" both stand at column 2, row 1`},
		"half a tile":      {places(), func(c *report.Chart) { c.Table.Rows[1][3] = 2.5 }, "2.5, 1 of row 2 are no place"},
		"far away":         {places(), func(c *report.Chart) { c.Table.Rows[1][3] = int64(1 << 40) }, "no place on the grid"},
		"no tile at all":   {places(), func(c *report.Chart) { c.Table.Rows = c.Table.Rows[5:] }, "no row has a place"},
		"no key":           {places(), func(c *report.Chart) { c.Spec.Shapes = &report.Shapes{File: "x.geojson"} }, "key: missing"},
		"keys of others": {places(), func(c *report.Chart) {
			c.Spec.Key = "code"
			c.Spec.Shapes = &report.Shapes{File: "x.geojson", List: []report.Shape{{Key: "1"}}}
		}, "x.geojson (1…)"},
		"no cells":           {heat(""), func(*report.Chart) {}, "value: missing"},
		"cells of text":      {heat("unit_name"), func(*report.Chart) {}, "a cell shows a number or a status"},
		"two for a cell":     {heat("done_share"), func(c *report.Chart) { c.Table.Rows[0][0] = "2018-Q4" }, `two rows stand for "Biên Hòa" and "2018-Q4"`},
		"two rows columns":   {heat("done_share"), func(c *report.Chart) { c.Spec.Y = []string{"unit_name", "state"} }, "takes one column"},
		"two sizes":          {tree(""), func(c *report.Chart) { c.Spec.Y = []string{"arranged_m", "block"} }, "not a number"},
		"no such group":      {tree("blok"), func(*report.Chart) {}, `no column "blok"`},
		"bars in groups":     {ranked(), func(c *report.Chart) { c.Spec.Group = "state" }, "group: only for treemaps"},
		"no target":          {bullet(), func(c *report.Chart) { c.Spec.Plan, c.Spec.Y = "", c.Spec.Y[:1] }, "target: missing"},
		"scatter by":         {cloud(), func(c *report.Chart) { c.Spec.By = "arranged_m" }, "by: only for upright bars"},
		"value of a bar":     {ranked(), func(c *report.Chart) { c.Spec.Value = "done_share" }, "value: only for heat maps"},
		"too many panels":    {multiples("line"), func(c *report.Chart) { many(c) }, "at most 60 small pictures"},
		"panels in colours":  {multiples("bar"), func(c *report.Chart) { c.Spec.Color = "unit_name" }, "color: not with by"},
		"panels forecast":    {multiples("line"), func(c *report.Chart) { c.Spec.Forecast = "plan_m" }, "forecast: not with by"},
		"plan of a heat map": {heat("done_share"), func(c *report.Chart) { c.Spec.Plan = "done_share" }, "plan: a heatmap has none"},
	} {
		test.change(test.chart)
		if err := Check(test.chart.Spec, test.chart.Table); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q", name, err, test.want)
		}
	}
}

func many(c *report.Chart) {
	for i := range 70 {
		c.Table.Rows = append(c.Table.Rows, []any{"2018-Q4", 1.0, 1.0, fmt.Sprint(i)})
	}
}
