package workbook

import (
	"bytes"
	"context"
	"unicode/utf8"
)

// perShelf is how many texts stand together: enough to make the overhead of
// one small, few enough that the longest ones together stay small.
const perShelf = 64

// texts keeps many texts in few pieces of memory: millions of them cost four
// bytes each beside what they say.
type texts struct {
	shelves []*shelf
	filling []byte
	n       int
	cost    int
}

type shelf struct {
	text string
	ends [perShelf]uint32
}

func (t *texts) add(text []byte) error {
	if !utf8.Valid(text) {
		text = bytes.ToValidUTF8(text, []byte("\uFFFD"))
	}
	if t.cost += len(text) + 8; t.cost > maxKept {
		return fault(TooLarge, "more than %d bytes of shared strings", maxKept)
	}
	i := t.n % perShelf
	if i == 0 {
		t.seal()
		t.shelves = append(t.shelves, &shelf{})
	}
	t.filling = append(t.filling, text...)
	t.shelves[len(t.shelves)-1].ends[i] = uint32(len(t.filling))
	t.n++
	return nil
}

// seal ends the shelf being filled.
func (t *texts) seal() {
	if len(t.shelves) > 0 {
		t.shelves[len(t.shelves)-1].text = string(t.filling)
		t.filling = t.filling[:0]
	}
}

// at is the text of a number from 0.
func (t *texts) at(i int) (string, bool) {
	if t == nil || i < 0 || i >= t.n {
		return "", false
	}
	s, i := t.shelves[i/perShelf], i%perShelf
	from := uint32(0)
	if i > 0 {
		from = s.ends[i-1]
	}
	return s.text[from:s.ends[i]], true
}

// readShared reads the shared strings, once. Some programs leave out the part
// when it would be empty; a cell that needs it is refused later.
func (b *Book) readShared(ctx context.Context) error {
	if b.texts != nil || b.parts.find(b.shared) == nil {
		return nil
	}
	in, err := b.parts.open(ctx, b.shared, maxShared)
	if err != nil {
		return err
	}
	defer in.close()
	t, err := readTexts(in)
	if err != nil {
		return in.explain(err)
	}
	b.texts = t
	return nil
}

func readTexts(in *part) (*texts, error) {
	t := &texts{}
	var text []byte
	for {
		k, err := in.next()
		if err != nil {
			return nil, err
		}
		switch k {
		case startTag:
			if !in.is("si") {
				continue
			}
			if text, err = in.rich(text[:0]); err != nil {
				return nil, err
			}
			if err := t.add(text); err != nil {
				return nil, err
			}
		case eof:
			t.seal()
			t.filling = nil
			return t, nil
		}
	}
}

// rich appends the text of an <si> or <is>: of its own <t> or of those of its
// runs. Phonetic runs repeat what is written in another script.
func (s *scanner) rich(to []byte) ([]byte, error) {
	from := len(to)
	for inner := s.depth; ; {
		k, err := s.next()
		if err != nil {
			return to, err
		}
		switch k {
		case startTag:
			switch {
			case s.is("t"):
				to, err = s.written(to, s.depth == inner+1)
			case !s.is("r"):
				err = s.skip()
			}
			if err != nil {
				return to, err
			}
			if len(to)-from > maxText {
				return to, fault(TooLarge, "a text of more than %d bytes", maxText)
			}
		case endTag:
			if s.depth < inner {
				return to, nil
			}
		}
	}
}

// written appends the text of a <t>. Space around the text of a whole cell
// counts only where the file says so, as in Excel; in a run it always does,
// or the words of "Sở " and "Nội vụ" run together in files that forget to.
func (s *scanner) written(to []byte, whole bool) ([]byte, error) {
	trim := whole && string(s.attr("space")) != "preserve"
	from := len(to)
	to, err := s.content(to)
	if err != nil {
		return to, err
	}
	if trim {
		to = append(to[:from], trimmed(to[from:])...)
	}
	return unescapeX(to, from), nil
}

func trimmed(b []byte) []byte {
	for len(b) > 0 && space(b[0]) {
		b = b[1:]
	}
	for len(b) > 0 && space(b[len(b)-1]) {
		b = b[:len(b)-1]
	}
	return b
}
