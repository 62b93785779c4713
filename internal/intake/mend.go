package intake

import (
	"context"
	"errors"
	"strconv"
)

// mostMended bounds the list that goes back to a unit.
const mostMended = 10_000

// errEnough ends a reading early.
var errEnough = errors.New("enough")

// Mend is the list to send back to a unit: the rows at fault as they were
// sent, with their line and the reasons in front. Mended there, it can be
// loaded as it is. Reasons are by line, as Tidy counts it.
func (f *File) Mend(ctx context.Context, reasons map[int64]string) ([][]string, error) {
	var out [][]string
	for i, t := range f.Tables {
		begun := false
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
				out = append(out, append([]string{place, f.Locale.Say("mend.reason")}, t.Header...))
			}
			row := []string{strconv.FormatInt(r.line, 10), reason}
			for _, c := range r.cells {
				row = append(row, bare(c))
			}
			if out = append(out, row); len(out) > mostMended {
				return errEnough
			}
			return nil
		})
		if err != nil && !errors.Is(err, errEnough) {
			return nil, err
		}
	}
	return out, nil
}
