package main

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"syscall"

	"tongket/internal/edition"
	"tongket/internal/report"
	"tongket/templates"
)

// advice says in the programme's language what to do about an error of the
// system, whose own words stand before it; "" where there is nothing to say.
func advice(err error, l *report.Locale) string {
	text := strings.ToLower(err.Error()) // the engine passes on words only
	var told edition.Explained
	switch {
	case errors.As(err, &told):
		return ""
	case errors.Is(err, syscall.ENOSPC), strings.Contains(text, "no space left on device"):
		return l.Say("error.disk.full")
	case errors.Is(err, syscall.EROFS), strings.Contains(text, "read-only file system"):
		return l.Say("error.disk.read_only")
	case errors.Is(err, fs.ErrPermission), strings.Contains(text, "permission denied"):
		return l.Say("error.disk.denied")
	}
	return ""
}

// locale is the programme's, or that of the sample where the programme cannot
// be read.
func (p *programme) locale() (*report.Locale, error) {
	if prog, err := edition.Open(os.DirFS(p.dir), templates.Files); err == nil {
		return prog.Locale, nil
	}
	catalog, err := fs.ReadFile(templates.Files, "lang/vi.json")
	if err != nil {
		return nil, err
	}
	return report.NewLocale(catalog)
}
