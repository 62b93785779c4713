package pdf

import (
	"encoding/hex"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"tongket/internal/ink"
)

// inked is a text as the page draws it: no reader of boxes tells the face.
type inked struct {
	text string
	face string  // "", B, I or BI
	size float64 // pt
	x, y float64 // where its first letter stands, mm from the top left corner
	end  float64 // mm
}

func (k inked) middle() float64 { return (k.x + k.end) / 2 }

// ruled is a line drawn from left to right, in mm.
type ruled struct{ x1, x2, y float64 }

// drawnPage is what the content stream of a page says.
type drawnPage struct {
	texts []inked
	rules []ruled
}

var (
	fontName  = regexp.MustCompile(`(/F[0-9a-f]{40}) (\d+) 0 R`)
	baseFont  = regexp.MustCompile(`(?s)\n(\d+) 0 obj\n<<[^>]*?/BaseFont /utf8liberationserif([BI]*)\n`)
	operation = regexp.MustCompile(`BT (/F[0-9a-f]{40}) ([\d.]+) Tf ET|BT ([\d.]+) ([\d.]+) Td <([0-9a-f]*)> Tj ET|([\d.]+) ([\d.]+) m ([\d.]+) ([\d.]+) l S`)
	contents  = regexp.MustCompile(`(?s)%% Contents for page \d+\n.*?stream\n(.*?)endstream`)
	mediaBox  = regexp.MustCompile(`/MediaBox \[\s*[\d.]+\s+[\d.]+\s+[\d.]+\s+([\d.]+)`)
)

// strokes reads the content streams of a file.
func strokes(t *testing.T, file string) []drawnPage {
	t.Helper()
	plain := filepath.Join(t.TempDir(), "plain.pdf")
	tool(t, "qpdf", "--qdf", "--object-streams=disable", file, plain)
	text, err := os.ReadFile(plain)
	if err != nil {
		t.Fatal(err)
	}
	all := string(text)
	faceOf, objects := map[string]string{}, map[string]string{}
	for _, m := range baseFont.FindAllStringSubmatch(all, -1) {
		objects[m[1]] = m[2]
	}
	for _, m := range fontName.FindAllStringSubmatch(all, -1) {
		face, known := objects[m[2]]
		if !known {
			face = "mono"
		}
		faceOf[m[1]] = face
	}
	measured := faces(t)
	styles := map[string]style{"": regular, "B": bold, "I": italic, "BI": boldItalic, "mono": mono}
	boxes := mediaBox.FindAllStringSubmatch(all, -1)
	var pages []drawnPage
	for n, page := range contents.FindAllStringSubmatch(all, -1) {
		height := number(t, boxes[min(n, len(boxes)-1)][1])
		var out drawnPage
		face, size := "", 0.0
		for _, m := range operation.FindAllStringSubmatch(page[1], -1) {
			switch {
			case m[1] != "":
				face, size = faceOf[m[1]], number(t, m[2])
			case m[3] != "":
				k := inked{text: plainText.ReplaceAllString(unhex(t, m[5]), " "), face: face, size: size, x: number(t, m[3]) * mm, y: (height - number(t, m[4])) * mm}
				k.end = k.x + measured[styles[face]].Measure(unhex(t, m[5]))*size*mm
				out.texts = append(out.texts, k)
			case m[7] == m[9]:
				out.rules = append(out.rules, ruled{number(t, m[6]) * mm, number(t, m[8]) * mm, (height - number(t, m[7])) * mm})
			}
		}
		pages = append(pages, out)
	}
	return pages
}

func faces(t *testing.T) [5]ink.Face {
	t.Helper()
	all, err := ink.Faces()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func number(t *testing.T, text string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func unhex(t *testing.T, text string) string {
	t.Helper()
	raw, err := hex.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	units := make([]uint16, len(raw)/2)
	for i := range units {
		units[i] = uint16(raw[2*i])<<8 | uint16(raw[2*i+1])
	}
	return string(utf16.Decode(units))
}

// find is the first text that begins so.
func (p drawnPage) find(t *testing.T, beginning string) inked {
	t.Helper()
	for _, k := range p.texts {
		if strings.HasPrefix(k.text, beginning) {
			return k
		}
	}
	t.Fatalf("%q is not drawn", beginning)
	return inked{}
}

// under are the rules a little below a text.
func (p drawnPage) under(k inked) (out []ruled) {
	for _, r := range p.rules {
		if r.y > k.y && r.y < k.y+4 && r.x1 < k.end && r.x2 > k.x {
			out = append(out, r)
		}
	}
	return out
}
