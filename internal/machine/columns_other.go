//go:build !unix

package machine

import "os"

// Columns is how many places a line of a terminal has; 0 for what is none.
func Columns(*os.File) int { return 0 }
