package edition

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"tongket/internal/contract"
	"tongket/internal/warehouse"
)

// manifest is manifest.json. What stands before the inputs is little, and read
// without the rest.
type manifest struct {
	Program   string                 `json:"program"`
	Build     string                 `json:"build,omitempty"`    // of the program
	Previous  string                 `json:"previous,omitempty"` // digest of the manifest of the edition it is compared with
	Look      string                 `json:"look"`               // digest of templates, catalog and bundle
	Title     string                 `json:"title"`
	Edition   string                 `json:"edition"`
	Notice    string                 `json:"notice,omitempty"`
	Event     int64                  `json:"event"`   // the last submission that counted
	History   string                 `json:"history"` // digest of what was taken in until then
	Published *release               `json:"published,omitempty"`
	Inputs    []warehouse.Submission `json:"inputs"`
	Programme []programmeFile        `json:"programme"`
	Queries   []manifestQuery        `json:"queries"`
	Findings  []Finding              `json:"findings"`
	Carried   []output               `json:"carried,omitempty"` // assets of the edition before
	Outputs   []output               `json:"outputs"`
}

// programmeFile is a file of the programme that the edition was made by.
type programmeFile struct {
	Path   string `json:"path"`
	SHA256 string `json:"sha256"`
}

type manifestQuery struct {
	Name    string           `json:"name"`
	File    string           `json:"file"`
	Reads   []string         `json:"reads"`
	Columns []manifestColumn `json:"columns"`
	Rows    int              `json:"rows"`
	Output  string           `json:"output"`
}

type manifestColumn struct {
	Name string `json:"name"`
	Type string `json:"type"`
}

// previous reads the edition in a folder, to compare with.
func previous(folder string) (*warehouse.Previous, error) {
	if folder == "" {
		return nil, nil
	}
	m, err := readManifest(folder)
	if err != nil {
		return nil, err
	}
	sums := map[string]string{}
	for _, o := range m.Outputs {
		sums[o.Path] = o.SHA256
	}
	p := &warehouse.Previous{Event: m.Event, History: m.History}
	for _, q := range m.Queries {
		if !filepath.IsLocal(filepath.FromSlash(q.Output)) || len(q.Columns) == 0 {
			continue
		}
		t := warehouse.Kept{Name: q.Name, Path: filepath.Join(folder, filepath.FromSlash(q.Output))}
		text, err := os.ReadFile(t.Path)
		if err != nil {
			return nil, fmt.Errorf("previous edition: %w", err)
		}
		if sum := sha256.Sum256(text); hex.EncodeToString(sum[:]) != sums[q.Output] {
			return nil, fmt.Errorf("previous edition: %s is not what its manifest says, it was changed since; compare with another edition", t.Path)
		}
		for _, c := range q.Columns {
			t.Columns = append(t.Columns, warehouse.KeptColumn(c))
		}
		p.Tables = append(p.Tables, t)
	}
	return p, nil
}

// unread reports whether the system manifest a file back that may be whole.
func unread(err error) bool {
	var by *fs.PathError
	return errors.As(err, &by) && !errors.Is(err, fs.ErrNotExist)
}

// readManifest reads the manifest of an edition; that of no folder is empty.
func readManifest(folder string) (*manifest, error) {
	m := &manifest{}
	if folder == "" {
		return m, nil
	}
	text, err := os.ReadFile(filepath.Join(folder, mark))
	if err != nil {
		return nil, fmt.Errorf("previous edition: %w", err)
	}
	if err := json.Unmarshal(text, m); err != nil {
		return nil, fmt.Errorf("previous edition: %s: %w", filepath.Join(folder, mark), err)
	}
	return m, nil
}

// digestOf is the digest of an edition's manifest; empty for no folder.
func digestOf(folder string) (string, error) {
	if folder == "" {
		return "", nil
	}
	text, err := os.ReadFile(filepath.Join(folder, mark))
	if err != nil {
		return "", fmt.Errorf("previous edition: %w", err)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), nil
}

// programmeFiles lists what an edition is made by: the settings, the contract,
// the queries, the reports and the boundaries of maps.
func programmeFiles(programme fs.FS) ([]programmeFile, error) {
	out := []programmeFile{}
	for _, part := range []string{contract.ProgrammeFile, contract.File, "queries", "reports", "data"} {
		err := fs.WalkDir(programme, part, func(name string, d fs.DirEntry, err error) error {
			switch {
			case errors.Is(err, fs.ErrNotExist) && name == part:
				return nil
			case err != nil:
				return err
			case d.IsDir(), path.Ext(name) == ".go", part == "data" && path.Ext(name) != ".geojson":
				return nil
			}
			text, err := fs.ReadFile(programme, name)
			if err != nil {
				return err
			}
			sum := sha256.Sum256(text)
			out = append(out, programmeFile{name, hex.EncodeToString(sum[:])})
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("programme: %w", err)
		}
	}
	return out, nil
}

// bytes accounts for the edition: what came in, what was asked, what came
// out. Of a published one it tells when and where in the line of editions it
// stands; beyond that it holds no time and no place, so that the same input
// gives the same bytes.
func (m manifest) bytes(c *content) []byte {
	m.Queries = []manifestQuery{}
	for _, t := range c.tables {
		columns := []manifestColumn{}
		for _, x := range t.types {
			columns = append(columns, manifestColumn(x))
		}
		m.Queries = append(m.Queries, manifestQuery{t.name, t.source.Query, append([]string{}, t.source.Tables...), columns, t.rows, tableFile(t.name)})
	}
	return indented(m)
}

// indented writes plain values as JSON for people and machines.
func indented(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(v); err != nil {
		panic(err) // plain texts and numbers only
	}
	return b.Bytes()
}
