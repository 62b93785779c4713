package intake

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
)

// mostMended bounds the list that goes back to a unit.
const mostMended = 10_000

// errEnough ends a reading early.
var errEnough = errors.New("enough")

// Faulty is what is to be sent back of a file: the reasons by line, as Tidy
// counts it, and the SHA-256 of its bytes.
type Faulty struct {
	Reasons map[int64]string
	SHA256  string
}

// Mend is the list to send back to a unit: the rows at fault as they were
// sent, with their line, the reasons and their file in front. Mended there, it
// can be loaded as it is, and Claims tells whose rows it holds.
func (f *File) Mend(ctx context.Context, faulty Faulty) ([][]string, error) {
	reasons := faulty.Reasons
	var out [][]string
	for i, t := range f.Tables {
		begun, own := false, f.ownColumns(t)
		tidying := &tidying{File: f}
		err := tidying.each(ctx, i, func(r *record) error {
			reason, ok := reasons[int64(i)*SheetSpan+r.line]
			if !ok {
				return nil
			}
			if !begun {
				begun = true
				place := f.Locale.Say("mend.line")
				if t.Sheet != "" {
					place = f.Locale.Say("mend.line.sheet", "sheet", t.Sheet)
				}
				out = append(out, append([]string{place, f.Locale.Say("mend.reason"), f.Locale.Say("mend.file")}, f.mendHeader(t, own)...))
			}
			row := append([]string{strconv.FormatInt(r.line, 10), reason, f.origin(i, faulty.SHA256)}, f.told(t)...)
			for c, text := range r.cells {
				if !slices.Contains(own, c) {
					row = append(row, f.written(text))
				}
			}
			if out = append(out, row); len(out) > mostMended {
				return errEnough
			}
			return nil
		})
		if err != nil && !errors.Is(err, errEnough) {
			return nil, err
		}
		if err != nil || len(reasons) >= mostMended && i == len(f.Tables)-1 {
			return append(out, []string{"", f.Locale.Say("mend.cut", "n", f.Locale.Number(mostMended, 0))}), nil
		}
	}
	return out, nil
}

// mendHeader heads the columns so that the list says by itself what stood
// above the table: the period, the unit, and in what the figures count.
func (f *File) mendHeader(t *Table, own []int) []string {
	var out []string
	for _, x := range f.Resource.Fields {
		if t.Sources[x.Name] != "" {
			out = append(out, x.Title)
		}
	}
	for i, x := range t.Fields {
		switch c := t.shape.columns[i]; {
		case slices.Contains(own, i):
		case x == nil:
			out = append(out, t.Header[i])
		case c.power != 0:
			out = append(out, x.Title+" ("+moneyUnits[c.power]+")")
		case c.percent:
			out = append(out, x.Title+" (%)")
		default:
			out = append(out, x.Title)
		}
	}
	return out
}

// moneyUnits are the units of figures that are brought to đồng.
var moneyUnits = map[int]string{3: "nghìn đồng", 6: "triệu đồng", 9: "tỷ đồng"}

// told is what the title or the file's name told of every row.
func (f *File) told(t *Table) []string {
	var out []string
	for _, x := range f.Resource.Fields {
		switch {
		case t.Sources[x.Name] == "":
		case x.Period:
			out = append(out, t.Period)
		default:
			out = append(out, t.Unit)
		}
	}
	return out
}

// written writes a cell so that it is read again as what it was. A number of a
// workbook gets the locale's decimal mark, and a fourth digit where three
// behind the mark could be taken for thousands.
func (f *File) written(c string) string {
	text := bare(c)
	if len(c) < 2 || c[0] != '\x01' {
		return text
	}
	switch c[:2] {
	case markPercent:
		return strings.Replace(shift(text, 2), ".", f.Locale.Say("number.decimal"), 1) + "%"
	case markNumber:
		whole, fraction, decimal := strings.Cut(tidied(text), ".")
		if !decimal {
			return whole
		}
		if len(fraction) == 3 {
			fraction += "0"
		}
		return whole + f.Locale.Say("number.decimal") + fraction
	case markDate:
		if len(text) >= 10 {
			return text[8:10] + "/" + text[5:7] + "/" + text[:4]
		}
	}
	return text
}
