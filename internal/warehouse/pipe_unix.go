//go:build unix

package warehouse

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// openPipe makes a named pipe. Where the disk has none, a file lies in
// between.
func openPipe(path string) (*pipe, error) {
	if err := unix.Mkfifo(path, 0o600); err != nil {
		return filePipe(path)
	}
	// Opened without waiting for the engine, and held open until it has
	// written: else the reader would find the end before the beginning.
	out, err := os.OpenFile(path, os.O_RDONLY|unix.O_NONBLOCK, 0)
	if err != nil {
		return nil, errors.Join(err, os.Remove(path))
	}
	keeper, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return nil, errors.Join(err, out.Close(), os.Remove(path))
	}
	return &pipe{path: path, out: out, keeper: keeper, streams: true}, nil
}
