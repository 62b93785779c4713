package starter

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"tongket/internal/contract"
)

// files writes the proposal down.
func (p *proposal) files() ([]File, error) {
	guide, err := texts.ReadFile("files/tu-tep." + p.Lang + ".md")
	if err != nil {
		return nil, fmt.Errorf("guide: %w", err)
	}
	guideName := map[string]string{"vi": "DOC-TRUOC.md", "en": "READ-FIRST.md"}[p.Lang]
	out := []File{{guideName, guide}, {contract.ProgrammeFile, p.settings()}, {contract.File, p.contract()}, {"reports/index.md", p.index()}}
	if len(p.units) > 0 {
		list, err := p.unitList()
		if err != nil {
			return nil, err
		}
		out = append(out, File{"data/units.csv", list})
	}
	var errs []error
	for i, t := range p.tables {
		out = append(out, File{"queries/" + t.query() + ".sql", t.sql()}, File{"reports/" + t.page() + ".md", t.report(i + 1)})
		for _, path := range t.paths {
			data, err := os.ReadFile(path)
			if err != nil {
				errs = append(errs, fmt.Errorf("file: %w", err))
				continue
			}
			out = append(out, File{"data/" + t.name + "/" + filepath.Base(path), data})
		}
	}
	return out, errors.Join(errs...)
}

func (t *table) query() string { return t.name + "_rows" }

// page is the path of the table's page.
func (t *table) page() string { return strings.ReplaceAll(t.name, "_", "-") }

func (p *proposal) settings() []byte {
	l := p.Locale
	return fmt.Appendf(nil, "# %s\ntitle: %s\nagency: %s\nlang: %s\n\n# %s\nnotice: %s\n",
		l.Say("init.file.settings"), text(l.Say("init.file.title")), text(l.Say("init.file.agency")), p.Lang, l.Say("init.file.notice.drop"), text(l.Say("init.file.notice")))
}

func (p *proposal) contract() []byte {
	l := p.Locale
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\nname: %s\ntitle: %s\n\nresources:\n", l.Say("init.file.contract"), "chuong-trinh", text(l.Say("init.file.title")))
	if len(p.units) > 0 {
		fmt.Fprintf(&b, `  # %s
  - name: units
    title: %s
    path: units.csv
    dialect: {delimiter: ";"}
    names: [name, aliases]
    schema:
      primaryKey: code
      missingValues: [""]
      fields:
        - {name: code, title: %s, type: string, constraints: {required: true, unique: true}}
        - {name: name, title: %s, type: string, constraints: {required: true}}
        - {name: aliases, title: %s, type: string}

`, l.Say("init.guess.units", "n", l.Number(float64(len(p.units)), 0)), text(l.Say("init.units")), text(l.Say("init.units.code")), text(l.Say("init.units.name")), text(l.Say("init.units.aliases")))
	}
	for _, t := range p.tables {
		t.declare(&b)
	}
	return []byte(b.String())
}

// periodic reports whether rows are told apart by periods.
func (t *table) periodic() bool {
	return slices.ContainsFunc(t.columns, func(c column) bool { return c.period && slices.Contains(t.key, c.name) })
}

// declare writes one table of the contract. Each guess stands above what it
// is about.
func (t *table) declare(b *strings.Builder) {
	for _, note := range t.notes {
		fmt.Fprintf(b, "  # %s\n", note)
	}
	fmt.Fprintf(b, "  - name: %s\n    title: %s\n    path: %s/*.csv\n", t.name, text(t.title), t.name)
	switch {
	case t.delimiter != "" && t.short:
		fmt.Fprintf(b, "    dialect: {delimiter: %s, shortRows: true}\n", text(t.delimiter))
	case t.delimiter != "":
		fmt.Fprintf(b, "    dialect: {delimiter: %s}\n", text(t.delimiter))
	case t.short:
		b.WriteString("    dialect: {shortRows: true}\n")
	}
	b.WriteString("    schema:\n")
	if len(t.key) > 0 {
		fmt.Fprintf(b, "      primaryKey: [%s]\n", strings.Join(t.key, ", "))
	}
	for _, c := range t.columns {
		if c.names {
			fmt.Fprintf(b, "      foreignKeys:\n        - {fields: %s, reference: {resource: units, fields: code}}\n", c.name)
		}
	}
	b.WriteString("      missingValues: [\"\", \"-\"]\n      fields:\n")
	for _, c := range t.columns {
		fmt.Fprintf(b, "        # %s\n        - {name: %s, title: %s, type: %s", strings.Join(c.why, "; "), c.name, text(c.title), c.kind)
		switch {
		case c.period:
			b.WriteString(", period: true")
		case c.kind == "date":
			fmt.Fprintf(b, ", format: %s", text(c.layout))
		case c.kind == "number" && c.decimals > 6: // measured, not counted: a floating-point number
			fmt.Fprintf(b, ", decimalChar: %s, decimals: 2", text(c.decimal))
		case c.kind == "number":
			fmt.Fprintf(b, ", decimalChar: %s, decimals: %d, scale: %d", text(c.decimal), c.decimals, c.decimals)
		}
		if (c.kind == "number" || c.kind == "integer") && c.group != "" {
			if c.kind == "integer" {
				fmt.Fprintf(b, ", decimalChar: %s", text(c.decimal))
			}
			fmt.Fprintf(b, ", groupChar: %s", text(c.group))
		}
		if c.cumulative && t.periodic() {
			b.WriteString(", cumulative: true")
		}
		if c.unit != "" {
			fmt.Fprintf(b, ", unit: %s", text(c.unit))
		}
		if c.header != "" && c.header != c.title {
			fmt.Fprintf(b, ", aliases: [%s]", text(c.header))
		}
		if slices.Contains(t.key, c.name) {
			b.WriteString(", constraints: {required: true}")
		}
		b.WriteString("}\n")
	}
	b.WriteString("\n")
}

// sql shows the table, its units by name.
func (t *table) sql() []byte {
	var names, columns, order []string
	from := t.name + " AS t"
	for _, c := range t.columns {
		if c.names {
			name := unique(c.name+"_ten", t.names())
			names = append(names, fmt.Sprintf("--   %s: {title: %s, format: text}", name, text(c.title)))
			columns = append(columns, "u.name AS "+name)
			from += "\nLEFT JOIN units AS u ON u.code = t." + c.name
			continue
		}
		columns = append(columns, "t."+c.name)
		if c.period {
			order = append(order, "period_end(t."+c.name+")")
		}
	}
	for _, name := range t.key {
		order = append(order, "t."+name)
	}
	head := "-- title: " + text(t.title)
	if len(names) > 0 {
		head += "\n-- columns:\n" + strings.Join(names, "\n")
	}
	if len(order) == 0 {
		order = []string{"t.submission", "t.line"}
	}
	return fmt.Appendf(nil, "%s\nSELECT\n  %s\nFROM %s\nORDER BY %s\n", head, strings.Join(columns, ",\n  "), from, strings.Join(order, ", "))
}

// most is how many rows a page shows.
const most = 1000

func (t *table) report(order int) []byte {
	top := ""
	if t.rows > most || !t.whole {
		top = fmt.Sprintf("top: %d\n", most)
	}
	return fmt.Appendf(nil, "---\ntitle: %s\nmenu: %s\norder: %d\n---\n{{ if rows \"%s\" }}\n```table\nquery: %s\nnumbered: true\nsearch: true\n%s```\n{{ else }}\n{{ say \"init.page.none\" }}\n{{ end }}\n",
		text(braced(t.title)), text(braced(cut(t.title, 30))), order+1, t.query(), t.query(), top)
}

func (p *proposal) index() []byte {
	l := p.Locale
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntitle: %s\nmenu: %s\norder: 1\n---\n%s\n\n", text(l.Say("init.page.title")), text(l.Say("init.page.title")), l.Say("init.page.about"))
	for _, t := range p.tables {
		fmt.Fprintf(&b, "- [%s](%s): {{ say \"init.page.rows\" \"n\" (integer (len (rows \"%s\"))) }}\n", marked(t.title), t.page(), t.query())
	}
	return []byte(b.String())
}

func (p *proposal) unitList() ([]byte, error) {
	l := p.Locale
	var b strings.Builder
	b.WriteString("\uFEFF")
	w := csv.NewWriter(&b)
	w.Comma, w.UseCRLF = ';', true
	rows := [][]string{{l.Say("init.units.code"), l.Say("init.units.name"), l.Say("init.units.aliases")}}
	for _, u := range p.units {
		rows = append(rows, []string{u.code, u.name, strings.Join(u.aliases, "|")})
	}
	if err := w.WriteAll(rows); err != nil {
		return nil, fmt.Errorf("units: %w", err)
	}
	return []byte(b.String()), nil
}

// text is a value in YAML: a JSON string is one.
func text(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\t' || r == '\uFEFF' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, " "))
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		return `""` // no string is without a JSON form
	}
	return strings.TrimSpace(b.String())
}

// braced keeps braces in a value from opening an expression.
func braced(s string) string {
	return strings.NewReplacer("{", "(", "}", ")").Replace(s)
}

// marked is a value in Markdown.
func marked(s string) string {
	var b strings.Builder
	for _, r := range braced(quote(s)) {
		if r < 0x80 && (unicode.IsPunct(r) || unicode.IsSymbol(r)) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

func cut(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return strings.TrimSpace(string(r[:most])) + "…"
	}
	return s
}
