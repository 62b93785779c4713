package warehouse

import (
	"errors"
	"fmt"
	"math"
	"math/big"
	"strings"
	"time"

	"github.com/duckdb/duckdb-go/v2"

	"tongket/internal/report"
)

// plain turns a driver's value into one of the few that a table holds.
func plain(v any) (any, error) {
	switch x := v.(type) {
	case nil, bool, int64, time.Time:
		return x, nil
	case string:
		return printable(x), nil
	case float64:
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return nil, nil
		}
		return x, nil
	case int8:
		return int64(x), nil
	case int16:
		return int64(x), nil
	case int32:
		return int64(x), nil
	case uint8:
		return int64(x), nil
	case uint16:
		return int64(x), nil
	case uint32:
		return int64(x), nil
	case uint64:
		return plain(new(big.Int).SetUint64(x))
	case float32:
		return plain(float64(x))
	case *big.Int:
		if x.IsInt64() {
			return x.Int64(), nil
		}
		f, _ := new(big.Float).SetInt(x).Float64()
		return f, nil
	case duckdb.Decimal:
		if x.Scale == 0 {
			return plain(x.Value)
		}
		if f, ok := quotient(x); ok {
			return f, nil
		}
		ratio := new(big.Rat).SetFrac(x.Value, new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(x.Scale)), nil))
		f, _ := ratio.Float64()
		return f, nil
	}
	if list, ok := v.([]any); ok {
		return series(list)
	}
	return nil, fmt.Errorf("values of type %T cannot stand in a report: cast them to text or number", v)
}

// quotient is a decimal of few digits as the nearest float64: dividing one that
// is exact by a power of ten that is exact rounds once.
func quotient(d duckdb.Decimal) (float64, bool) {
	const exact = 1 << 53
	tens := [...]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22}
	if !d.Value.IsInt64() || int(d.Scale) >= len(tens) {
		return 0, false
	}
	n := d.Value.Int64()
	if n > exact || n < -exact {
		return 0, false
	}
	return float64(n) / tens[d.Scale], true
}

// longestSeries is how many numbers a sparkline takes: more than it has pixels.
const longestSeries = 1000

func series(list []any) (any, error) {
	if len(list) > longestSeries {
		return nil, fmt.Errorf("a list of %d numbers; a sparkline takes %d", len(list), longestSeries)
	}
	out := make(report.Series, len(list))
	for i, v := range list {
		one, err := plain(v)
		if err != nil {
			return nil, err
		}
		number, ok := report.Float(one)
		switch {
		case ok:
			out[i] = number
		case one == nil:
			out[i] = math.NaN()
		default:
			return nil, fmt.Errorf("a list that holds %q; those of a sparkline hold numbers", fmt.Sprint(one))
		}
	}
	return out, nil
}

// listed holds lists to columns that are drawn as such.
func listed(c report.Column, cell any) error {
	_, list := cell.(report.Series)
	switch {
	case list && c.Format != report.Sparkline:
		return errors.New("a list of numbers needs `format: sparkline` in the header")
	case !list && cell != nil && c.Format == report.Sparkline:
		return errors.New("a sparkline needs a list of numbers, such as list(arranged_m ORDER BY period)")
	}
	return nil
}

// printable puts blanks for the control characters that a file may hold: they
// show nothing, and some readers obey them.
func printable(text string) string {
	control := func(c rune) bool { return c < ' ' && c != '\n' && c != '\t' || c == 0x7f }
	if strings.IndexFunc(text, control) < 0 {
		return text
	}
	return strings.Map(func(c rune) rune {
		if control(c) {
			return ' '
		}
		return c
	}, text)
}

// pool holds each text and day of a table once: names and periods stand in
// thousands of its rows.
type pool map[any]any

const mostPooled = 1 << 14

func (p pool) one(cell any) any {
	switch cell.(type) {
	case string, time.Time:
	default:
		return cell
	}
	if known, ok := p[cell]; ok {
		return known
	}
	if len(p) < mostPooled {
		p[cell] = cell
	}
	return cell
}
