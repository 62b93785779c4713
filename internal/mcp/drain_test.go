package mcp

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"time"
)

// TestDrain: the end of the input comes when all that was asked is answered,
// however the bytes came, or when nobody can wait any longer.
func TestDrain(t *testing.T) {
	var out bytes.Buffer
	in := io.MultiReader(strings.NewReader(`{"id":1,"method":"a"}`+"\n"+`{"method":"told"}`+"\n"+`{"id":"x",`), strings.NewReader(`"method":"b"}`+"\n"))
	d := newDrain(t.Context(), in, &out, time.Minute)
	for range 2 {
		if _, err := d.Read(make([]byte, 100)); err != nil {
			t.Fatal(err)
		}
	}
	for _, answer := range []struct {
		text string
		left int
	}{{`{"method":"a"}`, 2}, {`{"id":1,"result":{}}`, 1}, {`{"id":7,"method":"ping"}`, 1}, {`{"id":"x","error":{}}`, 0}} {
		if _, err := io.WriteString(d, answer.text+"\n"); err != nil {
			t.Fatal(err)
		}
		if len(d.open) != answer.left {
			t.Errorf("behind %s are open %v", answer.text, d.open)
		}
	}
	if n, err := d.Read(make([]byte, 100)); n != 0 || !errors.Is(err, io.EOF) {
		t.Errorf("the end is %d, %v", n, err)
	}
	unanswered := newDrain(t.Context(), strings.NewReader(`{"id":1,"method":"a"}`), &out, time.Nanosecond)
	if _, err := io.ReadAll(unanswered); err != nil {
		t.Error(err)
	}
}
