package warehouse

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// shelf holds the queries of a programme; each is read when it is asked for.
type shelf struct {
	names []string // in alphabetical order
	files fs.FS
	read  map[string]*Query
	wrong map[string]error
}

// Know makes the queries of a programme known by name: each is read and
// computed when a question reads it, so one at fault stands in nobody's way.
func (r *Reader) Know(programme fs.FS) error {
	files, err := fs.Glob(programme, "queries/*.sql")
	if err != nil {
		return fmt.Errorf("queries: %w", err)
	}
	r.shelf = shelf{files: programme, read: map[string]*Query{}, wrong: map[string]error{}}
	for _, file := range files {
		r.shelf.names = append(r.shelf.names, strings.TrimSuffix(path.Base(file), ".sql"))
	}
	slices.Sort(r.shelf.names)
	return nil
}

// saved returns a query that was defined, or one that waits on the shelf; nil
// when there is none.
func (r *Reader) saved(name string) (*Query, error) {
	if q := r.queries[name]; q != nil && q.Severity == "" {
		return q, nil
	}
	return r.shelf.find(name)
}

// find returns a query by its name; nil when there is none.
func (s *shelf) find(name string) (*Query, error) {
	if _, there := slices.BinarySearch(s.names, name); !there {
		return nil, nil
	}
	if q, err := s.read[name], s.wrong[name]; q != nil || err != nil {
		return q, err
	}
	file := "queries/" + name + ".sql"
	text, err := fs.ReadFile(s.files, file)
	if err != nil {
		s.wrong[name] = fmt.Errorf("query: %w", err)
		return nil, s.wrong[name]
	}
	const ofTest = false
	s.read[name], s.wrong[name] = parseQuery(file, string(text), ofTest)
	if s.wrong[name] != nil {
		s.read[name] = nil
	}
	return s.read[name], s.wrong[name]
}

// all are the queries that are not at fault, in alphabetical order.
func (s *shelf) all() []*Query {
	var out []*Query
	for _, name := range s.names {
		if q, _ := s.find(name); q != nil {
			out = append(out, q)
		}
	}
	return out
}
