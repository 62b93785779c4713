package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

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
		name := listName(r.File)
		path := filepath.Join(dir, back, name)
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
		if err := put(path, text.Bytes()); err != nil {
			errs = append(errs, fmt.Errorf("list to send back: %w", err))
			continue
		}
		if !asJSON {
			fmt.Fprintln(s.out, clean(r.File)+": "+l.Say("receipt.back", "path", clean(filepath.Join(back, name))))
		}
	}
	return errors.Join(errs...)
}

// listName is the list's name below phieu/. A name that no system takes is cut
// and told apart by its sum.
func listName(file string) string {
	name := filepath.FromSlash(file) + ".loi.csv"
	if len(filepath.Base(name)) <= 200 {
		return name
	}
	sum := sha256.Sum256([]byte(file))
	start := []byte(filepath.Base(name))[:150]
	return filepath.Join(filepath.Dir(name), strings.ToValidUTF8(string(start), "")+"-"+hex.EncodeToString(sum[:6])+".loi.csv")
}

// put writes a file in one step. A link that stands in its place is replaced,
// not followed.
func put(path string, text []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	temp, err := os.CreateTemp(filepath.Dir(path), ".loi-*")
	if err != nil {
		return err
	}
	_, err = temp.Write(text)
	if err = errors.Join(err, temp.Chmod(0o644), temp.Close()); err == nil {
		err = os.Rename(temp.Name(), path)
	}
	if err != nil {
		os.Remove(temp.Name())
	}
	return err
}
