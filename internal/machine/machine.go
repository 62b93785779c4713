// Package machine says what a computer offers: room on its disks, memory, what
// may be written where.
package machine

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// ErrUnknown is the error of what cannot be found out on this system.
var ErrUnknown = errors.New("unknown on this system")

// Memory returns what there is and what is free, in bytes.
func Memory() (total, free uint64, err error) {
	text, err := os.ReadFile("/proc/meminfo")
	if err != nil {
		return 0, 0, ErrUnknown
	}
	for line := range strings.Lines(string(text)) {
		name, rest, _ := strings.Cut(line, ":")
		words := strings.Fields(rest)
		if len(words) == 0 {
			continue
		}
		n, err := strconv.ParseUint(words[0], 10, 64)
		if err != nil {
			continue
		}
		switch name {
		case "MemTotal":
			total = n << 10
		case "MemAvailable":
			free = n << 10
		}
	}
	if total == 0 {
		return 0, 0, ErrUnknown
	}
	return total, free, nil
}

// There returns the folder, or the nearest one above it that is there.
func There(dir string) string {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return dir
	}
	for {
		if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) || dir == filepath.Dir(dir) {
			return dir
		}
		dir = filepath.Dir(dir)
	}
}

// Writable tries to make a file in a folder, and removes it again.
func Writable(dir string) error {
	f, err := os.CreateTemp(dir, ".tongket-*")
	if err != nil {
		return fmt.Errorf("folder: %w", err)
	}
	return errors.Join(f.Close(), os.Remove(f.Name()))
}

// Links tries to make a symbolic link in a folder, and removes it again.
func Links(dir string) error {
	temp, err := os.MkdirTemp(dir, ".tongket-*")
	if err != nil {
		return fmt.Errorf("folder: %w", err)
	}
	return errors.Join(os.Symlink("there", filepath.Join(temp, "link")), os.RemoveAll(temp))
}
