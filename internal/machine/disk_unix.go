//go:build unix

package machine

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// Disk returns how many bytes may still be written where a folder lies.
func Disk(dir string) (free uint64, err error) {
	var s unix.Statfs_t
	if err := unix.Statfs(dir, &s); err != nil {
		return 0, fmt.Errorf("disk: %w", err)
	}
	return uint64(s.Bavail) * uint64(s.Bsize), nil
}
