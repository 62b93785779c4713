package html

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"html/template"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// drawn are the elements a picture may be made of.
var drawn = []string{"svg", "g", "a", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "title", "desc", "defs", "clipPath", "pattern"}

// picture admits a chart's SVG into a page as it is. The drawing engine
// escapes what it writes; this is the second lock, because the page's
// protection must not hang on a JavaScript library.
func picture(svg []byte) (template.HTML, error) {
	if len(bytes.TrimSpace(svg)) == 0 {
		return "", errors.New("drawing is empty")
	}
	d := xml.NewDecoder(bytes.NewReader(svg))
	for depth := 0; ; {
		token, err := d.Token()
		if err == io.EOF {
			return template.HTML(silent(bytes.TrimSpace(svg))), nil
		}
		if err != nil {
			return "", fmt.Errorf("drawing: %w", err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if depth == 0 && t.Name.Local != "svg" {
				return "", fmt.Errorf("drawing begins with <%s>, not <svg>", t.Name.Local)
			}
			depth++
			if err := plain(t); err != nil {
				return "", err
			}
		case xml.EndElement:
			depth--
		case xml.CharData:
			if depth == 0 && len(bytes.TrimSpace(t)) > 0 {
				return "", errors.New("drawing has text outside <svg>")
			}
		default:
			return "", errors.New("drawing has a comment or an instruction")
		}
	}
}

var rowMark = regexp.MustCompile(`<a data-row="(\d+)">`)

// led gives the marks of rows that lead somewhere their address. A mark whose
// row has none stays what it is, a group.
func led(svg template.HTML, hrefs []string) (template.HTML, bool) {
	linked := false
	text := rowMark.ReplaceAllStringFunc(string(svg), func(mark string) string {
		row, err := strconv.Atoi(rowMark.FindStringSubmatch(mark)[1])
		if err != nil || row >= len(hrefs) || hrefs[row] == "" {
			return mark
		}
		linked = true
		return fmt.Sprintf(`<a data-row="%d" href="%s">`, row, template.HTMLEscapeString(hrefs[row]))
	})
	return template.HTML(text), linked
}

// silent takes the role from the picture: the box around it has one, with
// the words that describe it.
func silent(svg []byte) []byte {
	end := bytes.IndexByte(svg, '>')
	root := bytes.Replace(svg[:end], []byte(` role="img"`), nil, 1)
	return append(append([]byte(nil), root...), svg[end:]...)
}

// plain refuses elements and attributes that could load, run or restyle.
func plain(e xml.StartElement) error {
	if !slices.Contains(drawn, e.Name.Local) {
		return fmt.Errorf("drawing has <%s>", e.Name.Local)
	}
	for _, a := range e.Attr {
		name := strings.ToLower(a.Name.Local)
		if strings.HasPrefix(name, "on") || name == "style" || name == "href" || name == "src" {
			return fmt.Errorf("drawing has <%s %s=…>", e.Name.Local, a.Name.Local)
		}
	}
	return nil
}
