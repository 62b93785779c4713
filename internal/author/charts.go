package author

import (
	"slices"
	"strings"

	"tongket/internal/report"
)

func (p *page) chart(y *fields) {
	t := p.query(y)
	y.need("type", "bar")
	y.need("x", "unit_name")
	y.need("y", "[arranged_m, remaining_m]")
	spec := report.ChartSpec{
		Type:       y.word("type", "bar", "line", "area", "scatter", "bullet", "heatmap", "treemap"),
		X:          y.name("x"),
		Y:          y.names("y"),
		Stack:      y.flag("stack"),
		Horizontal: y.flag("horizontal"),
		Plan:       y.name("plan"),
		Forecast:   y.name("forecast"),
		Value:      y.name("value"),
		Name:       y.name("name"),
		Band:       y.names("band"),
		Group:      y.name("group"),
		By:         y.name("by"),
		Color:      y.name("color"),
		Height:     y.count("height", 0, mostHeight),
		Line:       y.first,
	}
	target := y.name("target")
	title, top := plain(y.text("title")), y.count("top", 1, mostRows)
	if t == nil || spec.Type == "" {
		return
	}
	switch {
	case spec.Type == "bullet" && target != "":
		spec.Plan, spec.Horizontal = target, true
	case target != "":
		p.faults.add(y.line("target"), "chart: target: only for bullets; the plan of others is plan")
	}
	xOK := p.hasColumn(y, "x", spec.X, t)
	spec.Y = p.columns(y, "y", spec.Y, t)
	if spec.Plan != "" && p.hasColumn(y, map[bool]string{false: "plan", true: "target"}[target != ""], spec.Plan, t) && !slices.Contains(spec.Y, spec.Plan) {
		spec.Y = append(spec.Y, spec.Plan)
	}
	if spec.Forecast != "" && p.hasColumn(y, "forecast", spec.Forecast, t) && !slices.Contains(spec.Y, spec.Forecast) {
		spec.Y = append(spec.Y, spec.Forecast)
	}
	if spec.Type != "heatmap" {
		p.numeric(y, spec.Y, t)
	}
	names := append([]string{spec.X}, spec.Y...)
	if spec.Name != "" {
		names = append([]string{spec.Name}, names...) // a table begins with what its rows are called
	}
	for _, more := range []struct{ key, name string }{{"name", spec.Name}, {"value", spec.Value}, {"group", spec.Group}, {"by", spec.By}, {"color", spec.Color}} {
		if p.hasColumn(y, more.key, more.name, t) {
			names = append(names, more.name)
		}
	}
	spec.Band = p.columns(y, "band", spec.Band, t)
	seen := once(names)
	names = append(names, spec.Band...)
	if !xOK || len(spec.Y) == 0 {
		return
	}
	part, err := narrow(t, once(names), top)
	if err != nil {
		p.faults.add(y.first, "chart: %s", err)
		return
	}
	for i := len(seen); i < len(part.Columns); i++ {
		part.Columns[i].Hidden = true // the ends of the range, the same in every row
	}
	if spec.By == "" { // else rows are spread over several pictures
		p.from[len(p.blocks)] = t
	}
	p.picture(&report.Chart{ID: p.id(t.Name), Spec: spec, Table: part, Caption: caption(title, t)}, y)
}

// picture adds a chart or a map that its table can answer.
func (p *page) picture(c *report.Chart, y *fields) {
	if p.CheckChart != nil {
		if err := p.CheckChart(c.Spec, c.Table); err != nil {
			p.faults.addAll(y.first, y.what+": ", err)
		}
	}
	p.add(c)
}

// once keeps the first of equal names.
func once(names []string) []string {
	var out []string
	for _, name := range names {
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// placeMap makes a map: a chart whose rows are places.
func (p *page) placeMap(y *fields) {
	t := p.query(y)
	y.need("name", "short_name")
	spec := report.ChartSpec{Type: "map", X: y.name("name"), Color: y.name("color"), Line: y.first}
	if value := y.name("value"); value != "" {
		spec.Y = []string{value}
	}
	title, link := plain(y.text("title")), y.name("link")
	var places []string // columns that no reader is shown
	if y.has("shapes") {
		y.need("key", "unit")
		y.need("property", "code")
		file, property := y.name("shapes"), y.name("property")
		spec.Key = y.name("key")
		places = []string{spec.Key}
		if spec.Shapes = p.boundaries(y, file, property); spec.Shapes == nil {
			t = nil // told already
		}
	} else {
		spec.GridX, spec.GridY = "grid_x", "grid_y"
		places = []string{spec.GridX, spec.GridY}
	}
	if t == nil || spec.X == "" {
		return
	}
	shown := true
	names := once(append([]string{spec.X}, spec.Y...))
	for _, more := range []struct{ key, name string }{{"name", spec.X}, {"value", strings.Join(spec.Y, "")}, {"color", spec.Color}, {"key", spec.Key}, {"link", link}} {
		if more.name != "" && !p.hasColumn(y, more.key, more.name, t) {
			shown = false
		}
	}
	if spec.Shapes == nil && (t.Index("grid_x") < 0 || t.Index("grid_y") < 0) {
		p.faults.add(y.first, "map: %s has no columns grid_x and grid_y; select them, or give shapes, the file of the boundaries", t.Name)
		shown = false
	}
	if !shown {
		return
	}
	if spec.Color != "" {
		names = once(append(names, spec.Color))
	}
	seen := len(names)
	names = once(append(names, places...))
	if link != "" {
		names = once(append(names, link))
	}
	part, err := narrow(t, names, 0)
	if err != nil {
		p.faults.add(y.first, "map: %s", err)
		return
	}
	for i := seen; i < len(names); i++ {
		part.Columns[i].Hidden = true
	}
	if link != "" {
		part.Columns[0].Link = link
	}
	p.from[len(p.blocks)] = t
	p.picture(&report.Chart{ID: p.id(t.Name), Spec: spec, Table: part, Caption: caption(title, t)}, y)
}

// boundaries reads the file of a map's shapes; nil after a fault.
func (p *page) boundaries(y *fields, file, property string) *report.Shapes {
	switch {
	case file == "" || property == "":
		return nil
	case p.Shapes == nil:
		p.faults.add(y.line("shapes"), "map: shapes: there are no files here")
		return nil
	}
	s, err := p.Shapes(file, property)
	if err != nil {
		p.faults.addAll(y.line("shapes"), "map: shapes: ", err)
		return nil
	}
	return s
}

// numeric complains about series that hold something else than numbers.
func (p *page) numeric(y *fields, names []string, t *report.Table) {
	for _, name := range names {
		i := t.Index(name)
		for _, row := range t.Rows {
			if _, ok := report.Float(row[i]); !ok && row[i] != nil {
				p.faults.add(y.line("y"), "%s: y: column %q holds %s; a series needs numbers", y.what, name, kind(row[i]))
				break
			}
		}
	}
}
