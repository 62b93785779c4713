package contract

import (
	"errors"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"tongket/internal/report"
	"tongket/internal/strict"
)

type decoder struct{ *strict.Reader }

func (d decoder) contract(root strict.Node) *Contract {
	c := &Contract{}
	d.Map(root, strict.Keys{
		"name":        func(n strict.Node) { c.Name = d.Text(n) },
		"title":       func(n strict.Node) { c.Title = d.Text(n) },
		"description": func(n strict.Node) { c.Description = d.Text(n) },
		"resources": func(n strict.Node) {
			d.List(n, func(n strict.Node) { c.Resources = append(c.Resources, d.resource(n)) })
		},
	}, "name", "resources")
	if !root.Given() {
		d.Fault(root, "the contract is empty: name and resources must stand here")
	}
	return c
}

func (d decoder) resource(n strict.Node) *Resource {
	r := &Resource{Line: d.Line(n), Missing: []string{""}}
	d.Map(n, strict.Keys{
		"name":        func(n strict.Node) { r.Name = d.name(n) },
		"title":       func(n strict.Node) { r.Title = d.Text(n) },
		"description": func(n strict.Node) { r.Description = d.Text(n) },
		"path":        func(n strict.Node) { r.Path = d.paths(n) },
		"dialect": func(n strict.Node) {
			d.Map(n, strict.Keys{
				"delimiter": func(n strict.Node) { r.Delimiter = d.delimiter(n) },
				"shortRows": func(n strict.Node) { r.ShortRows = d.Bool(n) },
			})
		},
		"names": func(n strict.Node) { r.Names = d.Texts(n) },
		"above": func(n strict.Node) { r.Above = d.Text(n) },
		"validity": func(n strict.Node) {
			d.Map(n, strict.Keys{
				"from": func(n strict.Node) { r.ValidFrom = d.Text(n) },
				"to":   func(n strict.Node) { r.ValidTo = d.Text(n) },
			}, "from", "to")
		},
		"succession": func(n strict.Node) { r.Succession = d.succession(n) },
		"since":      func(n strict.Node) { r.Since = d.since(n) },
		"rules": func(n strict.Node) {
			d.List(n, func(n strict.Node) { r.Rules = append(r.Rules, d.rule(n)) })
		},
		"schema": func(n strict.Node) {
			d.Map(n, strict.Keys{
				"fields": func(n strict.Node) {
					d.List(n, func(n strict.Node) { r.Fields = append(r.Fields, d.field(n)) })
					if len(r.Fields) > MostFields {
						d.Fault(n, "%d fields: a table has %d at most", len(r.Fields), MostFields)
					}
				},
				"primaryKey":    func(n strict.Node) { r.PrimaryKey = d.Texts(n) },
				"missingValues": func(n strict.Node) { r.Missing = d.Texts(n) },
				"foreignKeys": func(n strict.Node) {
					d.List(n, func(n strict.Node) { r.ForeignKeys = append(r.ForeignKeys, d.foreignKey(n)) })
				},
			}, "fields")
		},
	}, "name", "path", "schema")
	if r.Title == "" {
		r.Title = r.Name
	}
	d.within(n, r)
	return r
}

// within checks what one resource says of its own fields.
func (d decoder) within(n strict.Node, r *Resource) {
	var names []string
	mark := "."
	if i := slices.IndexFunc(r.Fields, func(f *Field) bool { return f.Type == Number }); i >= 0 {
		mark = r.Fields[i].Decimal
	}
	for _, f := range r.Fields {
		if f.Decimal == "" {
			f.Decimal = mark // whole numbers go by the mark of the others: 12,0
		}
		if slices.Contains(names, f.Name) {
			d.Fault(n, "resource %q has two fields %q", r.Name, f.Name)
		}
		names = append(names, f.Name)
	}
	known := func(what string, fields ...string) {
		for _, f := range fields {
			if !slices.Contains(names, f) {
				d.Fault(n, "%s of resource %q: no field %q%s", what, r.Name, f, report.Suggest(f, names))
			}
		}
	}
	known("primaryKey", r.PrimaryKey...)
	known("names", r.Names...)
	for _, field := range []string{r.Above, r.ValidFrom, r.ValidTo} {
		if field != "" {
			known("above or validity", field)
		}
	}
	for _, field := range []string{r.ValidFrom, r.ValidTo} {
		if f := r.Field(field); f != nil && f.Type != Date {
			d.Fault(n, "validity of resource %q: field %q must be a date", r.Name, field)
		}
	}
	for _, k := range r.ForeignKeys {
		known("foreignKeys", k.Field)
		if f := r.Field(k.Field); f != nil && f.Type != String {
			d.Fault(n, "foreignKeys of resource %q: field %q must be a string, it may name a row in words", r.Name, k.Field)
		}
	}
}

func (d decoder) field(n strict.Node) *Field {
	f := &Field{Line: d.Line(n), Type: String, Scale: -1, Decimals: -1, Layout: "%Y-%m-%d"}
	d.Map(n, strict.Keys{
		"name":        func(n strict.Node) { f.Name = d.name(n) },
		"title":       func(n strict.Node) { f.Title = d.Text(n) },
		"description": func(n strict.Node) { f.Description = d.Text(n) },
		"type": func(n strict.Node) {
			f.Type = Type(d.OneOf(n, string(String), string(Integer), string(Number), string(Boolean), string(Date), string(Year)))
		},
		"format":      func(n strict.Node) { f.Layout = d.Text(n) },
		"decimalChar": func(n strict.Node) { f.Decimal = d.OneOf(n, ".", ",") },
		"groupChar":   func(n strict.Node) { f.Group = d.OneOf(n, ".", ",", " ", "'") },
		"aliases":     func(n strict.Node) { f.Aliases = d.Texts(n) },
		"unit":        func(n strict.Node) { f.Unit = d.Text(n) },
		"decimals":    func(n strict.Node) { f.Decimals = d.digits(n) },
		"scale":       func(n strict.Node) { f.Scale = d.digits(n) },
		"cumulative":  func(n strict.Node) { f.Cumulative = d.Bool(n) },
		"period":      func(n strict.Node) { f.Period = d.Bool(n) },
		"block":       func(n strict.Node) { f.Block = d.Bool(n) },
		"constraints": func(n strict.Node) { f.Constraints = d.constraints(n) },
	}, "name")
	if f.Decimal == "" && f.Type == Number {
		f.Decimal = "."
	}
	if slices.Contains(reserved, f.Name) {
		d.Fault(n, "field %q: the name is taken, every table has a column of this name", f.Name)
	}
	if f.Group == f.Decimal && f.Type == Number {
		d.Fault(n, "field %q: decimalChar and groupChar are both %q", f.Name, f.Group)
	}
	if f.Period && f.Type != String {
		d.Fault(n, "field %q: a period is a string such as 2021-Q4", f.Name)
	}
	if f.Block && f.Type != String {
		d.Fault(n, "field %q: the heading of a block is a string", f.Name)
	}
	if f.Type == Date && !strings.Contains(f.Layout, "%") {
		d.Fault(n, "field %q: format %q is no date format; write for example %%d/%%m/%%Y", f.Name, f.Layout)
	}
	d.bounds(n, f)
	if f.Title == "" {
		f.Title = f.Name
	}
	if f.Decimals < 0 {
		f.Decimals = max(f.Scale, 0)
		if f.Type == Number && f.Scale < 0 {
			f.Decimals = 1
		}
	}
	return f
}

// bounds checks that a minimum or maximum is a value of its field.
func (d decoder) bounds(n strict.Node, f *Field) {
	for _, bound := range []*string{f.Constraints.Minimum, f.Constraints.Maximum} {
		if bound == nil {
			continue
		}
		var err error
		switch f.Type {
		case Number:
			_, err = strconv.ParseFloat(*bound, 64)
		case Integer, Year:
			_, err = strconv.ParseInt(*bound, 10, 64)
		case Date:
			_, err = time.Parse(time.DateOnly, *bound)
		case Boolean:
			err = errors.New("no bounds")
		}
		if err != nil {
			d.Fault(n, "field %q: the bound %q is no %s; write numbers with a decimal point and dates as 2006-01-02", f.Name, *bound, f.Type)
		}
	}
}

func (d decoder) constraints(n strict.Node) Constraints {
	var c Constraints
	text := func(to **string) func(strict.Node) {
		return func(n strict.Node) { s := d.Text(n); *to = &s }
	}
	whole := func(to **int) func(strict.Node) {
		return func(n strict.Node) { v := d.Whole(n); *to = &v }
	}
	d.Map(n, strict.Keys{
		"required":  func(n strict.Node) { c.Required = d.Bool(n) },
		"unique":    func(n strict.Node) { c.Unique = d.Bool(n) },
		"minimum":   text(&c.Minimum),
		"maximum":   text(&c.Maximum),
		"minLength": whole(&c.MinLength),
		"maxLength": whole(&c.MaxLength),
		"enum":      func(n strict.Node) { c.Enum = d.Texts(n) },
		"pattern": func(n strict.Node) {
			c.Pattern = d.Text(n)
			if _, err := regexp.Compile(c.Pattern); err != nil {
				d.Fault(n, "pattern: %s", err)
			}
		},
	})
	return c
}

func (d decoder) foreignKey(n strict.Node) ForeignKey {
	var k ForeignKey
	one := func(n strict.Node) string {
		list := d.Texts(n)
		if len(list) != 1 {
			d.Fault(n, "a foreign key is one field")
			return ""
		}
		return list[0]
	}
	d.Map(n, strict.Keys{
		"fields": func(n strict.Node) { k.Field = one(n) },
		"reference": func(n strict.Node) {
			d.Map(n, strict.Keys{
				"resource": func(n strict.Node) { k.Resource = d.Text(n) },
				"fields":   func(n strict.Node) { k.Target = one(n) },
			}, "resource", "fields")
		},
	}, "fields", "reference")
	return k
}

func (d decoder) rule(n strict.Node) Rule {
	r := Rule{Line: d.Line(n)}
	d.Map(n, strict.Keys{
		"name":      func(n strict.Node) { r.Name = d.Text(n) },
		"condition": func(n strict.Node) { r.Condition = d.Text(n) },
		"message":   func(n strict.Node) { r.Message = d.Text(n) },
		"severity":  func(n strict.Node) { r.Warning = d.OneOf(n, "error", "warning") == "warning" },
	}, "condition", "message")
	if r.Name == "" {
		r.Name = r.Condition
	}
	return r
}

// relations checks what resources say of each other.
func (d decoder) relations(c *Contract) {
	var names []string
	for _, r := range c.Resources {
		at := func(format string, args ...any) { d.FaultAt(r.Line, format, args...) }
		if slices.Contains(names, r.Name) {
			at("two resources are named %q", r.Name)
		}
		if slices.Contains(taken, r.Name) {
			at("resource %q: the name is taken by a table of the warehouse", r.Name)
		}
		if r.Periodic() && len(r.PrimaryKey) == 0 {
			at("resource %q: a table with reporting periods needs a primaryKey, or corrections are counted twice", r.Name)
		}
		names = append(names, r.Name)
	}
	for _, r := range c.Resources {
		d.phases(c, r, names)
		for _, k := range r.ForeignKeys {
			to := c.Resource(k.Resource)
			switch {
			case to == nil:
				d.FaultAt(r.Line, "foreignKeys of resource %q: no resource %q%s", r.Name, k.Resource, report.Suggest(k.Resource, names))
			case to.Field(k.Target) == nil:
				d.FaultAt(r.Line, "foreignKeys of resource %q: resource %q has no field %q", r.Name, k.Resource, k.Target)
			}
		}
	}
	if d.successions(c, names) {
		d.reserve(c)
	}
}

func (d decoder) name(n strict.Node) string {
	name := d.Text(n)
	if !identifier(name) {
		d.Fault(n, "%q is no name: use small letters a-z, digits and single _, beginning with a letter", name)
	}
	return name
}

func (d decoder) paths(n strict.Node) []string {
	paths := d.Texts(n)
	for _, p := range paths {
		if _, err := path.Match(p, ""); err != nil || path.IsAbs(p) || strings.Contains(p, "..") || strings.Contains(p, "\\") {
			d.Fault(n, "path %q: write a path below data/, with / and without ..", p)
		}
	}
	if len(paths) == 0 {
		d.Fault(n, "path: no file is named")
	}
	return paths
}

func (d decoder) delimiter(n strict.Node) string {
	switch text := d.Text(n); text {
	case ",", ";", "|", "\t":
		return text
	default:
		d.Fault(n, "delimiter %q is none of , ; | and the tab", text)
		return ""
	}
}

func (d decoder) digits(n strict.Node) int {
	v := d.Whole(n)
	if v < 0 || v > 9 {
		d.Fault(n, "%d digits after the decimal mark: 0 to 9 are possible", v)
		return 0
	}
	return v
}
