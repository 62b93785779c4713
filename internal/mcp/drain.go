package mcp

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"sync"
	"time"
)

// drain keeps the end of the input back until every question that came has its
// answer: whoever writes a few lines and closes is answered, too.
type drain struct {
	ctx  context.Context
	in   io.Reader
	out  io.Writer
	wait time.Duration // the longest that the end is kept back

	writing sync.Mutex // one message after the other

	mu      sync.Mutex
	asked   []byte // of a line that has not ended
	open    map[string]bool
	settled chan struct{} // something was answered
}

func newDrain(ctx context.Context, in io.Reader, out io.Writer, wait time.Duration) *drain {
	d := &drain{ctx: ctx, out: out, wait: wait, open: map[string]bool{}, settled: make(chan struct{}, 1)}
	d.in = newLines(in, d.refuse)
	return d
}

// refuse answers what is no message. Whether that reached anybody shows at the
// next answer.
func (d *drain) refuse(code int, why string) {
	d.writing.Lock()
	defer d.writing.Unlock()
	fmt.Fprintf(d.out, `{"jsonrpc":"2.0","id":null,"error":{"code":%d,"message":%q}}`+"\n", code, why)
}

func (d *drain) Read(to []byte) (int, error) {
	n, err := d.in.Read(to)
	d.mu.Lock()
	d.asked = append(d.asked, to[:n]...)
	for {
		line, rest, ended := bytes.Cut(d.asked, []byte("\n"))
		if !ended {
			break
		}
		d.count(line, 1)
		d.asked = rest
	}
	if len(d.asked) > longest {
		d.asked = nil // the protocol's library ends here
	}
	if err != nil {
		d.count(d.asked, 1)
		d.asked = nil
	}
	d.mu.Unlock()
	if err != nil && n == 0 {
		d.rest()
	} else if err != nil {
		return n, nil // the end comes with the next reading
	}
	return n, err
}

func (d *drain) Write(line []byte) (int, error) {
	d.writing.Lock()
	n, err := d.out.Write(line)
	d.writing.Unlock()
	d.mu.Lock()
	d.count(line, -1)
	d.mu.Unlock()
	select {
	case d.settled <- struct{}{}:
	default:
	}
	return n, err
}

// count follows the questions: those with a number come in with a method and
// go out without.
func (d *drain) count(line []byte, by int) {
	var m struct {
		ID     json.RawMessage
		Method string
	}
	if json.Unmarshal(line, &m) != nil || len(m.ID) == 0 || string(m.ID) == "null" || (m.Method != "") != (by > 0) {
		return
	}
	if id := string(m.ID); by > 0 {
		d.open[id] = true // one that is there twice has one answer
	} else {
		delete(d.open, id)
	}
}

// left is how many questions wait for an answer.
func (d *drain) left() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.open)
}

// rest waits until nothing is open.
func (d *drain) rest() {
	end := time.NewTimer(d.wait)
	defer end.Stop()
	for {
		if d.left() == 0 {
			return
		}
		select {
		case <-d.settled:
		case <-d.ctx.Done():
			return
		case <-end.C:
			return
		}
	}
}
