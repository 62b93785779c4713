package pdf

import (
	"strings"

	"tongket/internal/decree"
	"tongket/internal/ink"
	"tongket/internal/report"
)

// span is text of one face; a word is what no line is broken inside of,
// unless it is wider than the line.
type span struct {
	text  string
	style style
	width float64 // mm
}

type word struct {
	spans []span
	width float64
	brk   bool // the line ends after it
}

// line is a broken line of words.
type line struct {
	words []word
	width float64 // natural, with single spaces
	last  bool    // of its paragraph or before a forced break: not stretched
}

// setting is how a text is set.
type setting struct {
	size  float64 // pt
	style style
	align align
}

type align int

const (
	left align = iota
	center
	right
	justify
)

// width measures text that is already clean, in mm.
func (b *builder) width(s string, st style, size float64) float64 {
	return b.faces[st].Measure(s) * size * mm
}

// words cuts runs into words at spaces; runs that touch share a word.
func (b *builder) words(runs []report.Run, set setting) []word {
	var words []word
	var open word // being filled
	flush := func() {
		if len(open.spans) > 0 {
			words = append(words, open)
		}
		open = word{}
	}
	for _, run := range runs {
		if run.Break {
			flush()
			if len(words) == 0 || words[len(words)-1].brk {
				words = append(words, word{})
			}
			words[len(words)-1].brk = true
			continue
		}
		st := set.style.With(run.Bold, run.Italic)
		if run.Code {
			st = mono
		}
		text := decree.Unbroken(b.faces[st].Clean(run.Text))
		for i, part := range strings.Split(text, " ") {
			if i > 0 {
				flush()
			}
			if part != "" {
				w := b.width(part, st, set.size)
				open.spans = append(open.spans, span{part, st, w})
				open.width += w
			}
		}
	}
	flush()
	return words
}

// lines breaks words into lines; the first line may have another width.
func (b *builder) lines(words []word, first, rest float64, set setting) []line {
	space := b.width(" ", set.style, set.size)
	var lines []line
	var open line
	room := first
	end := func(last bool) {
		open.last = last
		lines, open, room = append(lines, open), line{}, rest
	}
	for _, w := range words {
		for {
			need := w.width
			if len(open.words) > 0 {
				need += space + open.width
			}
			if need <= room+1e-6 {
				open.words, open.width = append(open.words, w), need
				break
			}
			if len(open.words) > 0 {
				end(false)
				continue
			}
			head, tail := b.split(w, room, set.size)
			open.words, open.width = []word{head}, head.width
			end(false)
			w = tail
			if len(w.spans) == 0 {
				break
			}
		}
		if w.brk {
			end(true)
		}
	}
	if len(open.words) > 0 {
		end(true)
	}
	if len(lines) > 0 {
		lines[len(lines)-1].last = true
	}
	return lines
}

// split cuts a word that is wider than the line after as many characters as
// fit, and at least one.
func (b *builder) split(w word, room, size float64) (head, tail word) {
	for i, s := range w.spans {
		for j, r := range s.text {
			step := b.width(string(r), s.style, size)
			if head.width+step > room && (i > 0 || j > 0) {
				rest := span{s.text[j:], s.style, b.width(s.text[j:], s.style, size)}
				if j > 0 {
					head.spans = append(head.spans, span{s.text[:j], s.style, s.width - rest.width})
				}
				tail.spans = append([]span{rest}, w.spans[i+1:]...)
				for _, t := range tail.spans {
					tail.width += t.width
				}
				tail.brk = w.brk
				return head, tail
			}
			head.width += step
		}
		head.spans = append(head.spans, s)
	}
	return head, word{brk: w.brk}
}

// balance breaks words into as few lines as fit, all about equally long: for
// titles, whose last line should not be one lost word.
func (b *builder) balance(words []word, width float64, set setting) []line {
	best := b.lines(words, width, width, set)
	low, high := 0.0, width
	for range 12 {
		middle := (low + high) / 2
		if try := b.lines(words, middle, middle, set); len(try) <= len(best) {
			best, high = try, middle
		} else {
			low = middle
		}
	}
	return best
}

// breakText is lines for a plain text of one style.
func (b *builder) breakText(text string, width float64, set setting) []line {
	return b.lines(b.plain(text, set), width, width, set)
}

// plain is words for a text of one style.
func (b *builder) plain(text string, set setting) []word {
	return b.words([]report.Run{{Text: text}}, set)
}

// lineHeight is the height of a line set at this size, in mm; spacing 1 is
// the font's own.
func lineHeight(size, spacing float64) float64 { return size * ink.Natural * spacing * mm }

// baseline is the distance from the top of a line of this height to where
// its letters stand.
func baseline(size, height float64) float64 {
	return (height-(ink.Ascent+ink.Descent)*size*mm)/2 + ink.Ascent*size*mm
}

// drawLine writes a line into a box that begins at x, with its letters on y.
func (p *pen) drawLine(l line, x, y, width float64, set setting, space float64) {
	gap := space
	switch set.align {
	case center:
		x += (width - l.width) / 2
	case right:
		x += width - l.width
	case justify:
		if n := len(l.words); n > 1 && !l.last {
			gap += (width - l.width) / float64(n-1)
		}
	}
	if gap == space {
		p.drawTight(l, x, y, set.size, space)
		return
	}
	for i, w := range l.words {
		for j, s := range w.spans {
			text := s.text
			// The space stands in the text for those who copy it; the
			// next word is put in its place by hand.
			if j == len(w.spans)-1 && i < len(l.words)-1 {
				text += " "
			}
			p.text(x, y, text, s.style, set.size)
			x += s.width
		}
		x += gap
	}
}

// drawTight writes a line that is not stretched, in as few strokes as its
// styles allow.
func (p *pen) drawTight(l line, x, y, size, space float64) {
	var open span
	start := x
	for i, w := range l.words {
		for j, s := range w.spans {
			// The spaces of the fixed-width face are wider than the line's.
			if open.text != "" && (open.style != s.style || s.style == mono) {
				p.text(start, y, open.text, open.style, size)
				open = span{}
			}
			if open.text == "" {
				open.style, start = s.style, x
			}
			open.text += s.text
			x += s.width
			if j == len(w.spans)-1 && i < len(l.words)-1 {
				open.text += " "
				x += space
			}
		}
	}
	if open.text != "" {
		p.text(start, y, open.text, open.style, size)
	}
}
