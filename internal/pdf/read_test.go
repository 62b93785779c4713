package pdf

import (
	"encoding/xml"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"tongket/internal/ink"
)

// tool runs a reader of PDF files. Where it is not installed the test is
// skipped, except in continuous integration.
func tool(t *testing.T, name string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s is not installed", name)
		}
		t.Skipf("%s is not installed", name)
	}
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}

// seen is a word as a reader finds it: its box in mm.
type seen struct {
	X1   float64 `xml:"xMin,attr"`
	Y1   float64 `xml:"yMin,attr"`
	X2   float64 `xml:"xMax,attr"`
	Y2   float64 `xml:"yMax,attr"`
	Text string  `xml:",chardata"`
}

type sheet struct {
	Width  float64 `xml:"width,attr"`
	Height float64 `xml:"height,attr"`
	Words  []seen  `xml:"word"`
}

// sheets reads every word of every page with its place, in mm.
func sheets(t *testing.T, file string) []sheet {
	t.Helper()
	html := tool(t, "pdftotext", "-bbox", file, "-")
	html = html[strings.Index(html, "<doc>") : strings.Index(html, "</doc>")+len("</doc>")]
	var doc struct {
		Pages []sheet `xml:"page"`
	}
	if err := xml.Unmarshal([]byte(html), &doc); err != nil {
		t.Fatal(err)
	}
	for i := range doc.Pages {
		p := &doc.Pages[i]
		p.Width, p.Height = p.Width*mm, p.Height*mm
		for j := range p.Words {
			w := &p.Words[j]
			w.X1, w.X2, w.Y1, w.Y2 = w.X1*mm, w.X2*mm, w.Y1*mm, w.Y2*mm
		}
	}
	return doc.Pages
}

// find returns the box of the first run of words on a sheet.
func (s sheet) find(t *testing.T, phrase string) seen {
	t.Helper()
	if at, ok := s.look(phrase); ok {
		return at
	}
	t.Fatalf("%q is not on the page: %s", phrase, s.text())
	return seen{}
}

func (s sheet) look(phrase string) (seen, bool) {
	want := strings.Fields(phrase)
next:
	for i := range s.Words {
		for j, w := range want {
			if i+j >= len(s.Words) || s.Words[i+j].Text != w {
				continue next
			}
		}
		box := s.Words[i]
		for _, w := range s.Words[i : i+len(want)] {
			box.X1, box.X2, box.Y1, box.Y2 = min(box.X1, w.X1), max(box.X2, w.X2), min(box.Y1, w.Y1), max(box.Y2, w.Y2)
		}
		box.Text = phrase
		return box, true
	}
	return seen{}, false
}

func (s sheet) text() string {
	var words []string
	for _, w := range s.Words {
		words = append(words, w.Text)
	}
	return strings.Join(words, " ")
}

// size is the type size of a word, pt: poppler's boxes are as high as the
// face's ink.Ascent and ink.Descent.
func (w seen) size() float64 { return (w.Y2 - w.Y1) / mm / (ink.Ascent + ink.Descent) }

func (w seen) middle() float64 { return (w.X1 + w.X2) / 2 }

var plainText = regexp.MustCompile(`[\s\x{a0}]+`)

// copied is the text of a file as one gets it by copying, spaces made even.
func copied(t *testing.T, file string) string {
	t.Helper()
	return plainText.ReplaceAllString(tool(t, "pdftotext", "-layout", file, "-"), " ")
}

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if got < want-within || got > want+within {
		t.Errorf("%s is %s, want %s ± %s", what, ftoa(got), ftoa(want), ftoa(within))
	}
}

func itoa(n int) string { return strconv.Itoa(n) }

func ftoa(v float64) string { return strconv.FormatFloat(v, 'f', 2, 64) }
