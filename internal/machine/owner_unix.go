//go:build unix

package machine

import (
	"fmt"
	"os"
	"os/user"
	"strconv"
	"syscall"
)

// Owner returns the name of the account that a folder belongs to.
func Owner(dir string) (string, error) {
	info, err := os.Stat(dir)
	if err != nil {
		return "", fmt.Errorf("owner: %w", err)
	}
	s, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return "", ErrUnknown
	}
	account, err := user.LookupId(strconv.FormatUint(uint64(s.Uid), 10))
	if err != nil {
		return "", fmt.Errorf("owner: %w", err)
	}
	return account.Username, nil
}
