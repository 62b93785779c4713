package sample

import (
	"bytes"
	"math"
	"strconv"
	"strings"
)

// sheet builds a CSV file the way Excel with Vietnamese settings saves one:
// UTF-8 with BOM, semicolons, CRLF.
type sheet struct{ buf bytes.Buffer }

func newSheet(header ...string) *sheet {
	s := &sheet{}
	s.buf.WriteString("\ufeff")
	s.row(header...)
	return s
}

func (s *sheet) row(cells ...string) {
	for i, c := range cells {
		if i > 0 {
			s.buf.WriteByte(';')
		}
		if strings.ContainsAny(c, ";\"\r\n") {
			c = `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
		}
		s.buf.WriteString(c)
	}
	s.buf.WriteString("\r\n")
}

func (s *sheet) file(path string) File { return File{Path: path, Data: s.buf.Bytes()} }

// metres writes tenths of a metre with a decimal comma: 1234 is "123,4".
func metres(tenths int) string {
	return strconv.Itoa(tenths/10) + "," + strconv.Itoa(tenths%10)
}

func whole(n int) string { return strconv.Itoa(n) }

// someOrDash writes "-" for nothing, as many units do.
func someOrDash(n int) string {
	if n == 0 {
		return "-"
	}
	return strconv.Itoa(n)
}

func scaled(n int, share float64) int { return int(math.Round(float64(n) * share)) }

// chance is a splitmix64 generator. It stands here, and not math/rand, so
// that the figures stay the same under every version of Go.
type chance struct{ state uint64 }

func newChance(seed string) *chance {
	c := &chance{state: 14695981039346656037}
	for i := 0; i < len(seed); i++ {
		c.state = (c.state ^ uint64(seed[i])) * 1099511628211
	}
	return c
}

// between returns a number of [low, high).
func (c *chance) between(low, high float64) float64 {
	c.state += 0x9e3779b97f4a7c15
	z := c.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	z ^= z >> 31
	return low + (high-low)*float64(z>>11)/(1<<53)
}
