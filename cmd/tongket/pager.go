package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"strings"

	"tongket/internal/machine"
	"tongket/internal/report"
)

// errEnough ends an answer of which somebody has seen enough.
var errEnough = errors.New("enough was seen")

// pager writes to a terminal and stops when it is full, until somebody wants
// to see more.
type pager struct {
	to         io.Writer
	more       func() error // nil: nobody is asked
	high, wide int
	lines      int // since somebody was asked
	rest       []byte
}

// attend has a pager ask at the terminal of a session.
func (p *pager) attend(sh *session) {
	screen, ok := sh.s.out.(*os.File)
	if !ok {
		return
	}
	p.high, p.wide = machine.Lines(screen), sh.width()
	p.more = func() error {
		typed, err := sh.editor.Line(sh.say("shell.more"))
		if err != nil || strings.TrimSpace(typed) != "" {
			return errEnough
		}
		return nil
	}
}

func (p *pager) Write(text []byte) (int, error) {
	const least = 5 // lines: less is no screen
	if p.more == nil || p.high < least {
		return p.to.Write(text)
	}
	p.rest = append(p.rest, text...)
	for {
		end := bytes.IndexByte(p.rest, '\n')
		if end < 0 {
			return len(text), nil
		}
		line := p.rest[:end+1]
		high := 1 + max(report.Width(string(line))-1, 0)/max(p.wide, 1)
		if p.lines > 0 && p.lines+high > p.high-1 {
			if err := p.more(); err != nil {
				return 0, err
			}
			p.lines = 0
		}
		if _, err := p.to.Write(line); err != nil {
			return 0, err
		}
		p.lines += high
		p.rest = p.rest[end+1:]
	}
}

// flush writes what no line end came after.
func (p *pager) flush() error {
	_, err := p.to.Write(p.rest)
	p.rest = nil
	return err
}
