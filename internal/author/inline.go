package author

import (
	"net/url"
	"path"
	"regexp"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
	"golang.org/x/text/unicode/norm"

	"tongket/internal/report"
)

// runs returns the text of a node, its values filled in, without spaces that
// are doubled or stand at the edges. Nothing visible gives nil.
func (p *page) runs(n ast.Node) []report.Run {
	var list []report.Run
	p.inline(n, report.Run{}, &list)
	return tidy(list)
}

// markdownText returns the runs of a text in a block's key: inline Markdown.
func (p *page) markdownText(source string, line int) []report.Run {
	inner := &page{run: p.run, dot: p.dot, source: []byte(source), ids: p.ids, section: p.section}
	doc := p.markdown.Parse(text.NewReader(inner.source))
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		if n.Kind() != ast.KindParagraph {
			p.faults.add(line, "text holds paragraphs only; put lists, tables and blocks outside")
			return nil
		}
	}
	if refused := find(doc, ast.KindRawHTML, ast.KindImage); refused != nil {
		p.faults.add(line, "HTML and images are off in reports; write Markdown")
		return nil
	}
	return inner.quote(doc)
}

// find returns the first node of some kinds.
func find(n ast.Node, kinds ...ast.NodeKind) (found ast.Node) {
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		for _, k := range kinds {
			if n.Kind() == k {
				found = n
				return ast.WalkStop, nil
			}
		}
		return ast.WalkContinue, nil
	})
	return found
}

func (p *page) inline(n ast.Node, style report.Run, list *[]report.Run) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			p.words(c, style, list)
		case *ast.String:
			write(list, style, p.values.fill(string(c.Value)))
		case *ast.Emphasis:
			inner := style
			inner.Bold = inner.Bold || c.Level == 2
			inner.Italic = inner.Italic || c.Level == 1
			p.inline(c, inner, list)
		case *ast.CodeSpan:
			inner := style
			inner.Code = true
			p.code(c, inner, list)
		case *ast.Link:
			inner := style
			inner.Href = p.href(unescape(c.Destination), p.lineOf(c))
			p.inline(c, inner, list)
		case *ast.AutoLink:
			inner, to := style, string(c.URL(p.source))
			if c.AutoLinkType == ast.AutoLinkEmail {
				to = "mailto:" + to
			}
			inner.Href = p.href(to, p.lineOf(c))
			write(list, inner, p.values.fill(string(c.Label(p.source))))
		default:
			p.refuse(c)
		}
	}
}

func (p *page) words(n *ast.Text, style report.Run, list *[]report.Run) {
	raw := n.Segment.Value(p.source)
	if n.IsRaw() {
		write(list, style, p.values.fill(string(raw)))
	} else {
		write(list, style, p.values.fill(unescape(raw)))
	}
	switch {
	case n.HardLineBreak():
		*list = append(*list, report.Run{Break: true})
	case n.SoftLineBreak():
		write(list, style, " ")
	}
}

func (p *page) code(n ast.Node, style report.Run, list *[]report.Run) {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			b.Write(t.Segment.Value(p.source))
		}
	}
	write(list, style, p.values.fill(strings.ReplaceAll(b.String(), "\n", " ")))
}

// write appends a text, to the last run if that has the same style.
func write(list *[]report.Run, style report.Run, text string) {
	if text == "" {
		return
	}
	style.Text = ""
	if i := len(*list) - 1; i >= 0 {
		last := (*list)[i]
		last.Text = ""
		if last == style {
			(*list)[i].Text += text
			return
		}
	}
	style.Text = text
	*list = append(*list, style)
}

// tidy makes one space of several and takes them from the edges of the text
// and of forced breaks. Spaces that do not break stay.
func tidy(list []report.Run) []report.Run {
	var out []report.Run
	edge := true // nothing, a break or a space comes before
	trim := func() {
		for i := len(out) - 1; i >= 0 && !out[i].Break; i-- {
			out[i].Text = strings.TrimRight(out[i].Text, " \t")
			if out[i].Text != "" {
				return
			}
			out = out[:i]
		}
	}
	for _, r := range list {
		if r.Break {
			if trim(); len(out) > 0 {
				out = append(out, r)
			}
			edge = true
			continue
		}
		var b strings.Builder
		for _, c := range r.Text {
			space := c == ' ' || c == '\t' || c == '\n'
			if space && edge {
				continue
			}
			if edge = space; space {
				c = ' '
			}
			b.WriteRune(c)
		}
		if r.Text = b.String(); r.Text != "" {
			out = append(out, r)
		}
	}
	for trim(); len(out) > 0 && out[len(out)-1].Break; trim() {
		out = out[:len(out)-1]
	}
	return out
}

// entity is a character reference as CommonMark takes it, with its semicolon.
var entity = regexp.MustCompile(`^&(?:#[xX][0-9a-fA-F]{1,6}|#[0-9]{1,7}|[A-Za-z][A-Za-z0-9]*);`)

// unescape resolves backslashes and character references.
func unescape(source []byte) string {
	var b strings.Builder
	for i := 0; i < len(source); i++ {
		switch c := source[i]; {
		case c == '\\' && i+1 < len(source) && util.IsPunct(source[i+1]):
			i++
			b.WriteByte(source[i])
		case c == '&':
			ref := entity.Find(source[i:])
			if ref == nil {
				b.WriteByte(c)
				continue
			}
			b.WriteString(clean(string(util.ResolveEntityNames(util.ResolveNumericReferences(ref)))))
			i += len(ref) - 1
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

var scheme = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*:`)

// href returns a link's address if it is one that a page may hold, or else
// nothing, which leaves the text.
func (p *page) href(written string, line int) string {
	to := strings.TrimSpace(plain(p.values.raw(written)))
	switch {
	case to == "" || strings.ContainsAny(to, "\\\"<>") || strings.ContainsFunc(to, unicode.IsControl):
		return ""
	case scheme.MatchString(to):
		address, err := url.Parse(to)
		if err != nil || address.Scheme != "http" && address.Scheme != "https" && address.Scheme != "mailto" {
			return ""
		}
		return to
	case strings.HasPrefix(to, "#"):
		return to
	}
	end := len(to)
	if i := strings.IndexAny(to, "?#"); i >= 0 {
		end = i
	}
	page := strings.TrimSuffix(strings.TrimSuffix(to[:end], ".md"), ".html")
	if clean := path.Clean(page); clean == "." || strings.HasPrefix(clean, "/") || strings.HasPrefix(clean, "..") || strings.Contains(clean, ":") {
		if !strings.Contains(written, tokenOpen) {
			p.faults.add(line, "link %q: write the page's path from the top of the site, e.g. don-vi/731", to)
		}
		return ""
	}
	return path.Clean(page) + to[end:]
}

// slug makes an ASCII name of a text: "Kết quả đạt được" is "ket-qua-dat-duoc".
func slug(text string) string {
	const longest = 60
	var b strings.Builder
	dash := false
	for _, r := range norm.NFD.String(strings.ToLower(text)) {
		switch {
		case r == 'đ':
			r = 'd'
		case unicode.Is(unicode.Mn, r):
			continue
		}
		if r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			dash = b.Len() > 0
			continue
		}
		if b.Len() >= longest {
			break
		}
		if dash {
			b.WriteByte('-')
		}
		dash = false
		b.WriteRune(r)
	}
	if b.Len() == 0 {
		return "section"
	}
	return b.String()
}
