package warehouse

import (
	"context"
	"database/sql"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/duckdb/duckdb-go/v2"

	"tongket/internal/report"
)

// simple are the types whose values are cells as they are; of all others the
// engine writes the text.
var simple = []string{"BOOLEAN", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT", "FLOAT", "DOUBLE", "DECIMAL", "VARCHAR", "DATE"}

// base is a type without its arguments; a list is a type of its own.
func base(kind string) string {
	if strings.HasSuffix(kind, "]") {
		return "LIST"
	}
	name, _, _ := strings.Cut(kind, "(")
	return name
}

// numbered names the columns of an answer by their place: names may be there
// twice.
func (a *Answer) numbered() string {
	var names []string
	for i := range a.Columns {
		names = append(names, cell(i))
	}
	return "query(" + lit(a.sql) + ") AS __answer(" + strings.Join(names, ", ") + ")"
}

// fetch computes the answer.
func (a *Answer) fetch(ctx context.Context) (*sql.Rows, error) {
	var values []string
	for i, kind := range a.Types {
		values = append(values, a.part(kind, valueOf(kind, cell(i))))
	}
	text := "SELECT " + strings.Join(values, ", ") + " FROM " + a.numbered()
	if a.limits.Rows > 0 {
		text += fmt.Sprintf(" LIMIT %d", a.limits.Rows+1)
	}
	var rows *sql.Rows
	err := a.reader.watched(ctx, a.limits, func(limited context.Context) (err error) {
		// The rows outlive the limit of the time: they have been computed.
		ctx, cancel := context.WithCancelCause(context.WithoutCancel(ctx))
		stop := context.AfterFunc(limited, func() { cancel(context.Cause(limited)) })
		defer stop()
		rows, err = a.reader.asking.QueryContext(ctx, text)
		if err != nil {
			return a.reader.explain(limited, a.asked, nil, err)
		}
		return nil
	})
	return rows, err
}

// valueOf is a column as it is fetched. Moments are written as ISO 8601 has
// them.
func valueOf(kind, column string) string {
	switch {
	case strings.HasPrefix(kind, "TIMESTAMP") && !strings.HasSuffix(kind, "]"):
		return fmt.Sprintf("replace(CAST(%s AS VARCHAR), ' ', 'T')", column)
	case slices.Contains(simple, base(kind)):
		return column
	}
	return fmt.Sprintf("CAST(%s AS VARCHAR)", column)
}

// part is as much of a text as the limits let through, and a letter more: of a
// gigabyte nobody needs a copy.
func (a *Answer) part(kind, value string) string {
	most := int64(a.limits.Cell)
	if most == 0 {
		most = a.limits.Bytes
	}
	if most == 0 || base(kind) != "VARCHAR" && slices.Contains(simple, base(kind)) {
		return value
	}
	return fmt.Sprintf("left(%s, %d)", value, most+1)
}

// scan reads a row; size grows by what its cells take.
func (a *Answer) scan(rows *sql.Rows, size *int64) ([]any, error) {
	cells, to := make([]any, len(a.Columns)), make([]any, len(a.Columns))
	for i := range cells {
		to[i] = &cells[i]
	}
	if err := rows.Scan(to...); err != nil {
		return nil, fmt.Errorf("%s: %w", a.asked.name, err)
	}
	for i, v := range cells {
		c, err := exactly(v)
		if err != nil {
			return nil, fmt.Errorf("%s: column %q: %w", a.asked.name, a.Columns[i].Name, err)
		}
		if text, is := c.(string); is {
			if most := a.limits.Cell; most > 0 && utf8.RuneCountInString(text) > most {
				a.Cut.Cells++
				text = shortened(text, most)
			}
			c = text
			*size += int64(len(text))
		}
		*size += 8
		cells[i] = c
	}
	return cells, nil
}

// exactly is plain, without losing a digit.
func exactly(v any) (any, error) {
	const digits = 15 // that every float64 holds
	var text string
	switch x := v.(type) {
	case *big.Int:
		text = x.String()
		if x.IsInt64() {
			return x.Int64(), nil
		}
		return report.Exact(text), nil
	case duckdb.Decimal:
		if v := x.Value; v.IsInt64() && v.Int64() < 1e15 && v.Int64() > -1e15 {
			return plain(x)
		}
		text = written(x)
		if len(strings.Trim(text, "-.0"))-1 > digits {
			return report.Exact(text), nil
		}
	case uint64:
		return exactly(new(big.Int).SetUint64(x))
	case time.Time:
		return x, nil
	}
	return plain(v)
}

// written is a decimal with all its digits.
func written(d duckdb.Decimal) string {
	text, sign := new(big.Int).Abs(d.Value).String(), ""
	if d.Value.Sign() < 0 {
		sign = "-"
	}
	scale := int(d.Scale)
	if scale == 0 {
		return sign + text
	}
	if len(text) <= scale {
		text = strings.Repeat("0", scale-len(text)+1) + text
	}
	text = text[:len(text)-scale] + "." + text[len(text)-scale:]
	return sign + strings.TrimRight(strings.TrimRight(text, "0"), ".")
}
