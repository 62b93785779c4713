// Package contract reads what a programme promises: data/datapackage.yaml,
// its tables, columns and rules, and tongket.yaml, its title, letterhead and
// settings. The contract is a Data Package (https://datapackage.org) with
// Table Schema fields and a few properties of our own.
package contract

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"tongket/internal/report"
	"tongket/internal/strict"
)

// Contract is the set of tables that a programme loads.
type Contract struct {
	Name, Title, Description string
	Resources                []*Resource
}

// Resource is one table and the files that fill it.
type Resource struct {
	Name        string // the table's name, in English
	Title       string // as people see it
	Description string
	Path        []string // files below data/; * and ? match within one folder
	Delimiter   string   // of its CSV files; empty: found from the header
	ShortRows   bool     // a row may end before the last column; what it lacks is empty
	Fields      []*Field
	PrimaryKey  []string // a later file supersedes the rows whose key it carries
	ForeignKeys []ForeignKey
	Missing     []string // texts that mean "no value"
	Names       []string // columns by which other files may call a row; "aliases" hold several, parted by |
	Above       string   // column that names what a row is part of; it tells namesakes apart in messages
	ValidFrom   string   // columns of the first and last day on which a row holds; empty: it always does
	ValidTo     string
	Rules       []Rule
	Succession  *Succession // the rows tell what became of another table's rows; nil: they do not
	Since       *Since      // cumulative figures begin anew with each row of another table; nil: they never do
	Line        int
}

// Succession names the columns of a table of changes, of units for example:
// on Date what was From became To, whole or the Share of it, and Records says
// whether To took over the records. Of is the table that lists the units, each
// with its validity; its key is the one that From and To point to.
type Succession struct {
	Of, Date, From, To string
	Share, Records     string // empty: there is no such column
	Line               int
}

// MostFields is how many columns a table may have: beyond, a file takes minutes.
const MostFields = 1000

// Field is one column.
type Field struct {
	Name        string
	Title       string
	Description string
	Type        Type
	Layout      string // of dates, in strptime terms: "%d/%m/%Y"
	Decimal     string // decimal mark in files
	Group       string // thousands mark in files; empty: none
	Aliases     []string
	Unit        string
	Decimals    int  // digits shown after the decimal mark
	Scale       int  // digits stored exactly; -1: a binary floating-point number
	Cumulative  bool // counted since the phase began
	Period      bool // a string that holds a reporting period, "2021-Q4"
	Block       bool // a string that holds the heading above the row: "I. Sở, ban, ngành"
	Constraints Constraints
	Line        int
}

// Constraints bound a field's values; what is empty or nil does not bind.
type Constraints struct {
	Required, Unique     bool
	Minimum, Maximum     *string // as written; numbers with a decimal point, dates as 2006-01-02
	MinLength, MaxLength *int    // characters
	Pattern              string  // the whole value must match (RE2)
	Enum                 []string
}

// ForeignKey says that a field holds a key of another resource's row.
type ForeignKey struct {
	Field, Resource, Target string
}

// Rule is a condition over the columns of one row, in SQL. A row for which it
// is false is rejected, or doubted when Warning is set.
type Rule struct {
	Name      string
	Condition string
	Message   string // in the programme's language
	Warning   bool
	Line      int
}

// Type is the type of a field's values.
type Type string

// The types of a field, as Table Schema names them.
const (
	String  Type = "string"
	Integer Type = "integer"
	Number  Type = "number"
	Boolean Type = "boolean"
	Date    Type = "date"
	Year    Type = "year"
)

// File is where a programme folder keeps its contract.
const File = "data/datapackage.yaml"

// Read reads data/datapackage.yaml of a programme folder. Every fault comes
// at once, with its line.
func Read(programme fs.FS) (*Contract, error) {
	text, err := fs.ReadFile(programme, File)
	if err != nil {
		return nil, fmt.Errorf("contract: %w", err)
	}
	reader, root := strict.Parse(File, 0, text)
	d := decoder{Reader: reader}
	c := d.contract(root)
	if reader.Err() == nil {
		d.relations(c)
	}
	return c, reader.Err()
}

// Resource returns the resource of this name, or nil.
func (c *Contract) Resource(name string) *Resource {
	for _, r := range c.Resources {
		if r.Name == name {
			return r
		}
	}
	return nil
}

// Ordered returns the resources so that each comes after those its foreign
// keys point to.
func (c *Contract) Ordered() []*Resource {
	var out []*Resource
	done := map[string]bool{}
	var visit func(r *Resource)
	visit = func(r *Resource) {
		if done[r.Name] {
			return
		}
		done[r.Name] = true
		for _, k := range r.ForeignKeys {
			visit(c.Resource(k.Resource))
		}
		out = append(out, r)
	}
	for _, r := range c.Resources {
		visit(r)
	}
	return out
}

// Field returns the field of this name, or nil.
func (r *Resource) Field(name string) *Field {
	for _, f := range r.Fields {
		if f.Name == name {
			return f
		}
	}
	return nil
}

// Key returns the foreign key of a field, or nil.
func (r *Resource) Key(field string) *ForeignKey {
	for i, k := range r.ForeignKeys {
		if k.Field == field {
			return &r.ForeignKeys[i]
		}
	}
	return nil
}

// Succession returns the resource that tells what became of the rows of
// another, or nil.
func (c *Contract) Succession() *Resource {
	for _, r := range c.Resources {
		if r.Succession != nil {
			return r
		}
	}
	return nil
}

// Retold returns the foreign key by which the rows of a resource can be told
// in the units of another day, or nil: they belong to periods, and to the
// units whose changes are known.
func (c *Contract) Retold(r *Resource) *ForeignKey {
	changes := c.Succession()
	if changes == nil || !r.Periodic() {
		return nil
	}
	unit := changes.Key(changes.Succession.From)
	for i, k := range r.ForeignKeys {
		if k.Resource == unit.Resource && k.Target == unit.Target {
			return &r.ForeignKeys[i]
		}
	}
	return nil
}

// Macros returns the names of what queries may call to follow units through
// time, each with the tables behind it.
func (c *Contract) Macros() map[string][]string {
	changes := c.Succession()
	if changes == nil {
		return nil
	}
	of := changes.Succession.Of
	out := map[string][]string{of + "_on": {of}, "successors": {changes.Name, of}, "lineage": {changes.Name, of}}
	for _, r := range c.Resources {
		if c.Retold(r) != nil {
			out[r.Name+"_in"] = []string{r.Name, changes.Name, of}
		}
	}
	return out
}

// Periodic reports whether the resource's rows belong to reporting periods.
func (r *Resource) Periodic() bool {
	return slices.ContainsFunc(r.Fields, func(f *Field) bool { return f.Period })
}

// Forms are the endings of files that may hold a table. A path that ends in
// .csv takes them all: units send what they have.
var Forms = []string{".csv", ".tsv", ".txt", ".xlsx", ".xlsm"}

// Takes reports whether a file below data/ belongs to the resource.
func (r *Resource) Takes(file string) bool {
	file = strings.ToLower(file) // .CSV is .csv
	return slices.ContainsFunc(r.Path, func(pattern string) bool {
		pattern, name := strings.ToLower(pattern), file
		if ending := path.Ext(name); strings.HasSuffix(pattern, ".csv") && slices.Contains(Forms, ending) {
			name = strings.TrimSuffix(name, ending) + ".csv"
		}
		ok, _ := path.Match(pattern, name)
		return ok
	})
}

// Column returns how the field's values are shown.
func (f *Field) Column() report.Column {
	c := report.Column{Name: f.Name, Title: f.Title, Unit: f.Unit, Decimals: f.Decimals, Format: report.Text}
	switch f.Type {
	case Integer:
		c.Format = report.Integer
	case Number:
		c.Format = report.Number
	case Boolean:
		c.Format = report.Boolean
	case Date:
		c.Format = report.Date
	case Year:
		c.Format = report.Year
	case String:
		if f.Period {
			c.Format = report.Period
		}
	}
	return c
}

// SQL returns the DuckDB type that stores the field.
func (f *Field) SQL() string {
	switch f.Type {
	case Integer:
		return "BIGINT"
	case Number:
		if f.Scale >= 0 {
			return fmt.Sprintf("DECIMAL(18,%d)", f.Scale)
		}
		return "DOUBLE"
	case Boolean:
		return "BOOLEAN"
	case Date:
		return "DATE"
	case Year:
		return "INTEGER"
	}
	return "VARCHAR"
}

// Headers returns every spelling by which a file may head the field's column.
func (f *Field) Headers() []string {
	out := append([]string{f.Title, f.Name}, f.Aliases...)
	if f.Unit != "" {
		out = append(out, f.Title+" ("+f.Unit+")")
	}
	return out
}

// reserved are the columns that every table has besides its fields.
var reserved = []string{"submission", "line", "sheet_number", "since", "superseded_by", "rowid"}

// taken are names of tables that every programme has.
var taken = []string{"submissions", "rejects", "warnings", "passed", "settings", "meta", "previous", "restated", "period_end", "period_months", "trail", "trail_reads", "trail_sources", "trail_keys", "trail_rows"}

// identifier reports whether a name is one of ours: two underscores are kept
// for what the warehouse adds.
func identifier(name string) bool {
	return name != "" && !strings.Contains(name, "__") && strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == "" && strings.Trim(name[:1], "0123456789") != ""
}

// Example writes the form of a date field's values the way people name it:
// dd/mm/yyyy.
func (f *Field) Example() string {
	return strings.NewReplacer("%d", "dd", "%m", "mm", "%Y", "yyyy", "%y", "yy").Replace(f.Layout)
}
