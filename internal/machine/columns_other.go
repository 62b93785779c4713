//go:build !unix

package machine

import "os"

// Columns is how many places a line of a terminal has; 0 for what is none.
func Columns(*os.File) int { return 0 }

// Lines is how many lines a terminal has; 0 for what is none.
func Lines(*os.File) int { return 0 }
