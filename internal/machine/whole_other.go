//go:build !unix

package machine

import "os/exec"

// EndsWhole does nothing: what the command started lives on.
func EndsWhole(*exec.Cmd) {}
