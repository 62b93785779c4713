package intake

import (
	"fmt"
	"strings"

	"tongket/internal/cell"
	"tongket/internal/charset"
)

// describe says how a file is read and what shows it, in the programme's
// language, a decision a line. It stands in the receipt.
func (f *File) describe() []string {
	say, l := f.Locale.Say, f.Locale
	n := func(v int) string { return l.Number(float64(v), 0) }
	var out []string
	d := f.Decoding
	switch name := encodings[d.Encoding]; {
	case d.Misread != "":
		out = append(out, say("reading.misread", "encoding", encodings[d.Misread], "right", n(d.Right), "words", n(d.Words)))
	case f.Hints.Encoding != "":
		out = append(out, say("reading.encoding.told", "encoding", name))
	case f.Workbook:
	case d.BOM > 0:
		out = append(out, say("reading.encoding.bom", "encoding", name))
	case d.Words == 0:
		out = append(out, say("reading.encoding", "encoding", name))
	default:
		out = append(out, say("reading.encoding.words", "encoding", name, "right", n(d.Right), "words", n(d.Words)))
	}
	if d.Decomposed {
		out = append(out, say("reading.decomposed"))
	}
	if !f.Workbook {
		key := "reading.delimiter"
		if f.sepLine {
			key = "reading.delimiter.sep"
		}
		name := strings.NewReplacer("\t", "TAB").Replace(f.Delimiter())
		out = append(out, say(key, "delimiter", name, "columns", n(len(f.Tables[0].Header))))
	}
	for _, t := range f.Tables {
		out = append(out, f.describeTable(t)...)
	}
	return out
}

var encodings = map[charset.Encoding]string{
	charset.UTF8: "UTF-8", charset.UTF16LE: "UTF-16 LE", charset.UTF16BE: "UTF-16 BE", charset.Windows1258: "Windows-1258",
	charset.Windows1252: "Windows-1252", charset.TCVN3: "TCVN3 (ABC)", charset.VNI: "VNI-Windows",
}

func (f *File) describeTable(t *Table) []string {
	say, l, s := f.Locale.Say, f.Locale, &t.shape
	var out []string
	in := ""
	if t.Sheet != "" {
		in = say("reading.sheet", "sheet", t.Sheet)
		if t.Hidden {
			in = say("reading.sheet.hidden", "sheet", t.Sheet)
		}
	}
	known := 0
	for _, x := range t.Fields {
		if x != nil {
			known++
		}
	}
	lines := fmt.Sprint(s.line)
	if last := t.First - 1; last > s.line {
		lines = fmt.Sprintf("%d–%d", s.line, last)
	}
	out = append(out, in+say("reading.header", "lines", lines, "known", l.Number(float64(known), 0), "columns", l.Number(float64(len(t.Header)), 0)))
	for i, c := range s.columns {
		switch {
		case c.power != 0:
			out = append(out, say("reading.power", "column", t.Fields[i].Title, "unit", t.Fields[i].Unit, "factor", l.Number(pow10(c.power), max(0, -c.power))))
		case c.percent:
			out = append(out, say("reading.percent", "column", t.Fields[i].Title))
		}
	}
	for _, x := range f.Resource.Fields {
		switch from := t.Sources[x.Name]; {
		case from == "":
		case x.Period:
			out = append(out, say("reading.period."+from, "period", l.Period(t.Period)))
		default:
			out = append(out, say("reading.unit."+from, "unit", f.Units.Title(t.Unit, PeriodEnd(t.Period))))
		}
	}
	return out
}

func pow10(n int) float64 {
	v := 1.0
	for ; n > 0; n-- {
		v *= 10
	}
	for ; n < 0; n++ {
		v /= 10
	}
	return v
}

// describeNumbers says how the numbers of a table are written.
func (r *reading) describeNumbers(seen []evidence) []string {
	var comma, point, open int
	written := map[cell.Marks][]string{}
	for i, x := range r.table.Fields {
		if x == nil || !isFigures(x) {
			continue
		}
		e := seen[i].numbers
		comma, point, open = comma+e.Comma, point+e.Point, open+e.Open
		if m := e.Marks(); m == cell.Mixed {
			written[m] = append(written[m], x.Title)
		}
	}
	n := func(v int) string { return r.Locale.Number(float64(v), 0) }
	var out []string
	switch {
	case r.Hints.Decimal != "":
		out = append(out, r.Locale.Say("reading.decimal.told", "mark", r.Hints.Decimal))
	case comma > 0 && comma >= point:
		out = append(out, r.Locale.Say("reading.decimal.comma", "n", n(comma), "against", n(point)))
	case point > 0:
		out = append(out, r.Locale.Say("reading.decimal.point", "n", n(point), "against", n(comma)))
	case open > 0:
		out = append(out, r.Locale.Say("reading.decimal.open", "n", n(open)))
	}
	for _, title := range written[cell.Mixed] {
		out = append(out, r.Locale.Say("reading.decimal.mixed", "column", title))
	}
	return out
}
