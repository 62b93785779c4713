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
	"regexp"
	"strconv"
	"strings"

	"tongket/internal/report"
	"tongket/internal/warehouse"
)

// back is the folder of a programme that holds, for each file with something
// to mend, the list to send back to the unit.
const back = "phieu"

// sendBack writes phieu/<file>.loi.csv for each file with rejected rows, or
// that was refused, and takes away the list of a file of which nothing is left
// to mend.
func sendBack(dir string, receipts []*warehouse.Receipt, s streams, l *report.Locale, asJSON bool) error {
	var errs []error
	for _, r := range receipts {
		name := listName(r.File)
		path := filepath.Join(dir, back, name)
		known := r.Status == warehouse.Known
		if known && r.Rejected > 0 || r.Told && there(path) {
			continue
		}
		if known || r.Mend == nil { // a later file may have mended it
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
			key := "receipt.back"
			if r.Status == warehouse.Refused {
				key = "receipt.back.refused"
			}
			fmt.Fprintln(s.out, clean(r.File)+": "+l.Say(key, "path", clean(filepath.Join(back, name))))
		}
	}
	return errors.Join(errs...)
}

func there(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

var again = regexp.MustCompile(`(?i)\.loi(?:-(\d{1,3}))?\.csv$`)

// listName is the list's name below phieu/: report.csv.loi.csv, and for what is
// left to mend of that list report.csv.loi-2.csv. A name that no system takes is
// cut and told apart by its sum.
func listName(file string) string {
	name := filepath.FromSlash(file) + ".loi.csv"
	if m := again.FindStringSubmatch(file); m != nil {
		n, _ := strconv.Atoi(m[1])
		name = filepath.FromSlash(strings.TrimSuffix(file, m[0])) + ".loi-" + strconv.Itoa(max(n, 1)+1) + ".csv"
	}
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
