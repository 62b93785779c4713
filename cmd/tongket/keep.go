package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"tongket/internal/edition"
	"tongket/internal/prompt"
	"tongket/internal/report"
	"tongket/internal/warehouse"
)

// keepsake is an answer that becomes a query of the programme and, with a
// page, part of the next edition.
type keepsake struct {
	name   string // of the query and of the page
	title  string // empty: as the answer has it, or one that says it is a question
	answer *warehouse.Answer
}

var (
	keepable = regexp.MustCompile(`^[a-z][a-z0-9_]{0,59}$`)
	device   = regexp.MustCompile(`^(con|prn|aux|nul|com\d|lpt\d)$`) // no file on Windows, whatever its ending
)

func (k keepsake) named() bool { return keepable.MatchString(k.name) && !device.MatchString(k.name) }

func (k keepsake) queryFile() string  { return "queries/" + k.name + ".sql" }
func (k keepsake) reportFile() string { return "reports/" + k.name + ".md" }

// keep writes an answer as a query. It is asked by its name first, so that what
// is written is known to work; nothing is ever written over.
func (a *asking) keep(ctx context.Context, o edition.Order, k keepsake) error {
	_, err := a.tryQuery(ctx, o, k)
	if err != nil {
		return err
	}
	return a.put(k.queryFile(), a.queryText(k))
}

// tryQuery answers what is to be kept by its name, from a programme that has it
// already.
func (a *asking) tryQuery(ctx context.Context, o edition.Order, k keepsake) (t *report.Table, err error) {
	l := a.programme.Locale
	if !k.named() {
		return nil, errors.New(l.Say("ask.save.name", "name", clean(k.name)))
	}
	for _, file := range []string{k.queryFile(), "queries/tests/" + k.name + ".sql"} {
		if there(filepath.Join(a.folder, filepath.FromSlash(file))) {
			return nil, errors.New(l.Say("ask.save.there", "file", file))
		}
	}
	if slices.Contains(a.reader.Offered(), k.name) || a.programme.Contract.Resource(k.name) != nil || a.programme.Contract.Macros()[k.name] != nil {
		return nil, errors.New(l.Say("ask.save.table", "name", k.name))
	}
	for i, kind := range k.answer.Types {
		if !storable(kind) {
			return nil, errors.New(l.Say("ask.save.kind", "column", clean(k.answer.Columns[i].Name), "kind", kind))
		}
	}
	o.Programme = more{o.Programme, k.queryFile(), a.queryText(k)}
	reader, err := edition.Questions(ctx, o, a.programme)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, reader.Close()) }()
	found, err := reader.Ask(ctx, warehouse.Question{Query: k.name, Limits: warehouse.Limits{Rows: enough, Time: a.timeout}})
	if err != nil {
		return nil, err
	}
	return found.Table(ctx)
}

// enough rows show what may be drawn.
const enough = 200

// storable reports whether values of an engine's type can stand in a report.
func storable(kind string) bool {
	return regexp.MustCompile(`^(BOOLEAN|U?(TINY|SMALL|BIG|HUGE)?INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL\(.*\)|VARCHAR|DATE|TIMESTAMP.*|ENUM\(.*\))$`).MatchString(kind)
}

// queryText is the file of a query: a header with what is known of the columns,
// and the SELECT as it was asked.
func (a *asking) queryText(k keepsake) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "-- title: %s\n-- columns:\n", yaml(a.titleOf(k)))
	titles := a.titles()
	for _, c := range k.answer.Columns {
		if c.Title == c.Name && titles[c.Name] != "" {
			c.Title = titles[c.Name]
		}
		keys := []string{"title: " + yaml(c.Title), "format: " + string(c.Format)}
		if c.Decimals > 0 {
			keys = append(keys, fmt.Sprintf("decimals: %d", c.Decimals))
		}
		if c.Unit != "" {
			keys = append(keys, "unit: "+yaml(c.Unit))
		}
		fmt.Fprintf(&b, "--   %s: {%s}\n", yaml(c.Name), strings.Join(keys, ", "))
	}
	statement, _, _ := prompt.Cut(k.answer.SQL())
	fmt.Fprintf(&b, "\n%s\n", strings.TrimSpace(statement))
	return b.Bytes()
}

// titles are what the programme calls columns, by their names: its queries
// first, then the contract.
func (a *asking) titles() map[string]string {
	out := map[string]string{}
	saved, _, _ := warehouse.ReadQueries(os.DirFS(a.folder)) // one at fault tells no titles
	for _, q := range saved {
		for _, c := range q.Columns {
			if out[c.Name] == "" {
				out[c.Name] = c.Title
			}
		}
	}
	for _, res := range a.programme.Contract.Resources {
		for _, f := range res.Fields {
			if out[f.Name] == "" {
				out[f.Name] = f.Title
			}
		}
	}
	return out
}

func (a *asking) titleOf(k keepsake) string {
	switch {
	case k.title != "":
		return clean(k.title)
	case k.answer.Title != "":
		return clean(k.answer.Title)
	}
	return a.programme.Locale.Say("ask.save.title", "name", k.name)
}

// yaml writes a text in quotes, on one line.
func yaml(text string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(text); err != nil {
		return `""`
	}
	return strings.TrimSpace(b.String())
}

// put writes a new file of the programme.
func (a *asking) put(file string, text []byte) (err error) {
	path := filepath.Join(a.folder, filepath.FromSlash(file))
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	switch {
	case errors.Is(err, fs.ErrExist):
		return errors.New(a.programme.Locale.Say("ask.save.there", "file", file))
	case err != nil:
		return fmt.Errorf("save: %w", err)
	}
	_, err = f.Write(text)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("save: %w", errors.Join(err, os.Remove(path)))
	}
	return nil
}

// more is a programme with one more file, which is not written yet.
type more struct {
	fs.FS
	file string
	text []byte
}

func (m more) ReadFile(name string) ([]byte, error) {
	if name == m.file {
		return slices.Clone(m.text), nil
	}
	return fs.ReadFile(m.FS, name)
}

func (m more) Glob(pattern string) ([]string, error) {
	names, err := fs.Glob(m.FS, pattern)
	if fits, broken := path.Match(pattern, m.file); fits && broken == nil {
		names = append(names, m.file)
	}
	slices.Sort(names)
	return slices.Compact(names), err
}
