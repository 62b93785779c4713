package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"tongket/internal/report"
	"tongket/internal/warehouse"
)

// back is the folder of a programme that holds, for each file with something
// to mend, the list to send back to the unit.
const back = "phieu"

// sendBack writes phieu/<file>.loi.csv for each file with rejected rows, or
// that was refused, and takes away the list of a file that is in order now.
func sendBack(dir string, receipts []*warehouse.Receipt, s streams, l *report.Locale, asJSON bool) error {
	var errs []error
	for _, r := range receipts {
		path := filepath.Join(dir, back, filepath.FromSlash(r.File)+".loi.csv")
		if r.Status == warehouse.Known {
			continue
		}
		if r.Mend == nil {
			if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
				errs = append(errs, fmt.Errorf("list to send back: %w", err))
			}
			continue
		}
		var text bytes.Buffer
		if err := l.WriteRows(&text, r.Mend); err != nil {
			return err
		}
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, text.Bytes(), 0o644)); err != nil {
			errs = append(errs, fmt.Errorf("list to send back: %w", err))
			continue
		}
		if !asJSON {
			fmt.Fprintln(s.out, clean(r.File)+": "+l.Say("receipt.back", "path", clean(filepath.Join(back, filepath.FromSlash(r.File)+".loi.csv"))))
		}
	}
	return errors.Join(errs...)
}
