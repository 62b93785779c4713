//go:build unix

package machine

import (
	"bufio"
	"context"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestEndsWhole: who is ended takes the children along.
func TestEndsWhole(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	c := exec.CommandContext(ctx, "sh", "-c", "sleep 600 & echo $!; wait")
	EndsWhole(c)
	out, err := c.StdoutPipe()
	if err == nil {
		err = c.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	child, err := strconv.Atoi(strings.TrimSpace(line))
	if err != nil {
		t.Fatal(err)
	}
	stop()
	if err := c.Wait(); err == nil {
		t.Error("it came to an end of its own")
	}
	gone := func() bool { // a zombie that nobody waits for is gone, too
		state, _ := exec.Command("ps", "-o", "stat=", "-p", strconv.Itoa(child)).Output()
		return syscall.Kill(child, 0) != nil || strings.HasPrefix(string(state), "Z")
	}
	for deadline := time.Now().Add(time.Minute); !gone(); {
		if time.Now().After(deadline) {
			t.Fatal("the child lives on")
		}
	}
}
