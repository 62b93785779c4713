//go:build unix

package machine

import (
	"os"

	"golang.org/x/sys/unix"
)

// Columns is how many places a line of a terminal has; 0 for what is none.
func Columns(f *os.File) int {
	size, err := unix.IoctlGetWinsize(int(f.Fd()), unix.TIOCGWINSZ)
	if err != nil {
		return 0
	}
	return max(int(size.Col), 1)
}

// Lines is how many lines a terminal has; 0 for what is none.
func Lines(f *os.File) int {
	size, err := unix.IoctlGetWinsize(int(f.Fd()), unix.TIOCGWINSZ)
	if err != nil {
		return 0
	}
	return int(size.Row)
}
