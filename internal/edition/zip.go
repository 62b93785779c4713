package edition

import (
	"archive/zip"
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"
)

// Packable says why a packed edition of a target cannot get this name: it would
// lie in an edition, which is never changed, or in the place of what is no
// packed edition.
func Packable(target, file string) error {
	switch info, err := os.Stat(file); {
	case !strings.EqualFold(filepath.Ext(file), ".zip"):
		return fmt.Errorf("zip: the name %s must end in .zip", file)
	case err == nil && !info.Mode().IsRegular():
		return fmt.Errorf("zip: %s is no file", file)
	case within(real(file), real(filepath.Join(target, editionsDir))):
		return fmt.Errorf("zip: %s lies among the editions; name a file outside of %s", file, filepath.Join(target, editionsDir))
	}
	return nil
}

// Zip packs an edition of a target into one file, to be taken along: unpacked,
// its pages open from a disk. The same edition gives the same bytes. What stood
// under that name is replaced once the new file is whole.
func Zip(target, id, file string) (err error) {
	dir := filepath.Join(target, editionsDir, id)
	if !isEdition(dir) {
		return fmt.Errorf("zip: %s is no edition", dir)
	}
	out, err := os.CreateTemp(filepath.Dir(file), passing(filepath.Base(file)))
	if err != nil {
		return fmt.Errorf("zip: %w", err)
	}
	err = errors.Join(pack(out, os.DirFS(dir), id), out.Chmod(0o644), out.Sync(), out.Close())
	if err == nil {
		err = os.Rename(out.Name(), file)
	}
	if err != nil {
		return fmt.Errorf("zip: %w", errors.Join(err, os.Remove(out.Name())))
	}
	return nil
}

// pack writes the files of a folder in order, all of one time.
func pack(w io.Writer, dir fs.FS, top string) error {
	z := zip.NewWriter(w)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.DefaultCompression) })
	err := fs.WalkDir(dir, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		from, err := dir.Open(name)
		if err != nil {
			return err
		}
		defer func() { _ = from.Close() }()                                                                                               // it was only read
		header := &zip.FileHeader{Name: path.Join(top, name), Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)} // the first that the format knows
		header.SetMode(0o644)
		to, err := z.CreateHeader(header)
		if err != nil {
			return err
		}
		_, err = io.Copy(to, from)
		return err
	})
	return errors.Join(err, z.Close())
}
