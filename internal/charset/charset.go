// Package charset finds out how the bytes of a Vietnamese table stand for
// letters and streams them as clean UTF-8. Before Unicode, Vietnamese was
// written in TCVN3 (fonts .VnTime), VNI and Windows-1258, and such files still
// arrive; so do Unicode files that were once opened with the wrong table. What
// cannot be restored is counted as lost, never filled in.
package charset

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Encoding names how bytes stand for letters.
type Encoding string

// The encodings that are read.
const (
	UTF8        Encoding = "utf-8"
	UTF16LE     Encoding = "utf-16le"
	UTF16BE     Encoding = "utf-16be"
	Windows1258 Encoding = "windows-1258"
	Windows1252 Encoding = "windows-1252"
	TCVN3       Encoding = "tcvn3"
	VNI         Encoding = "vni"
)

// Parse reads an encoding's name as a person types it: "UTF-8", "abc",
// "VNI-Windows", "cp1258". A UTF-16 without byte order is little-endian.
func Parse(name string) (Encoding, bool) {
	plain := strings.Map(func(r rune) rune {
		if strings.ContainsRune("-_ .:", r) {
			return -1
		}
		return r
	}, strings.ToLower(name))
	switch plain {
	case "utf8", "utf8bom", "utf8sig", "unicode", "ascii", "usascii":
		return UTF8, true
	case "utf16", "utf16le", "ucs2", "ucs2le", "unicodetext":
		return UTF16LE, true
	case "utf16be", "ucs2be":
		return UTF16BE, true
	case "windows1258", "win1258", "cp1258", "1258", "vietnamesecp1258", "xcp1258":
		return Windows1258, true
	case "windows1252", "win1252", "cp1252", "1252", "latin1", "iso88591", "ansi", "western":
		return Windows1252, true
	case "tcvn3", "tcvn", "abc", "tcvn3abc", "tcvn3(abc)", "vntime", "tcvn5712", "tcvn57121", "tcvn57123":
		return TCVN3, true
	case "vni", "vniwindows", "vniwin", "vnitimes":
		return VNI, true
	}
	return "", false
}

// Decoding is how a text is read, with the evidence it rests on.
type Decoding struct {
	Encoding Encoding
	// Misread is not empty when the text is UTF-8 or UTF-16 but shows the
	// bytes of this encoding once taken for Windows-1252: UTF8 "Sá»Ÿ", TCVN3
	// "Së Néi vô", VNI "Sôû Noäi vuï", Windows1258 "SõÒ Nôòi vuò".
	Misread Encoding
	// BOM is the length of the byte order mark. Reader leaves the mark out.
	BOM int
	// Plain says that the sample is clean UTF-8 in NFC: after the byte order
	// mark, Reader would give the bytes as they are.
	Plain bool
	// Decomposed says that letters stood apart from their marks (NFD).
	Decomposed bool
	// Words counts the words of the sample with a letter beyond ASCII, Right
	// those of them that are possible Vietnamese syllables, both as decoded.
	Words, Right int
	// Lost counts the words whose letters became "?" or U+FFFD: "S? N?i v?".
	Lost int

	all   int  // words of any letters
	mixed bool // only some of the cells are misread
}

// Lossy reports whether so many letters were lost that the text cannot be
// trusted: three words at least, and one word in twenty.
func (d Decoding) Lossy() bool {
	return d.Lost >= 3 && d.Lost*20 >= d.all
}

// Detect decides from the beginning and the end of a file. A quarter of a
// megabyte each is plenty; a letter may be cut off where head ends and where
// tail begins, and tail may be empty.
func Detect(head, tail []byte) Decoding {
	d := Decoding{}
	d.Encoding, d.BOM = bom(head)
	if d.BOM == 0 {
		d.Encoding = utf16WithoutMark(head)
	}
	if d.Encoding == "" && looksUTF8(head, tail) {
		d.Encoding = UTF8
	}
	if d.Encoding != "" {
		d.Misread, d.mixed = misread([]string{d.sample(head, tail)})
		return d.judged(head, tail)
	}

	d.Encoding = Windows1252
	shown := cut(head, tail, func(part []byte) string { return string(as1252(part)) })
	c := newContest()
	c.add(shown)
	if e := c.winner(); e != "" {
		d.Encoding = e
	}
	return d.judged(head, tail)
}

// As is the decision when a person has named the encoding. A byte order mark
// still speaks for the bytes: a file with one that is said to be TCVN3 holds
// TCVN3 that was saved as Unicode.
func As(e Encoding, head, tail []byte) Decoding {
	d := Decoding{Encoding: e}
	marked, n := bom(head)
	switch e {
	case UTF8, UTF16LE, UTF16BE:
		if n > 0 {
			d.Encoding, d.BOM = marked, n
		}
		return d.judged(head, tail)
	case Windows1252:
		return d.judged(head, tail)
	}
	if seen := Detect(head, tail); n > 0 || seen.Misread == e {
		d.Encoding, d.Misread, d.BOM, d.mixed = seen.Encoding, e, n, seen.mixed
	}
	return d.judged(head, tail)
}

// DetectText is Detect for the cells of a workbook, which are Unicode but may
// have been typed for a font such as .VnTime: "Bé Tµi chÝnh".
func DetectText(cells []string) Decoding {
	d := Decoding{Encoding: UTF8}
	d.Misread, d.mixed = misread(cells)
	return d.weighed(cells)
}

// judged fills in what the sample shows.
func (d Decoding) judged(head, tail []byte) Decoding {
	d = d.weighed([]string{d.sample(head, tail)})
	// Without a tail, head may be the whole file and its last letter damaged.
	d.Plain = d.Plain && (len(tail) > 0 || partial(head) == len(head))
	return d
}

// weighed fills in what texts, decoded but not yet put right, show.
func (d Decoding) weighed(parts []string) Decoding {
	d.Plain = d.Encoding == UTF8 && d.Misread == ""
	var n count
	for _, s := range parts {
		if strings.Contains(s, "\uFFFD") {
			d.Plain = false // bytes may be damaged
		}
		if !norm.NFC.IsNormalString(s) {
			d.Plain = false
			d.Decomposed = d.Decomposed || strings.ContainsAny(s, combining)
		}
		if d.Plain {
			whole, _ := tidier(true)(nil, []byte(s), true)
			d.Plain = string(whole) == s
		}
		n.add(d.Text(s))
	}
	d.Words, d.Right, d.all = n.words, n.right, n.all
	d.Lost = n.lost
	if n.lost > 0 {
		// "S?" may end a question, but not beside "N?i".
		d.Lost += n.maybe
	}
	return d
}

// combining are the marks that Vietnamese letters come apart into.
const combining = "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323"

// sample is the text of head and tail in d.Encoding, otherwise untouched.
func (d Decoding) sample(head, tail []byte) string {
	if d.BOM > 0 {
		head = head[d.BOM:]
	}
	decode := decoder(d.Encoding)
	read := func(part []byte) string {
		text, _ := decode(nil, part, true)
		return string(text)
	}
	if d.Encoding == UTF16LE || d.Encoding == UTF16BE {
		head = head[:len(head)&^1]
		if len(tail) > 0 && odd16(tail, d.Encoding) {
			tail = tail[1:]
		}
		return read(head) + "\n" + read(tail[:len(tail)&^1])
	}
	return cut(head, tail, read)
}

// cut reads head and tail without the line that lies across their edges.
func cut(head, tail []byte, read func([]byte) string) string {
	if len(tail) == 0 {
		if n := partial(head); n < len(head) && utf8.Valid(head[:n]) {
			head = head[:n]
		}
		return read(head)
	}
	if i := bytes.LastIndexAny(head, "\r\n"); i >= 0 {
		head = head[:i+1]
	}
	if i := bytes.IndexAny(tail, "\r\n"); i >= 0 {
		tail = tail[i:]
	}
	return read(head[:partial(head)]) + "\n" + read(tail[continued(tail):])
}

// partial is the length of b without a UTF-8 sequence cut off at its end.
func partial(b []byte) int {
	for n := 1; n < utf8.UTFMax && n <= len(b); n++ {
		if i := len(b) - n; utf8.RuneStart(b[i]) {
			if !utf8.FullRune(b[i:]) {
				return i
			}
			break
		}
	}
	return len(b)
}

// continued counts the bytes at the start of b that belong to a UTF-8 sequence
// begun before it.
func continued(b []byte) int {
	n := 0
	for n < len(b) && n < utf8.UTFMax-1 && !utf8.RuneStart(b[n]) {
		n++
	}
	return n
}
