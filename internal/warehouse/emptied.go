package warehouse

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"tongket/internal/contract"
)

// emptied doubts what a file leaves out though it is known: a column that it
// lacks, of which the same units had reported figures; a cell that is blank in
// a row that replaces one where it was filled.
func (l *loading) emptied(ctx context.Context) error {
	known, err := l.count(ctx, "SELECT count(*) FROM (SELECT 1 FROM "+ident(l.Resource.Name)+" LIMIT 1)")
	if err != nil || known == 0 {
		return err
	}
	var given, lacking []*contract.Field
	columns := l.file.Columns()
	for _, f := range l.Resource.Fields {
		switch {
		case slices.Contains(l.Resource.PrimaryKey, f.Name):
		case slices.Contains(columns, f):
			given = append(given, f)
		default:
			lacking = append(lacking, f)
		}
	}
	if err := l.lacking(ctx, lacking); err != nil {
		return err
	}
	if len(l.Resource.PrimaryKey) == 0 || l.receipt.Read > mostCompared {
		return nil
	}
	return l.blanked(ctx, given)
}

// lacking tells the columns that the file has not and that rows of the same
// units fill. A bulk load is held against all rows.
func (l *loading) lacking(ctx context.Context, fields []*contract.Field) error {
	if len(fields) == 0 {
		return nil
	}
	from := "FROM " + ident(l.Resource.Name) + " AS old"
	keys := l.Resource.PrimaryKey
	if _, units := l.timed(); units != nil {
		keys = units
	}
	if len(keys) > 0 && l.receipt.Read <= mostCompared {
		from += " SEMI JOIN __resolved AS new USING (" + idents(keys) + ")"
	}
	var filled []string
	for _, f := range fields {
		filled = append(filled, "old."+ident(f.Name)+" IS NOT NULL")
	}
	counts, err := l.counts(ctx, filled, from)
	if err != nil {
		return err
	}
	var titles []string
	for i, f := range fields {
		if counts[i] > 0 {
			titles = append(titles, f.Title)
		}
	}
	if len(titles) == 0 {
		return nil
	}
	l.receipt.Absent = slices.DeleteFunc(l.receipt.Absent, func(title string) bool { return slices.Contains(titles, title) })
	message := l.locale.Say("load.lacking", "n", l.locale.Number(float64(len(titles)), 0), "columns", strings.Join(titles, ", "))
	return l.exec(ctx, fmt.Sprintf("INSERT INTO __faults VALUES (%d, 1, false, NULL, NULL, 'lacking', %s)", max(l.file.Tables[0].First-1, 1), lit(message)))
}

func (l *loading) blanked(ctx context.Context, fields []*contract.Field) error {
	if len(fields) == 0 {
		return nil
	}
	var same []string
	for _, k := range l.Resource.PrimaryKey {
		same = append(same, fmt.Sprintf("new.%[1]s = old.%[1]s", ident(k)))
	}
	from := fmt.Sprintf("FROM __resolved AS new JOIN %s AS old ON %s", ident(l.Resource.Name), strings.Join(same, " AND "))
	var blank []string
	for _, f := range fields {
		blank = append(blank, fmt.Sprintf("new.%[1]s IS NULL AND old.%[1]s IS NOT NULL", ident(f.Name)))
	}
	counts, err := l.counts(ctx, blank, from)
	if err != nil {
		return err
	}
	for i, f := range fields {
		if counts[i] == 0 {
			continue
		}
		was := fmt.Sprintf("CAST(old.%s AS VARCHAR)", ident(f.Name))
		if f.Type == contract.Number || f.Type == contract.Integer {
			was = l.written("old", f)
		}
		before, after, _ := strings.Cut(l.locale.Say("load.blanked", "before", "\x00"), "\x00")
		err := l.exec(ctx, fmt.Sprintf("INSERT INTO __faults SELECT new.__line, 1, false, %s, NULL, 'blanked', concat(%s, left(%s, 80), %s) %s WHERE %s AND new.__line NOT IN (SELECT line FROM __faults WHERE severe)",
			lit(f.Title), lit(before), was, lit(after), from, blank[i]))
		if err != nil {
			return err
		}
	}
	return nil
}
