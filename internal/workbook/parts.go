package workbook

import (
	"archive/zip"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"net/url"
	"path"
	"strings"
)

// directory reads the list of the entries of an archive, once it is sure that
// it is short.
func directory(from io.ReaderAt, size int64) (*zip.Reader, error) {
	n, err := entries(from, size)
	if err != nil {
		return nil, err
	}
	if n > maxEntries {
		return nil, fault(TooLarge, "%d entries in the archive", n)
	}
	m := &meter{from: from, left: maxDirectory}
	z, err := zip.NewReader(m, size)
	if err != nil {
		var f *Fault
		if errors.As(err, &f) {
			return nil, f
		}
		return nil, fault(Damaged, "zip: %v", err)
	}
	// archive/zip compares the last sixteen bits of the number only.
	if len(z.File) > maxEntries {
		return nil, fault(TooLarge, "%d entries in the archive", len(z.File))
	}
	m.left = -1
	return z, nil
}

// entries is the number of entries that an archive says it has.
func entries(from io.ReaderAt, size int64) (uint64, error) {
	const fixed, comment = 22, 1<<16 - 1
	tail := make([]byte, min(size, fixed+comment))
	if n, err := from.ReadAt(tail, size-int64(len(tail))); n < len(tail) {
		return 0, fault(Damaged, "zip: %v", err)
	}
	at := strings.LastIndex(string(tail), "PK\x05\x06")
	if at < 0 || at+fixed > len(tail) {
		return 0, fault(Damaged, "a zip archive without its end")
	}
	n := uint64(binary.LittleEndian.Uint16(tail[at+10:]))
	// An archive written as a stream may have a larger record beside it, for
	// numbers of 64 bits, even when they are small.
	if at < 20 || string(tail[at-20:at-16]) != "PK\x06\x07" {
		return n, nil
	}
	record := make([]byte, 56)
	if _, err := from.ReadAt(record, int64(binary.LittleEndian.Uint64(tail[at-12:])&(1<<62-1))); err != nil || string(record[:4]) != "PK\x06\x06" {
		return 0, fault(Damaged, "a zip archive without its end")
	}
	wide := binary.LittleEndian.Uint64(record[32:])
	if n == 1<<16-1 {
		return wide, nil
	}
	return max(n, wide), nil
}

// A meter refuses to read more than so many bytes; -1 is no limit.
type meter struct {
	from io.ReaderAt
	left int64
}

func (m *meter) ReadAt(b []byte, at int64) (int, error) {
	if m.left >= 0 {
		if m.left -= int64(len(b)); m.left < 0 {
			m.left = 0
			return 0, fault(TooLarge, "the directory of the archive is longer than %d bytes", maxDirectory)
		}
	}
	return m.from.ReadAt(b, at)
}

// parts are the entries of an archive by their path in lower case, as names of
// parts are compared without case.
type parts map[string]*zip.File

func newParts(z *zip.Reader) parts {
	p := make(parts, len(z.File))
	for _, f := range z.File {
		name := key(f.Name)
		if _, twice := p[name]; !twice && !strings.HasSuffix(f.Name, "/") {
			p[name] = f
		}
	}
	return p
}

func key(name string) string {
	return strings.ToLower(strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, `\`, "/")), "/"))
}

// find is nil when there is no such part.
func (p parts) find(name string) *zip.File {
	if f := p[key(name)]; f != nil {
		return f
	}
	if plain, err := url.PathUnescape(name); err == nil {
		return p[key(plain)]
	}
	return nil
}

// A part is an open part, read as XML.
type part struct {
	scanner
	name string
	path [][]byte // the names of the elements open, in walk
	zip  io.Closer
	gate *gate
}

// open opens a part of at most so many bytes.
func (p parts) open(ctx context.Context, name string, most int64) (*part, error) {
	f := p.find(name)
	if f == nil {
		return nil, fault(Damaged, "no part %.200q", name)
	}
	if f.Flags&1 != 0 {
		return nil, fault(Encrypted, "%.200s", name)
	}
	r, err := f.Open()
	if err != nil {
		return nil, fault(Damaged, "%.200s: %v", name, err)
	}
	g := &gate{ctx: ctx, from: r, left: most}
	return &part{scanner: *newScanner(g), name: name, zip: r, gate: g}, nil
}

func (p *part) close() { p.zip.Close() }

// explain makes an error of reading a Fault that names the part. Errors of the
// context and of the caller stay as they are.
func (p *part) explain(err error) error {
	var f *Fault
	if errors.As(err, &f) {
		return fault(f.Reason, "%.200s: %s", p.name, f.Detail)
	}
	if p.gate.failed {
		return fault(Damaged, "%.200s: %v", p.name, err)
	}
	return err
}

// A gate counts what is unpacked and looks after the context.
type gate struct {
	ctx    context.Context
	from   io.Reader
	left   int64
	failed bool // to unpack
}

func (g *gate) Read(b []byte) (int, error) {
	if err := g.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := g.from.Read(b)
	if g.left -= int64(n); g.left < 0 {
		return 0, fault(TooLarge, "unpacks to more than its limit")
	}
	g.failed = err != nil && err != io.EOF
	return n, err
}

// walk calls visit at each start tag.
func (p *part) walk(visit func() error) error {
	for {
		t, err := p.next()
		if err != nil || t == eof {
			return err
		}
		switch t {
		case startTag:
			if err := visit(); err != nil {
				return err
			}
			if len(p.path) == maxDepth {
				return fault(Damaged, "%d elements within each other", maxDepth)
			}
			p.push(p.scanner.name)
		case endTag:
			p.path = p.path[:len(p.path)-1]
		}
	}
}

// push copies the name into the memory of one that stood at its depth before.
func (p *part) push(name []byte) {
	n := len(p.path)
	if n == cap(p.path) {
		p.path = append(p.path, nil)
	}
	p.path = p.path[:n+1]
	p.path[n] = append(p.path[n][:0], name...)
}

// within reports whether the element just begun stands directly in one of
// the name.
func (p *part) within(name string) bool {
	return len(p.path) > 0 && string(p.path[len(p.path)-1]) == name
}

// A link is a relationship.
type link struct {
	id     string
	kind   string // the last step of its type: "worksheet"
	target string // a path
}

// links are the relationships of a part, "" for those of the package.
func (p parts) links(source string) ([]link, error) {
	in, err := p.open(context.Background(), path.Join(path.Dir(source), "_rels", path.Base("/"+source)+".rels"), maxPart)
	if err != nil {
		return nil, err
	}
	defer in.close()
	var out []link
	err = in.walk(func() error {
		if !in.is("Relationship") || string(in.attr("TargetMode")) == "External" {
			return nil
		}
		if len(out) == maxLinks {
			return fault(TooLarge, "more than %d relationships", maxLinks)
		}
		out = append(out, link{
			id:     in.attrText("Id"),
			kind:   path.Base(in.attrText("Type")),
			target: resolve(source, in.attrText("Target")),
		})
		return nil
	})
	if err != nil {
		return nil, in.explain(err)
	}
	return out, nil
}

// identify finds the workbook in a package, or says what the archive is.
func (p parts) identify() (root string, reason Reason, err error) {
	if p.openDocument() {
		return "", OpenDocument, nil
	}
	if p.find("[Content_Types].xml") == nil {
		return "", Archive, nil
	}
	types, err := p.types()
	if err != nil {
		return "", "", err
	}
	if links, err := p.links(""); err == nil {
		for _, l := range links {
			if l.kind == "officeDocument" {
				root = l.target
			}
		}
	}
	if root == "" {
		root = types.main
	}
	kind := types.of(root)
	switch {
	case root == "":
		return "", Archive, nil
	case strings.Contains(kind, "sheet.binary") || path.Ext(strings.ToLower(root)) == ".bin":
		return "", Binary, nil
	case strings.Contains(kind, "wordprocessingml") || strings.Contains(kind, "ms-word"):
		return "", Word, nil
	case strings.Contains(kind, "spreadsheetml") || strings.Contains(kind, "ms-excel"):
		return root, "", nil
	}
	return "", Archive, nil
}

// openDocument looks at the entry that says what an OpenDocument file is.
func (p parts) openDocument() bool {
	f := p["mimetype"]
	if f == nil {
		return false
	}
	r, err := f.Open()
	if err != nil {
		return false
	}
	defer r.Close()
	start := make([]byte, 64)
	n, _ := io.ReadFull(r, start)
	return strings.HasPrefix(string(start[:n]), "application/vnd.oasis.opendocument.")
}

// types are the content types of a package.
type types struct {
	byPart, byEnd map[string]string
	main          string // the first part that is a main one
}

func (p parts) types() (*types, error) {
	in, err := p.open(context.Background(), "[Content_Types].xml", maxPart)
	if err != nil {
		return nil, err
	}
	defer in.close()
	t := &types{byPart: map[string]string{}, byEnd: map[string]string{}}
	err = in.walk(func() error {
		kind := strings.ToLower(in.attrText("ContentType"))
		switch {
		case len(t.byPart)+len(t.byEnd) > maxLinks:
			return fault(TooLarge, "more than %d content types", maxLinks)
		case in.is("Default"):
			t.byEnd[strings.ToLower(in.attrText("Extension"))] = kind
		case in.is("Override"):
			name := in.attrText("PartName")
			t.byPart[key(name)] = kind
			if t.main == "" && strings.HasSuffix(kind, ".main+xml") {
				t.main = strings.TrimPrefix(name, "/")
			}
		}
		return nil
	})
	if err != nil {
		return nil, in.explain(err)
	}
	return t, nil
}

func (t *types) of(name string) string {
	if kind := t.byPart[key(name)]; kind != "" {
		return kind
	}
	return t.byEnd[strings.TrimPrefix(path.Ext(key(name)), ".")]
}
