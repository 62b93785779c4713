package workbook

import (
	"encoding/binary"
	"errors"
	"io"
	"os"
	"unicode/utf16"
)

// Foreign looks at a file that is no text and says what it is. It is "" for a
// workbook that Open reads, for anything that begins like neither an archive
// nor a compound file, and for a file that cannot be opened.
func Foreign(path string) Reason {
	f, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return ""
	}
	if reason := compound(f); reason != "" {
		return reason
	}
	if !zipped(f) {
		return ""
	}
	var fault *Fault
	if _, err := open(f, info.Size()); errors.As(err, &fault) {
		return fault.Reason
	}
	return ""
}

// zipped reports whether a file begins like an archive: with an entry, with
// the end of an empty one or with the mark of a divided one.
func zipped(f io.ReaderAt) bool {
	start := make([]byte, 4)
	if n, _ := f.ReadAt(start, 0); n < len(start) {
		return false
	}
	switch string(start) {
	case "PK\x03\x04", "PK\x05\x06", "PK\x07\x08":
		return true
	}
	return false
}

// compound says what a compound file ([MS-CFB], what Office wrote before
// 2007, and now around what is encrypted) holds, by the names in its root; ""
// when a file is none. What is neither, or cannot be followed, is Damaged.
func compound(f io.ReaderAt) Reason {
	head := make([]byte, 512)
	if n, _ := f.ReadAt(head, 0); n < 8 || string(head[:8]) != "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" {
		return ""
	}
	found := map[string]bool{}
	for _, name := range rootNames(f, head) {
		found[name] = true
	}
	switch {
	case found["EncryptedPackage"]:
		return Encrypted
	case found["Workbook"] || found["Book"]:
		return OldExcel
	case found["WordDocument"]:
		return OldWord
	}
	return Damaged
}

// rootNames are the names directly under the root: a Word file with a table of
// Excel in it has a "Workbook" further down.
func rootNames(f io.ReaderAt, head []byte) []string {
	dir := compoundDirectory(f, head)
	entry := func(i uint32) []byte {
		if uint64(i)*128+128 > uint64(len(dir)) {
			return nil
		}
		return dir[i*128 : i*128+128]
	}
	root := entry(0)
	if root == nil {
		return nil
	}
	var names []string
	seen := map[uint32]bool{}
	for todo := []uint32{u32(root, 76)}; len(todo) > 0; {
		i := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		e := entry(i)
		if e == nil || seen[i] {
			continue
		}
		seen[i] = true
		names = append(names, entryName(e))
		todo = append(todo, u32(e, 68), u32(e, 72)) // its neighbours in the tree
	}
	return names
}

func entryName(e []byte) string {
	n := min(int(binary.LittleEndian.Uint16(e[64:])), 64) / 2
	units := make([]uint16, max(n-1, 0)) // a zero ends it
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(e[2*i:])
	}
	return string(utf16.Decode(units))
}

// compoundDirectory follows the sectors of the directory, 4 MB of it at most.
func compoundDirectory(f io.ReaderAt, head []byte) []byte {
	shift := binary.LittleEndian.Uint16(head[30:])
	if shift != 9 && shift != 12 {
		return nil
	}
	size := int64(1) << shift
	word := make([]byte, 4)
	// table is the sector of a part of the table that says which sector
	// follows: the header lists 109 of them, a chain of sectors the others.
	table := func(i uint32) uint32 {
		if i < 109 {
			return u32(head, 76+4*int(i))
		}
		i -= 109
		more := u32(head, 68)
		for per := uint32(size/4) - 1; more < 0xFFFFFFFA; i -= per {
			at := (int64(more) + 1) * size
			if i < per {
				if n, _ := f.ReadAt(word, at+4*int64(i)); n < len(word) {
					break
				}
				return u32(word, 0)
			}
			if n, _ := f.ReadAt(word, at+4*int64(per)); n < len(word) {
				break
			}
			more = u32(word, 0)
		}
		return 0xFFFFFFFE
	}
	var dir []byte
	for sector := u32(head, 48); sector < 0xFFFFFFFA && len(dir) < 4<<20; {
		block := make([]byte, size)
		if n, _ := f.ReadAt(block, (int64(sector)+1)*size); n < len(block) {
			return append(dir, block[:n]...)
		}
		dir = append(dir, block...)
		at := (int64(table(sector/uint32(size/4)))+1)*size + 4*int64(sector%uint32(size/4))
		if n, _ := f.ReadAt(word, at); n < len(word) {
			return dir
		}
		sector = u32(word, 0)
	}
	return dir
}

func u32(b []byte, at int) uint32 { return binary.LittleEndian.Uint32(b[at:]) }
