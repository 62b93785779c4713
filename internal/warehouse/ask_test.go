package warehouse

import (
	"context"
	"math/big"
	"testing"
	"testing/fstest"

	"github.com/duckdb/duckdb-go/v2"
)

// asker opens a reader for questions over two reports of 2021-Q1.
func asker(t *testing.T, files map[string]string) *Reader {
	t.Helper()
	f := setUp(t)
	f.load("progress", "progress/a.csv", header+"SNV;2021-Q1;;100;50;10;\n731;2021-Q1;;200;;;\n")
	f.w.Close()
	t.Cleanup(f.open)
	r, err := OpenReader(context.Background(), Asked{Path: f.path(), Contract: f.c, Vars: map[string]any{"share": 0.1}, Locale: f.l, Room: Room{Memory: 1 << 30, Spill: 1 << 30}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	folder := fstest.MapFS{}
	for name, text := range files {
		folder[name] = &fstest.MapFile{Data: []byte(text)}
	}
	if err := r.Know(folder); err != nil {
		t.Fatal(err)
	}
	return r
}

// TestQuotient: dividing gives the float64 that is nearest to the decimal.
func TestQuotient(t *testing.T) {
	for n := int64(-1 << 53); n < 1<<53; n += 90_071_992_547_403 {
		for scale := range 23 {
			d := duckdb.Decimal{Scale: uint8(scale), Value: big.NewInt(n)}
			want, _ := new(big.Rat).SetFrac(d.Value, new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)).Float64()
			if got, ok := quotient(d); !ok || got != want {
				t.Fatalf("%d with %d decimals: %v, want %v", n, scale, got, want)
			}
		}
	}
	if _, ok := quotient(duckdb.Decimal{Value: big.NewInt(1<<53 + 1)}); ok {
		t.Error("a number that no float64 holds is divided")
	}
}
