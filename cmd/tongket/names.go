package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"tongket/internal/edition"
	"tongket/internal/report"
	"tongket/internal/warehouse"
)

// called returns the names below data/ that somebody may mean: as receipts and
// the log print them, with data/ in front, or as a path from the current
// folder or from the programme's. Paths that lie elsewhere come beside them.
func called(dir, given string) (names, elsewhere []string, err error) {
	data, err := filepath.Abs(filepath.Join(dir, "data"))
	if err != nil {
		return nil, nil, fmt.Errorf("data: %w", err)
	}
	paths := []string{given}
	if !filepath.IsAbs(given) {
		paths = []string{filepath.Join(data, given), filepath.Join(dir, given), given}
	}
	for _, p := range paths {
		p, err := filepath.Abs(p)
		if err != nil {
			return nil, nil, fmt.Errorf("data: %w", err)
		}
		rel, err := filepath.Rel(data, p)
		switch {
		case err != nil || !filepath.IsLocal(rel):
			elsewhere = append(elsewhere, p)
		case !slices.Contains(names, filepath.ToSlash(rel)):
			names = append(names, filepath.ToSlash(rel))
		}
	}
	return names, elsewhere, nil
}

// queryName is the name of a query or test that is given by it or by its file.
func queryName(given string) string {
	return strings.TrimSuffix(path.Base(filepath.ToSlash(given)), ".sql")
}

// below finds the files that are named among those that lie in data/.
func below(dir string, named []string, l *report.Locale) ([]string, error) {
	present, err := edition.Data(os.DirFS(dir))
	if err != nil {
		return nil, err
	}
	var out []string
	var errs []error
	for _, given := range named {
		names, elsewhere, err := called(dir, given)
		if err != nil {
			return nil, err
		}
		var found []string
		for _, name := range names {
			_, err := os.Stat(filepath.Join(dir, "data", filepath.FromSlash(name)))
			i := slices.IndexFunc(present, func(p string) bool { return readable(p) == name })
			switch {
			case err == nil:
				found = append(found, name)
			case i >= 0:
				found = append(found, present[i])
			}
		}
		elsewhere = slices.DeleteFunc(elsewhere, func(p string) bool { return !there(p) })
		switch {
		case len(found) == 1:
			out = append(out, found[0])
		case len(found) > 1:
			errs = append(errs, errors.New(l.Say("error.file.several", "name", clean(given), "found", inData(found))))
		case len(elsewhere) > 0:
			errs = append(errs, errors.New(l.Say("error.file.outside", "name", clean(given), "folder", clean(filepath.Join(dir, "data")))))
		default:
			errs = append(errs, errors.New(l.Say("error.file.none", "name", clean(given), "tried", inData(names))))
		}
	}
	return out, errors.Join(errs...)
}

// inData lists files of data/ for people.
func inData(names []string) string {
	out := make([]string, len(names))
	for i, name := range names {
		out[i] = clean(path.Join("data", readable(name)))
	}
	return strings.Join(out, ", ")
}

// loaded finds the file that is named among those whose figures stand; the
// number of a submission stays as it is.
func loaded(ctx context.Context, w *warehouse.Warehouse, dir, given string, l *report.Locale) (string, error) {
	if _, err := strconv.ParseInt(given, 10, 64); err == nil {
		return given, nil
	}
	log, err := w.Log(ctx)
	if err != nil {
		return "", err
	}
	names, _, err := called(dir, given)
	if err != nil {
		return "", err
	}
	found := slices.DeleteFunc(slices.Clone(names), func(name string) bool {
		return !slices.ContainsFunc(log, func(e warehouse.Entry) bool {
			return e.Path == name && (e.Status == warehouse.Accepted || e.Status == warehouse.Partial)
		})
	})
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return "", errors.New(l.Say("error.withdraw.none", "name", clean(given), "tried", inData(names)))
	}
	return "", errors.New(l.Say("error.file.several", "name", clean(given), "found", inData(found)))
}
