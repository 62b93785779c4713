package charset

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// chunked reads b in one way for each kind of reader.
func chunked(t testing.TB, d Decoding, b []byte) {
	t.Helper()
	want := read(t, d, b)
	if !utf8.ValidString(want) || !norm.NFC.IsNormalString(want) {
		t.Fatalf("%+v: %q gives %q", d, b, want)
	}
	for _, r := range []io.Reader{
		iotest.OneByteReader(bytes.NewReader(b)), iotest.HalfReader(bytes.NewReader(b)), iotest.DataErrReader(bytes.NewReader(b)),
	} {
		got, err := io.ReadAll(d.Reader(r))
		if err != nil || string(got) != want {
			t.Fatalf("%+v: %q gives %q (%v), want %q", d, b, got, err, want)
		}
	}
}

func TestChunks(t *testing.T) {
	long := strings.Repeat("TỈNH ĐỒNG NAI; <U+1ED2> Tiến, ", 400) + strings.Repeat("Ắ", 9000) + strings.Repeat("\u0301", 300)
	for e, write := range writers {
		text := long
		if e != UTF8 && e != UTF16LE && e != UTF16BE {
			text = strings.ReplaceAll(long, "\u0301", "")
		}
		chunked(t, Decoding{Encoding: e}, write(text))
		shown := misreadText(write(text))
		chunked(t, Decoding{Encoding: UTF8, Misread: e}, []byte(shown))
	}
}

func TestReaderPassesErrorsOn(t *testing.T) {
	d := Decoding{Encoding: TCVN3}
	got, err := io.ReadAll(d.Reader(io.MultiReader(strings.NewReader("S\xeb"), iotest.ErrReader(iotest.ErrTimeout))))
	if string(got) != "Sở" || err != iotest.ErrTimeout {
		t.Errorf("%q %v", got, err)
	}
}

func FuzzDecode(f *testing.F) {
	for i, s := range short {
		for _, write := range writers {
			f.Add(write(s), uint8(i))
		}
		f.Add([]byte(misreadText([]byte(s))), uint8(i))
	}
	f.Add([]byte("Ä?á»?Ã \x00<U+1ED2><U+00"), uint8(7))
	encodings := []Encoding{UTF8, UTF16LE, UTF16BE, Windows1258, Windows1252, TCVN3, VNI}
	f.Fuzz(func(t *testing.T, b []byte, pick uint8) {
		e := encodings[int(pick)%len(encodings)]
		half := len(b) / 2
		for _, d := range []Decoding{
			Detect(b, nil), Detect(b[:half], b[half:]), As(e, b, nil), DetectText([]string{string(b)}),
			{Encoding: e}, {Encoding: UTF8, Misread: e}, {Encoding: UTF16LE, Misread: e},
		} {
			chunked(t, d, b)
			if s := d.Text(string(b)); !utf8.ValidString(s) || !norm.NFC.IsNormalString(s) {
				t.Fatalf("%+v: text %q gives %q", d, b, s)
			}
			if d.Plain && !bytes.Equal([]byte(read(t, d, b)), b[d.BOM:]) && len(b) < 1<<10 && d == Detect(b, nil) {
				t.Fatalf("%+v: %q is not plain", d, b)
			}
		}
	})
}

// BenchmarkReader states each encoding's speed and, as x-utf8, how many times
// the time it takes to copy the same text in UTF-8 through a check for UTF-8.
func BenchmarkReader(b *testing.B) {
	text := strings.Repeat("12,Sở Nội vụ tỉnh Đồng Nai,\"1.905,5\",512.25,633,đã chỉnh lý,chưa báo cáo\r\n", 50_000)
	for e, write := range writers {
		raw := write(text)
		run := func(name string, d Decoding, raw []byte) {
			b.Run(name, func(b *testing.B) {
				b.SetBytes(int64(len(raw)))
				b.ReportAllocs()
				for b.Loop() {
					if _, err := io.Copy(io.Discard, d.Reader(bytes.NewReader(raw))); err != nil {
						b.Fatal(err)
					}
				}
				took := b.Elapsed()
				start := time.Now()
				for range b.N {
					_, _ = io.Copy(io.Discard, &checked{strings.NewReader(text)})
				}
				b.ReportMetric(float64(took)/float64(time.Since(start)), "x-utf8")
			})
		}
		run(string(e), Decoding{Encoding: e}, raw)
		if e != UTF16LE && e != UTF16BE {
			run("misread-"+string(e), Decoding{Encoding: UTF8, Misread: e}, []byte(misreadText(raw)))
		}
	}
}

// checked hides WriterTo and checks what passes.
type checked struct{ r io.Reader }

func (c *checked) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	utf8.Valid(p[:n])
	return n, err
}
