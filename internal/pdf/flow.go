package pdf

import "tongket/internal/decree"

const (
	marginTop    = decree.MarginTop
	marginBottom = decree.MarginBottom
	marginLeft   = decree.MarginLeft
	marginRight  = decree.MarginRight
	shortSide    = decree.ShortSide
	longSide     = decree.LongSide
)

// piece is a strip of the page that is not cut in two.
type piece struct {
	gap    float64 // space above it, dropped at the top of a page
	height float64
	keep   bool    // stays on the page of the next piece
	brk    bool    // opens a new page
	again  []piece // repeated above it where it opens a page: a table's head
	slack  float64 // it can be made lower by so much, rather than leave a page half empty
	lower  func(by float64) piece
	mark   *mark
	draw   func(p *pen, x, y float64) // x, y: its top left corner; may be nil
}

// mark is an entry of the outline.
type mark struct {
	text  string
	level int    // from 0
	id    string // by which the list of contents leads here; may be empty
}

// section is a run of pages of one orientation.
type section struct {
	landscape bool
	restart   bool   // its page numbers begin at 1
	label     string // the annex's numeral
	pieces    []piece
}

func (s *section) size() (width, height float64) {
	if s.landscape {
		return longSide, shortSide
	}
	return shortSide, longSide
}

// body is the size of the text block.
func (s *section) body() (width, height float64) {
	w, h := s.size()
	return w - marginLeft - marginRight, h - marginTop - marginBottom
}

// page is a finished page: what stands on it and where.
type page struct {
	section *section
	number  int // as its group of pages counts
	placed  []placed
}

type placed struct {
	piece
	y float64 // from the top of the sheet
}

// paginate deals the pieces of all sections onto pages.
func paginate(sections []*section) []page {
	var pages []page
	number := 0
	for _, s := range sections {
		if s.restart {
			number = 0
		}
		f := filler{section: s}
		f.fill()
		for _, p := range f.pages {
			number++
			p.number = number
			pages = append(pages, p)
		}
		s.pieces = nil // they stand on the pages now
	}
	return pages
}

// filler fills the pages of one section from the top down.
type filler struct {
	section *section
	pages   []page
	y       float64 // height used on the last page
}

func (f *filler) fill() {
	_, room := f.section.body()
	f.open(piece{})
	pieces := f.section.pieces
	for len(pieces) > 0 && pieces[len(pieces)-1].brk && pieces[len(pieces)-1].height == 0 {
		pieces = pieces[:len(pieces)-1]
	}
	for i := 0; i < len(pieces); {
		end := i + 1
		for end < len(pieces) && pieces[end-1].keep && !pieces[end].brk {
			end++
		}
		chunk := pieces[i:end]
		i = end
		if len(chunk) == 1 && chunk[0].draw == nil && !chunk[0].brk && f.y+f.tall(chunk) > room {
			continue // a space opens no page
		}
		if chunk[0].brk && f.y > 0 {
			f.open(chunk[0])
		}
		if over := f.y + f.tall(chunk) - room; over > 1e-6 && f.y > 0 && !lowered(chunk, over) {
			// A chunk longer than a page is broken anyway: where it stands
			// if its first part fits.
			if heightOf(chunk) <= room || f.y+f.tall(chunk[:1]) > room {
				f.open(chunk[0])
			}
		}
		for _, p := range chunk {
			if f.y > 0 && f.y+p.gap+p.height > room+1e-6 {
				f.open(p)
			}
			f.place(p)
		}
	}
}

// lowered takes so much height from a piece of the chunk that can spare it.
func lowered(chunk []piece, by float64) bool {
	for i, p := range chunk {
		if p.slack >= by {
			chunk[i] = p.lower(by)
			return true
		}
	}
	return false
}

// tall is the height a chunk takes on the page as it is.
func (f *filler) tall(chunk []piece) float64 {
	h := heightOf(chunk)
	if f.y == 0 {
		h -= chunk[0].gap
	}
	return h
}

func heightOf(chunk []piece) (h float64) {
	for _, p := range chunk {
		h += p.gap + p.height
	}
	return h
}

// open begins a page whose first piece will be p.
func (f *filler) open(p piece) {
	f.pages = append(f.pages, page{section: f.section})
	f.y = 0
	for _, a := range p.again {
		f.place(a)
	}
}

func (f *filler) place(p piece) {
	if f.y > 0 {
		f.y += p.gap
	}
	last := &f.pages[len(f.pages)-1]
	last.placed = append(last.placed, placed{p, marginTop + f.y})
	f.y += p.height
}
