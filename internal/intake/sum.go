package intake

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
)

// Digest is what only a pass over the whole file tells.
type Digest struct {
	SHA256 string
	Lines  int64 // a last line without an end counts; -1 when some lines end in a CR alone
	Odd    bool  // somewhere stands what the engine's reader would take as it is, or take for something else
}

// Sum reads the whole file once. The mark is the decimal mark of its numbers.
func Sum(path string, mark byte) (Digest, error) {
	file, err := os.Open(path)
	if err != nil {
		return Digest{}, fmt.Errorf("file: %w", err)
	}
	defer file.Close()
	hash, buf := sha256.New(), make([]byte, overlap+1<<20)
	var d Digest
	lone, kept, first := 0, 0, true // CRs without LF; bytes of the last piece, kept in front of the next
	last := byte('\n')
	for {
		n, err := file.Read(buf[kept:])
		if n > 0 {
			piece := buf[kept : kept+n]
			hash.Write(piece)
			d.Lines += int64(bytes.Count(piece, []byte{'\n'}))
			lone += bytes.Count(piece, []byte{'\r'}) - bytes.Count(piece, []byte("\r\n"))
			if last == '\r' && piece[0] == '\n' {
				lone--
			}
			last = piece[n-1]
			seen := buf[:kept+n]
			if first {
				seen, first = bytes.TrimPrefix(seen, []byte("\uFEFF")), false
			}
			d.Odd = d.Odd || odd(seen, mark)
			kept = copy(buf, buf[max(0, kept+n-overlap):kept+n])
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			return d, fmt.Errorf("file: %w", err)
		}
	}
	if last != '\n' {
		d.Lines++
	}
	if lone > 0 {
		d.Lines = -1
	}
	d.SHA256 = hex.EncodeToString(hash.Sum(nil))
	return d, nil
}

// overlap is as much as the longest thing that odd looks for, less one.
const overlap = 3

// odd looks for what the engine's reader takes for something else, or what
// has to be cleaned from texts: the mark before three digits, 1_000, letters
// apart from their accents, blanks that do not show, Icelandic Ð, NUL.
func odd(text []byte, mark byte) bool {
	for _, c := range []byte{0, 0x01, 0x1B, 0xC2, 0xCC, 0xCD} { // C2: NBSP and the signs of Latin-1
		if bytes.IndexByte(text, c) >= 0 {
			return true
		}
	}
	for _, s := range strange {
		if bytes.Contains(text, s) {
			return true
		}
	}
	return before(text, mark, 3) || before(text, '_', 1) || exponent(text, 'e') || exponent(text, 'E')
}

// exponent looks for 1e3, which may as well be a code.
func exponent(text []byte, e byte) bool {
	for i := 0; ; i++ {
		at := bytes.IndexByte(text[i:], e)
		if at < 0 {
			return false
		}
		if i += at; i > 0 && i+1 < len(text) && text[i-1] >= '0' && text[i-1] <= '9' && (text[i+1] >= '0' && text[i+1] <= '9' || text[i+1] == '-' || text[i+1] == '+') {
			return true
		}
	}
}

var strange = [][]byte{[]byte("\u200b"), []byte("\u200c"), []byte("\u200d"), []byte("\u2007"), []byte("\u202f"), []byte("\u2060"), []byte("\u3000"),
	[]byte("\ufeff"), []byte("\ufffd"), []byte("Ð"), []byte("ð"), []byte("<U+")}

// before looks for a sign before so many digits.
func before(text []byte, sign byte, digits int) bool {
	for {
		i := bytes.IndexByte(text, sign)
		if i < 0 || len(text)-i <= digits {
			return false
		}
		text = text[i+1:]
		n := 0
		for n < digits && text[n] >= '0' && text[n] <= '9' {
			n++
		}
		if n == digits {
			return true
		}
	}
}
