package workbook

import (
	"bytes"
	"io"
	"strconv"
	"unicode/utf8"
)

// A scanner takes XML apart, token by token, as office files have it: UTF-8,
// no document type and so no entities but the five. It looks at one token at a
// time, of at most maxToken bytes, and copies nothing.
//
// Note: encoding/xml does the same at a fifth of the speed, because each token
// is a value of its own, and it holds a text of any length in memory.
type scanner struct {
	from io.Reader
	buf  []byte
	pos  int   // of the next token
	end  int   // of what was read
	err  error // of from, io.EOF included

	depth int // elements open
	seen  bool
	empty bool // the element was <a/>: its end comes next

	name  []byte // of the start, without prefix
	attrs []attr
	text  []byte
	plain bool // text holds no entities: it is CDATA
}

type attr struct{ name, value []byte }

type token uint8

const (
	eof token = iota
	startTag
	endTag
	chars
)

func newScanner(from io.Reader) *scanner {
	return &scanner{from: from, buf: make([]byte, 64<<10)}
}

// next reads a token. Name, attributes and text are valid until the next one.
func (s *scanner) next() (token, error) {
	if s.empty {
		s.empty = false
		s.depth--
		return endTag, nil
	}
	for {
		if s.pos == s.end {
			more, err := s.fill()
			if err != nil {
				return eof, err
			}
			if !more {
				return eof, s.atEnd()
			}
		}
		if s.buf[s.pos] != '<' {
			return s.chars()
		}
		size, err := s.markup()
		if err != nil {
			return eof, err
		}
		tag := s.buf[s.pos : s.pos+size]
		s.pos += size
		switch {
		case tag[1] == '/':
			if s.depth == 0 {
				return eof, fault(Damaged, "an end tag without a start")
			}
			s.depth--
			return endTag, nil
		case tag[1] == '?':
		case tag[1] != '!':
			return startTag, s.start(tag)
		case bytes.HasPrefix(tag, cdataOpen):
			s.text, s.plain = tag[len(cdataOpen):size-len("]]>")], true
			return chars, nil
		case bytes.HasPrefix(tag, commentOpen):
		default:
			return eof, fault(Damaged, "a document type, which no office file has")
		}
	}
}

func (s *scanner) atEnd() error {
	if s.depth > 0 || !s.seen {
		return fault(Damaged, "the XML ends too early")
	}
	return nil
}

var (
	cdataOpen   = []byte("<![CDATA[")
	commentOpen = []byte("<!--")
)

// chars reads the text before the next tag.
func (s *scanner) chars() (token, error) {
	from := 0
	for {
		if i := bytes.IndexByte(s.buf[s.pos+from:s.end], '<'); i >= 0 {
			s.text, s.plain = s.buf[s.pos:s.pos+from+i], false
			s.pos += from + i
			return chars, nil
		}
		from = s.end - s.pos
		more, err := s.fill()
		if err != nil {
			return eof, err
		}
		if !more {
			s.text, s.plain = s.buf[s.pos:s.end], false
			s.pos = s.end
			return chars, nil
		}
	}
}

// markup is the length of the tag, comment or section at pos.
func (s *scanner) markup() (int, error) {
	for {
		if n := markupLen(s.buf[s.pos:s.end]); n > 0 {
			return n, nil
		}
		more, err := s.fill()
		if err != nil {
			return 0, err
		}
		if !more {
			return 0, fault(Damaged, "the XML ends within a tag")
		}
	}
}

// markupLen is 0 when the end is not in b.
func markupLen(b []byte) int {
	if len(b) < 3 {
		return 0
	}
	switch {
	case b[1] == '?':
		return after(b, 2, "?>")
	case b[1] == '!' && len(b) < len(cdataOpen):
		return 0
	case bytes.HasPrefix(b, commentOpen):
		return after(b, len(commentOpen), "-->")
	case bytes.HasPrefix(b, cdataOpen):
		return after(b, len(cdataOpen), "]]>")
	}
	for i := 1; i < len(b); i++ {
		switch c := b[i]; c {
		case '>':
			return i + 1
		case '"', '\'':
			j := bytes.IndexByte(b[i+1:], c)
			if j < 0 {
				return 0
			}
			i += j + 1
		}
	}
	return 0
}

func after(b []byte, from int, end string) int {
	if i := bytes.Index(b[from:], []byte(end)); i >= 0 {
		return from + i + len(end)
	}
	return 0
}

// start takes a start tag apart.
func (s *scanner) start(tag []byte) error {
	tag = tag[1 : len(tag)-1]
	if n := len(tag); n > 0 && tag[n-1] == '/' {
		tag, s.empty = tag[:n-1], true
	}
	s.depth++
	s.seen = true
	s.attrs = s.attrs[:0]
	i := 0
	for i < len(tag) && !space(tag[i]) {
		i++
	}
	s.name = local(tag[:i])
	for {
		for i < len(tag) && space(tag[i]) {
			i++
		}
		if i == len(tag) {
			return nil
		}
		eq := bytes.IndexByte(tag[i:], '=')
		if eq < 0 {
			return fault(Damaged, "an attribute without a value in <%.40q", s.name)
		}
		name := bytes.TrimRight(tag[i:i+eq], " \t\r\n")
		i += eq + 1
		for i < len(tag) && space(tag[i]) {
			i++
		}
		if i == len(tag) || tag[i] != '"' && tag[i] != '\'' {
			return fault(Damaged, "an attribute without quotes in <%.40q", s.name)
		}
		quote := bytes.IndexByte(tag[i+1:], tag[i])
		if quote < 0 {
			return fault(Damaged, "a quote left open in <%.40q", s.name)
		}
		s.attrs = append(s.attrs, attr{local(name), tag[i+1 : i+1+quote]})
		i += quote + 2
	}
}

// fill reads more behind what is there, and moves that to the front. It
// reports whether there was more.
func (s *scanner) fill() (bool, error) {
	if s.err == io.EOF {
		return false, nil
	}
	if s.err != nil {
		return false, s.err
	}
	held := s.end - s.pos
	if held == len(s.buf) {
		if held >= maxToken {
			return false, fault(TooLarge, "%d bytes without a tag's end", held)
		}
		bigger := make([]byte, 2*held)
		copy(bigger, s.buf)
		s.buf = bigger
	} else if s.pos > 0 {
		copy(s.buf, s.buf[s.pos:s.end])
	}
	s.pos, s.end = 0, held
	for s.end < len(s.buf) && s.err == nil {
		var n int
		n, s.err = s.from.Read(s.buf[s.end:])
		s.end += n
	}
	if s.err != nil && s.err != io.EOF {
		return false, s.err
	}
	return s.end > held, nil
}

// is reports whether the element just begun has the name.
func (s *scanner) is(name string) bool { return string(s.name) == name }

// attr is the value of an attribute as written, nil without one.
func (s *scanner) attr(name string) []byte {
	for i := range s.attrs {
		if string(s.attrs[i].name) == name {
			return s.attrs[i].value
		}
	}
	return nil
}

// attrText is the value of an attribute with its entities replaced.
func (s *scanner) attrText(name string) string {
	return valid(unescape(nil, s.attr(name)))
}

// skip reads to the end of the element just begun.
func (s *scanner) skip() error {
	for down := s.depth; s.depth >= down; {
		t, err := s.next()
		if err != nil {
			return err
		}
		if t == eof {
			return nil
		}
	}
	return nil
}

// content appends the text of the element just begun, without that of the
// elements within it.
func (s *scanner) content(to []byte) ([]byte, error) {
	from := len(to)
	for {
		t, err := s.next()
		if err != nil {
			return to, err
		}
		switch t {
		case startTag:
			if err := s.skip(); err != nil {
				return to, err
			}
		case chars:
			if s.plain {
				to = append(to, s.text...)
			} else {
				to = unescape(to, s.text)
			}
			if len(to)-from > maxText {
				return to, fault(TooLarge, "a text of more than %d bytes", maxText)
			}
		default:
			return to, nil
		}
	}
}

func space(c byte) bool { return c == ' ' || c == '\n' || c == '\r' || c == '\t' }

// local is a name without its prefix. What a prefix stands for is not looked
// at: the names that are read are found under one only.
func local(name []byte) []byte {
	if i := bytes.IndexByte(name, ':'); i >= 0 {
		return name[i+1:]
	}
	return name
}

// unescape appends text with the entities replaced and its line ends made \n.
// What is no entity stays as it is.
func unescape(to, text []byte) []byte {
	for {
		i := bytes.IndexAny(text, "&\r")
		if i < 0 {
			return append(to, text...)
		}
		to = append(to, text[:i]...)
		if text[i] == '\r' {
			if i+1 == len(text) || text[i+1] != '\n' {
				to = append(to, '\n')
			}
			text = text[i+1:]
			continue
		}
		// The longest entity is &#x10FFFF; but zeros may stand before it.
		n := bytes.IndexByte(text[i:min(len(text), i+32)], ';')
		r, ok := rune(0), false
		if n > 0 {
			r, ok = entity(string(text[i+1 : i+n]))
		}
		if !ok {
			to, text = append(to, '&'), text[i+1:]
			continue
		}
		to, text = utf8.AppendRune(to, r), text[i+n+1:]
	}
}

func entity(name string) (rune, bool) {
	switch name {
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "amp":
		return '&', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	if len(name) < 2 || name[0] != '#' {
		return 0, false
	}
	digits, base := name[1:], 10
	if digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil {
		return 0, false
	}
	if n == 0 || n > utf8.MaxRune {
		return utf8.RuneError, true
	}
	return rune(n), true
}

// valid is the text with what is no UTF-8 replaced.
func valid(text []byte) string {
	if utf8.Valid(text) {
		return string(text)
	}
	return string(bytes.ToValidUTF8(text, []byte("\uFFFD")))
}
