package edition

import (
	"errors"
	"fmt"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// swap exchanges two folders in one step: at no moment is either missing.
func swap(a, b string) error {
	return unix.Renameat2(unix.AT_FDCWD, a, unix.AT_FDCWD, b, unix.RENAME_EXCHANGE)
}

// alive reports whether a process is still there.
func alive(process int) bool {
	return !errors.Is(syscall.Kill(process, 0), syscall.ESRCH)
}

// flush writes to the disk what was written into a folder: one call for all of
// its file system, for one a file takes longer than to render it.
func flush(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("edition: %w", err)
	}
	if err := errors.Join(unix.Syncfs(int(f.Fd())), f.Close()); err != nil {
		return fmt.Errorf("edition: %s: %w", dir, err)
	}
	return nil
}

// syncFolder makes sure of the names in a folder.
func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
