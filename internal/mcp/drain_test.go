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
	in := io.MultiReader(strings.NewReader(`{"jsonrpc":"2.0","id":1,"method":"a"}`+"\n"+`{"jsonrpc":"2.0","method":"told"}`+"\n"+`{"jsonrpc":"2.0","id":"x",`), strings.NewReader(`"method":"b"}`+"\n"))
	d := newDrain(t.Context(), in, &out, time.Minute)
	for range 3 {
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
	unanswered := newDrain(t.Context(), strings.NewReader(`{"jsonrpc":"2.0","id":1,"method":"a"}`), &out, time.Nanosecond)
	if _, err := io.ReadAll(unanswered); err != nil {
		t.Error(err)
	}
}

// TestLines: what is no message is answered, and the next one is heard.
func TestLines(t *testing.T) {
	const good = `{"jsonrpc":"2.0","id":1,"method":"a"}`
	for line, code := range map[string]string{
		"{nonsense": "-32700", "\xff": "-32700", "[]": "-32600", "[" + good + "]": "-32600", "null": "-32600", `"x"`: "-32600", "{}": "-32600",
		`{"jsonrpc":"1.0","id":1,"method":"a"}`:                                    "-32600",
		`{"jsonrpc":"2.0","id":{"a":1},"method":"a"}`:                              "-32600",
		`{"jsonrpc":"2.0","id":1.5,"method":"a"}`:                                  "-32600",
		`{"jsonrpc":"2.0","id":1}`:                                                 "-32600",
		`{"jsonrpc":"2.0","id":1,"method":5}`:                                      "-32600",
		strings.Repeat(`{"a":`, 20000) + strings.Repeat("}", 20000):                "-32700",
		`{"jsonrpc":"2.0","id":1,"method":"` + strings.Repeat("a", longest) + `"}`: "-32600",
		"": "", " \t": "", `{"jsonrpc":"2.0","method":"told"}`: "", `{"jsonrpc":"2.0","id":"x","result":{}}`: "",
	} {
		var out bytes.Buffer
		d := newDrain(t.Context(), strings.NewReader(line+"\n"+good), &out, time.Nanosecond)
		text, err := io.ReadAll(d)
		if err != nil || !strings.HasSuffix(string(text), good+"\n") {
			t.Errorf("%.60q: %.80q, %v", line, text, err)
		}
		if refused := strings.Contains(out.String(), `"code":`+code); code != "" && !refused || code == "" && out.Len() > 0 {
			t.Errorf("%.60q: %s", line, out.String())
		}
	}
}
