//go:build unix

package machine

import (
	"os/exec"
	"syscall"
)

// EndsWhole has a command take with it what it started, when it is ended
// before its time. It is to be called before the command is.
func EndsWhole(c *exec.Cmd) {
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	c.Cancel = func() error { return syscall.Kill(-c.Process.Pid, syscall.SIGKILL) }
}
