//go:build !unix

package machine

// Disk is not to be had here.
func Disk(string) (uint64, error) { return 0, ErrUnknown }
