package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"tongket/internal/contract"
	"tongket/internal/edition"
	"tongket/internal/lock"
	"tongket/internal/machine"
	"tongket/internal/warehouse"
)

// outcome is the summary of one run: for people, for --json, for the log and
// for the hooks.
type outcome struct {
	Started  time.Time         `json:"started"`
	Ended    time.Time         `json:"ended"`
	Result   string            `json:"result"` // published, unchanged, built, kept (dist/ is as new), withheld (the same was taken back), refused, stopped or failed
	Edition  string            `json:"edition,omitempty"`
	Folder   string            `json:"folder,omitempty"`
	Files    int               `json:"files"`   // taken in
	Known    int               `json:"known"`   // taken in before
	Refused  []string          `json:"refused"` // files that could not be read
	Waiting  []string          `json:"waiting"` // files that were still being written
	Accepted int64             `json:"rows_accepted"`
	Rejected int64             `json:"rows_rejected"`
	Warned   int64             `json:"rows_warned"`
	Findings []edition.Finding `json:"findings"`
	Error    string            `json:"error,omitempty"`
	Busy     bool              `json:"busy,omitempty"` // another job was at work: nothing was done
	Hook     string            `json:"hook,omitempty"` // what went wrong with the hook
	Unkept   string            `json:"-"`              // why the log does not tell of it
}

// fail notes what went wrong; prog is nil when that is the programme itself.
func (o *outcome) fail(err error, prog *edition.Programme) {
	var held *lock.Held
	o.Result, o.Busy = "failed", errors.As(err, &held)
	if errors.Is(err, context.Canceled) {
		return // asked for
	}
	o.Error = err.Error()
	if prog != nil {
		o.Error = strings.TrimSpace(o.Error + "\n" + advice(err, prog.Locale))
	}
}

// complete reports whether a run came to an end of its own, be it a bad one.
func (o *outcome) complete() bool { return o.Result != "stopped" && !o.Busy }

func (o *outcome) count(receipts []*warehouse.Receipt) {
	for _, r := range receipts {
		switch r.Status {
		case warehouse.Known:
			o.Known++
		case warehouse.Refused:
			o.Refused = append(o.Refused, r.File)
		default:
			o.Files++
		}
		o.Accepted, o.Rejected, o.Warned = o.Accepted+r.Accepted, o.Rejected+r.Rejected, o.Warned+r.Warned
	}
}

// code is the exit code that a run deserves. What went well and could not be
// told to everybody is not all well.
func (o *outcome) code() int {
	switch {
	case o.Result == "refused":
		return gateClosed
	case o.Result == "failed", o.Hook != "", o.Unkept != "":
		return inputFault
	}
	return done
}

// fresh is how young a file is that may still be on its way into the folder.
const fresh = 10 * time.Second

// settled parts the files that lie still from those that are being written:
// a young one is looked at twice, a moment apart.
func settled(ctx context.Context, deliveries []warehouse.Delivery, now time.Time) (still []warehouse.Delivery, waiting []string, err error) {
	young := map[string]fs.FileInfo{}
	for _, d := range deliveries {
		if info, err := os.Stat(d.Path); err == nil && now.Sub(info.ModTime()) < fresh {
			young[d.Path] = info
		}
	}
	if len(young) > 0 {
		select {
		case <-time.After(time.Second):
		case <-ctx.Done():
			return nil, nil, ctx.Err()
		}
	}
	for _, d := range deliveries {
		before := young[d.Path]
		if before != nil {
			info, err := os.Stat(d.Path)
			if err != nil || info.Size() != before.Size() || !info.ModTime().Equal(before.ModTime()) {
				waiting = append(waiting, d.Name)
				continue
			}
		}
		still = append(still, d)
	}
	return still, waiting, nil
}

// journal is where the summaries of a programme's runs are kept, one a line.
func journal(dir string) string { return filepath.Join(dir, ".tongket", "run.log") }

// longest is the size from which a log is put aside and begun anew.
const longest = 1 << 20

func (o *outcome) log(path string) error {
	text, err := json.Marshal(o)
	if err != nil {
		return fmt.Errorf("log: %w", err)
	}
	if info, err := os.Stat(path); err == nil && info.Size() > longest {
		if err := os.Rename(path, path+".1"); err != nil {
			return fmt.Errorf("log: %w", err)
		}
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("log: %w", err)
	}
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return fmt.Errorf("log: %w", err)
	}
	// A run that was killed may have left half a line.
	last := make([]byte, 1)
	if end, err := f.Seek(0, io.SeekEnd); err == nil && end > 0 {
		if _, err := f.ReadAt(last, end-1); err == nil && last[0] != '\n' {
			text = append([]byte{'\n'}, text...)
		}
	}
	_, err = f.Write(append(text, '\n'))
	if err = errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("log: %w", err)
	}
	return nil
}

// lastRun returns the latest summary of a log that is of some kind; nil when
// there is none.
func lastRun(path string, kind func(*outcome) bool) *outcome {
	for _, name := range []string{path, path + ".1"} {
		text, err := os.ReadFile(name)
		if err != nil {
			continue
		}
		lines := bytes.Split(bytes.TrimSpace(text), []byte("\n"))
		for i := len(lines) - 1; i >= 0; i-- {
			var o outcome
			if json.Unmarshal(lines[i], &o) == nil && !o.Started.IsZero() && kind(&o) {
				return &o
			}
		}
	}
	return nil
}

// patience is how long a hook may take, and grace how long once the run was
// asked to stop: what came of it is still to be told.
const (
	patience = 10 * time.Minute
	grace    = 10 * time.Second
)

// hook runs a command of the programme with the summary on its input.
func (o *outcome) hook(ctx context.Context, dir string, hooks contract.Hooks, s streams) error {
	command := hooks.Success
	if o.code() != done {
		command = hooks.Failure
	}
	if command == "" {
		return nil
	}
	text, err := json.Marshal(o)
	if err != nil {
		return fmt.Errorf("hook: %w", err)
	}
	asked := ctx
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	defer context.AfterFunc(asked, func() { time.AfterFunc(grace, cancel) })()
	shell := []string{"sh", "-c", command}
	if runtime.GOOS == "windows" {
		shell = []string{"cmd", "/C", command}
	}
	c := exec.CommandContext(ctx, shell[0], shell[1:]...)
	c.Dir, c.Stdin, c.Stdout, c.Stderr = dir, bytes.NewReader(append(text, '\n')), s.err, s.err
	machine.EndsWhole(c)
	c.WaitDelay = time.Second // what the command left behind may hold the streams
	if err := c.Run(); err != nil {
		return fmt.Errorf("hook %q: %w", command, err)
	}
	return nil
}
