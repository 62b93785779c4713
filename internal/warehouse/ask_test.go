package warehouse

import (
	"context"
	"testing"
	"testing/fstest"
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
