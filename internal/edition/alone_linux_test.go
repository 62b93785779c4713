package edition_test

import (
	"net"
	"os"
	"os/exec"
	"syscall"
	"testing"
	"unsafe"
)

// insideAlone is set in the process that has no network.
const insideAlone = "TONGKET_TEST_ALONE"

// alone runs the test in a process whose machine has no network but its own
// loopback, and reports whether it did: then all is done. In that process, and
// where no such room can be made, it does not.
func alone(t *testing.T) bool {
	t.Helper()
	if os.Getenv(insideAlone) != "" {
		raiseLoopback(t)
		return false
	}
	room := []string{"--map-root-user", "--net"}
	if out, err := exec.Command("unshare", append(room, "true")...).CombinedOutput(); err != nil {
		t.Logf("no room without a network can be made here: %v %s", err, out)
		return false
	}
	c := exec.Command("unshare", append(room, os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")...)
	c.Env = append(os.Environ(), insideAlone+"=1")
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Logf("%s", out)
	return true
}

// raiseLoopback makes 127.0.0.1 answer, which browsers and their drivers speak
// over, and makes sure that there is nothing else.
func raiseLoopback(t *testing.T) {
	t.Helper()
	socket, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_DGRAM, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer syscall.Close(socket)
	request := struct {
		name  [syscall.IFNAMSIZ]byte
		flags uint16
		_     [22]byte
	}{flags: syscall.IFF_UP | syscall.IFF_RUNNING}
	copy(request.name[:], "lo")
	if _, _, fault := syscall.Syscall(syscall.SYS_IOCTL, uintptr(socket), syscall.SIOCSIFFLAGS, uintptr(unsafe.Pointer(&request))); fault != 0 {
		t.Fatalf("loopback: %v", fault)
	}
	all, err := net.Interfaces()
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range all {
		if i.Flags&net.FlagUp != 0 && i.Flags&net.FlagLoopback == 0 {
			t.Fatalf("there is a network: %s", i.Name)
		}
	}
}
