package warehouse

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"tongket/internal/contract"
)

// mostCompared bounds how many rows of one file are held against what the same
// units reported before. A file beyond it is a bulk load, whose figures the
// programme's own tests compare.
const mostCompared = 200_000

// history doubts figures that do not go with what the same unit reported
// before: a cumulative one that falls or is left blank, and any that is a
// thousand times as large or as small, which is a unit of measure or a decimal
// mark gone wrong.
func (l *loading) history(ctx context.Context) error {
	period, keys := l.timed()
	if period == "" || l.receipt.Read > mostCompared {
		return nil
	}
	var fields []*contract.Field
	var columns []string
	for _, f := range l.Resource.Fields {
		if f.Type == contract.Number || f.Type == contract.Integer {
			fields, columns = append(fields, f), append(columns, ident(f.Name))
		}
	}
	if len(fields) == 0 {
		return nil
	}
	lags := make([]string, len(columns))
	for i, c := range columns {
		lags[i] = fmt.Sprintf("lag(%s) OVER w AS %[1]s", c)
	}
	// Quarters, halves and months follow each other by their ends, within a phase.
	// What the file itself replaces is none of the past.
	err := l.exec(ctx, fmt.Sprintf(`CREATE OR REPLACE TEMP TABLE __before AS
		WITH new AS (SELECT __line, %[1]s, %[2]s, %[3]s FROM __resolved WHERE %[2]s IS NOT NULL AND __line NOT IN (SELECT line FROM __faults WHERE severe)),
		old AS (SELECT NULL::BIGINT AS __line, %[1]s, %[2]s, %[3]s FROM %[4]s ANTI JOIN new USING (%[1]s, %[2]s))
		SELECT __line, __period AS %[2]s, * EXCLUDE (__line, __period) FROM (
			SELECT __line, lag(%[2]s) OVER w AS __period, %[5]s FROM (SELECT *, %[6]s AS __phase FROM (FROM old UNION ALL FROM new) AS __all)
			WINDOW w AS (PARTITION BY %[1]s, __phase ORDER BY %[7]s))
		WHERE __line IS NOT NULL AND __period IS NOT NULL`,
		idents(keys), ident(period), strings.Join(columns, ", "), ident(l.Resource.Name), strings.Join(lags, ", "), phase(l.contract, l.Resource, "__all."+ident(period)), inTime(ident(period))))
	if err != nil {
		return err
	}
	var doubts []doubt
	for _, f := range fields {
		doubts = append(doubts, l.doubts(f)...)
	}
	var conditions []string
	for _, d := range doubts {
		conditions = append(conditions, d.condition)
	}
	const pairs = "FROM __resolved AS new JOIN __before AS old ON old.__line = new.__line"
	counts, err := l.counts(ctx, conditions, pairs)
	if err != nil {
		return err
	}
	for i, d := range doubts {
		if counts[i] == 0 {
			continue
		}
		when, err := l.periodNames(ctx, period)
		if err != nil {
			return err
		}
		// A language names the figure and its period in the order that it likes.
		said := strings.NewReplacer("\x00", "', "+l.written("old", d.field)+", '", "\x01", "', "+when+", '").
			Replace(lit(l.locale.Say(d.key, "before", "\x00", "period", "\x01")))
		err = l.exec(ctx, fmt.Sprintf("INSERT INTO __faults SELECT new.__line, 1, false, %s, %s, %s, concat(%s) %s WHERE %s",
			lit(d.field.Title), l.written("new", d.field), lit(d.rule), said, pairs, d.condition))
		if err != nil {
			return err
		}
	}
	return nil
}

// doubt is a condition between what a unit reports and what it did before.
type doubt struct {
	field                *contract.Field
	rule, condition, key string
}

func (l *loading) doubts(f *contract.Field) []doubt {
	far := fmt.Sprintf("(new.%[1]s > 0 AND old.%[1]s > 0 AND (new.%[1]s::DOUBLE / old.%[1]s >= 800 OR old.%[1]s::DOUBLE / new.%[1]s >= 800) AND greatest(new.%[1]s, old.%[1]s) >= 1000)", ident(f.Name))
	out := []doubt{{f, "thousandfold", far, "load.history.thousand"}}
	if f.Cumulative {
		if slices.Contains(l.file.Columns(), f) {
			out = append(out, doubt{f, "blanked", fmt.Sprintf("(new.%[1]s IS NULL AND old.%[1]s IS NOT NULL)", ident(f.Name)), "load.history.blank"})
		}
		out = append(out, doubt{f, "falls", fmt.Sprintf("(new.%[1]s < old.%[1]s AND NOT %[2]s)", ident(f.Name), far), "load.history.falls"})
	}
	return out
}

// written is the expression that writes a figure as the programme's language
// does.
func (l *loading) written(side string, f *contract.Field) string {
	column := fmt.Sprintf("%s.%s", side, ident(f.Name))
	whole := fmt.Sprintf("format('{:t%s}', trunc(%s)::HUGEINT)", l.locale.Say("number.group"), column)
	fraction := fmt.Sprintf(`regexp_extract(CAST(%s AS VARCHAR), '\.(\d*[1-9])', 1)`, column)
	return fmt.Sprintf("%s || CASE WHEN %s <> '' THEN %s || %[2]s ELSE '' END", whole, fraction, lit(l.locale.Say("number.decimal")))
}

// timed returns the field of a table's periods, and those that tell its units
// apart; nothing when it has none.
func (l *loading) timed() (period string, keys []string) {
	for _, name := range l.Resource.PrimaryKey {
		if f := l.Resource.Field(name); f.Period {
			period = name
		} else {
			keys = append(keys, name)
		}
	}
	if len(keys) == 0 {
		return "", nil
	}
	return period, keys
}

// periodNames is the expression that writes the earlier period as people do.
func (l *loading) periodNames(ctx context.Context, period string) (string, error) {
	column := "old." + ident(period)
	rows, err := l.conn.QueryContext(ctx, fmt.Sprintf("SELECT DISTINCT %s FROM __before ORDER BY ALL LIMIT 500", ident(period)))
	if err != nil {
		return "", fmt.Errorf("warehouse: %w", err)
	}
	defer rows.Close()
	out := "CASE " + column
	n := 0
	for ; rows.Next(); n++ {
		var p string
		if err := rows.Scan(&p); err != nil {
			return "", fmt.Errorf("warehouse: %w", err)
		}
		out += fmt.Sprintf(" WHEN %s THEN %s", lit(p), lit(l.locale.Period(p)))
	}
	if n == 0 {
		return column, rows.Err()
	}
	return out + " ELSE " + column + " END", rows.Err()
}

func idents(names []string) string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = ident(n)
	}
	return strings.Join(out, ", ")
}
