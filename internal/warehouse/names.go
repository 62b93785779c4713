package warehouse

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"tongket/internal/contract"
	"tongket/internal/intake"
	"tongket/internal/register"
)

// register gathers the names of the rows that a delivery's key points to: of
// the table that has names, if there are several. From is what else to take
// names from, a relation with the table's columns.
func (w *Warehouse) register(ctx context.Context, d Delivery, key *contract.ForeignKey, from ...string) (*register.Register, error) {
	for _, k := range d.Resource.ForeignKeys {
		if key == nil && len(w.contract.Resource(k.Resource).Names) > 0 && k.Resource != d.Resource.Name {
			key = &k
		}
	}
	if key == nil {
		return nil, nil
	}
	to := w.contract.Resource(key.Resource)
	rows := "SELECT * FROM " + ident(to.Name)
	if to == d.Resource && !to.Periodic() { // what this file replaces is no target; what it brings is
		rows += fmt.Sprintf(" WHERE submission NOT IN (SELECT id FROM submissions WHERE path = %s)", lit(d.Name))
	}
	for _, relation := range from {
		rows += " UNION ALL BY NAME SELECT * FROM " + relation
	}
	latest, err := w.count(ctx, "SELECT coalesce(max(id), 0) FROM submissions WHERE resource = $1 AND status <> 'refused'", to.Name)
	if err != nil {
		return nil, err
	}
	version := fmt.Sprintf("%s.%s %d", to.Name, key.Target, latest)
	if known := w.registers[version]; known != nil && to != d.Resource {
		return known, nil
	}
	names, err := w.names(ctx, to, key.Target, rows)
	if err != nil {
		return nil, err
	}
	r := register.New(names)
	if to != d.Resource {
		w.registers = map[string]*register.Register{version: r}
	}
	return r, nil
}

// names lists the spellings of a table's rows: the key itself, and the columns
// that the contract says hold names, several parted by |.
func (w *Warehouse) names(ctx context.Context, to *contract.Resource, target, rows string) ([]register.Name, error) {
	column := func(name string) string {
		if name == "" {
			return "NULL::VARCHAR"
		}
		return ident(name) + "::VARCHAR"
	}
	title := ""
	if len(to.Names) > 0 {
		title = to.Names[0]
	}
	fields := []string{column(target), column(title), column(to.Above), column(to.ValidFrom), column(to.ValidTo)}
	for _, n := range to.Names {
		fields = append(fields, column(n))
	}
	result, err := w.conn.QueryContext(ctx, fmt.Sprintf("WITH target AS (%s) SELECT %s FROM target WHERE %s IS NOT NULL ORDER BY ALL", rows, strings.Join(fields, ", "), ident(target)))
	if err != nil {
		return nil, fmt.Errorf("warehouse: %w", err)
	}
	defer result.Close()
	var out []register.Name
	for result.Next() {
		cells := make([]*string, len(fields))
		to := make([]any, len(cells))
		for i := range cells {
			to[i] = &cells[i]
		}
		if err := result.Scan(to...); err != nil {
			return nil, fmt.Errorf("warehouse: %w", err)
		}
		text := func(i int) string {
			if cells[i] == nil {
				return ""
			}
			return *cells[i]
		}
		name := register.Name{Key: text(0), Text: text(0), Title: text(1), Parent: text(2), From: text(3), To: text(4), Code: true}
		out = append(out, name)
		name.Code = false
		for i := 5; i < len(cells); i++ {
			for spelling := range strings.SplitSeq(text(i), "|") {
				if name.Text = strings.TrimSpace(spelling); name.Text != "" {
					out = append(out, name)
				}
			}
		}
	}
	return out, result.Err()
}

// framed reports whether a key is looked up in the frame of the row's period:
// the rows it points to have a time, and so has the row.
func (l *loading) framed(k contract.ForeignKey) (period string, ok bool) {
	if l.contract.Resource(k.Resource).ValidFrom == "" {
		return "", false
	}
	for _, f := range l.Resource.Fields {
		if f.Period {
			return f.Name, true
		}
	}
	return "", false
}

// sameDay is the condition, beside that of the text, under which a found key
// is a row's.
func (l *loading) sameDay(found string, k contract.ForeignKey) string {
	period, ok := l.framed(k)
	if !ok {
		return ""
	}
	return fmt.Sprintf(" AND %s.period IS NOT DISTINCT FROM __lined.%s", found, ident(period))
}

// lookup makes the table of each distinct text of a key column, and period
// where that matters, with the key it stands for, or why it stands for none.
func (l *loading) lookup(ctx context.Context, found string, k contract.ForeignKey) error {
	var from []string
	if k.Resource == l.Resource.Name {
		from = []string{"__lined"}
	}
	names, err := l.register(ctx, l.Delivery, &k, from...)
	if err != nil {
		return err
	}
	temp, err := os.CreateTemp(l.temp, "*.csv")
	if err != nil {
		return fmt.Errorf("temporary file: %w", err)
	}
	defer os.Remove(temp.Name())
	err = l.find(ctx, temp, names, k)
	if err := errors.Join(err, temp.Close()); err != nil {
		return err
	}
	columns := []string{"'given': 'VARCHAR'", "'period': 'VARCHAR'", "'key': 'VARCHAR'", "'message': 'VARCHAR'"}
	return l.exec(ctx, fmt.Sprintf("CREATE OR REPLACE TEMP TABLE %s AS SELECT * FROM %s", found, ours(temp.Name(), columns)))
}

// find writes what each text means.
func (l *loading) find(ctx context.Context, file *os.File, names *register.Register, k contract.ForeignKey) error {
	period, framed := l.framed(k)
	fields := ident(k.Field) + ", ''"
	if framed {
		fields = ident(k.Field) + ", " + ident(period)
	}
	rows, err := l.conn.QueryContext(ctx, fmt.Sprintf("SELECT DISTINCT %s FROM __lined WHERE %s IS NOT NULL ORDER BY ALL", fields, ident(k.Field)))
	if err != nil {
		return fmt.Errorf("warehouse: %w", err)
	}
	defer rows.Close()
	buffered := bufio.NewWriter(file)
	out := csv.NewWriter(buffered)
	lost := 0
	for rows.Next() {
		var text string
		var at *string
		if err := rows.Scan(&text, &at); err != nil {
			return fmt.Errorf("warehouse: %w", err)
		}
		day, when := "", ""
		if framed && at != nil {
			when, day = *at, intake.PeriodEnd(*at)
		}
		f := names.Find(text, day)
		message := ""
		if f.Key == "" {
			var near []string
			if lost++; lost <= mostNear && len(f.Many)+len(f.Ended) == 0 {
				if near = names.Near(text, day); len(near) == 0 {
					near = names.Within(text, day)
				}
			}
			message = l.unfound(f, near, l.contract.Resource(k.Resource).Title)
		}
		if err := out.Write([]string{text, when, f.Key, message}); err != nil {
			return fmt.Errorf("temporary file: %w", err)
		}
	}
	out.Flush()
	return errors.Join(rows.Err(), out.Error(), buffered.Flush())
}

// mostNear is how many unknown texts of a file are held against every name.
const mostNear = 200

func (l *loading) unfound(f register.Found, near []string, title string) string {
	list := func(names []string) string {
		if len(names) > 20 {
			names = append(names[:20:20], "…")
		}
		return strings.Join(names, "; ")
	}
	switch {
	case len(f.Many) > 0:
		return l.locale.Say("load.reference.many", "resource", title, "near", list(f.Many))
	case len(f.Ended) > 0:
		var terms []string
		for _, t := range f.Ended {
			if t.Until != "" {
				terms = append(terms, l.locale.Say("load.reference.until", "unit", t.Title, "day", l.day(t.Until)))
			} else {
				terms = append(terms, l.locale.Say("load.reference.from", "unit", t.Title, "day", l.day(t.From)))
			}
		}
		return l.locale.Say("load.reference.ended", "near", list(terms))
	case len(near) > 0:
		return l.locale.Say("load.reference.near", "resource", title, "near", list(near))
	}
	return l.locale.Say("load.reference", "resource", title)
}

// day writes a day as the programme's language does.
func (l *loading) day(text string) string {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return text
	}
	return l.locale.Date(t)
}
