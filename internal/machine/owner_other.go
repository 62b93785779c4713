//go:build !unix

package machine

// Owner is not to be had here.
func Owner(string) (string, error) { return "", ErrUnknown }
