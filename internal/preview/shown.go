package preview

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"tongket/internal/report"
)

// shown is what stands before the reader: an edition and what is wrong with
// the programme since.
type shown struct {
	root          *os.Root          // the folder of the edition; nil before the first
	files         map[string]string // its files, by the manifest, with their hashes
	notes, faults []string
	locale        *report.Locale
	panel         []byte // what is wrong, as HTML; empty when nothing is
}

// open reads the account of an edition. Only what stands in it is served.
func (s *shown) open(dir string) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return fmt.Errorf("preview: %w", err)
	}
	text, err := root.ReadFile("manifest.json")
	var manifest struct {
		Outputs []struct{ Path, SHA256 string }
	}
	if err == nil {
		err = json.Unmarshal(text, &manifest)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("preview: manifest.json: %w", err), root.Close())
	}
	sum := sha256.Sum256(text)
	s.root, s.files = root, map[string]string{"manifest.json": hex.EncodeToString(sum[:])}
	for _, o := range manifest.Outputs {
		s.files[o.Path] = o.SHA256
	}
	return nil
}

// close lets an edition go, files and all.
func (s *shown) close() {
	if s.root != nil {
		_ = s.root.Close() // it was only read
		os.RemoveAll(s.root.Name())
	}
}

func (s *shown) finish() { s.panel = panel(s) }

// state tells what a reader of one file sees from anything else that could be
// seen there.
func (s *shown) state(name string) string {
	sum := sha256.New()
	fmt.Fprintf(sum, "%t\n%s\n%s\n%s", s.root != nil, s.files[name], s.locale.Say("lang"), s.panel)
	return hex.EncodeToString(sum.Sum(nil)[:12])
}
