// Package mcp offers a programme's figures to other programs over the Model
// Context Protocol: its saved queries, its tables, questions in SQL, and the
// trail of each number to file and line. It is the only door to the protocol's
// library. Nothing can be changed through it.
package mcp

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"tongket/internal/edition"
	"tongket/internal/report"
	"tongket/internal/warehouse"
)

// Desk is where a programme's figures are asked for. The warehouse is open only
// while a question is answered, one after the other: others may load into it
// meanwhile, and an answer is of what has been loaded by then.
type Desk struct {
	Order     edition.Order
	Programme *edition.Programme
	Version   string
	Now       func() time.Time
	Timeout   time.Duration // of one question

	turn  chan struct{} // one thing at a time
	stuck atomic.Bool   // the engine does not stop; only the end of the process ends it
	known findings
}

// longest is how many bytes one message may have that comes in.
const longest = 1 << 20

// Serve answers what comes in, line by line, until its end. Nothing but
// answers goes out; what is worth a word otherwise goes to the log. After
// warehouse.ErrStuck the process has to end.
func (d *Desk) Serve(ctx context.Context, in io.Reader, out io.Writer, log *slog.Logger) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	l := d.Programme.Locale
	s := mcp.NewServer(
		&mcp.Implementation{Name: "tongket", Title: d.Programme.Title, Version: d.Version},
		&mcp.ServerOptions{Instructions: d.instructions(), Logger: log, Capabilities: &mcp.ServerCapabilities{}})
	d.turn = make(chan struct{}, 1)
	d.offer(s)
	through := newDrain(ctx, in, out, 2*d.Timeout)
	err := s.Run(ctx, &mcp.IOTransport{Reader: io.NopCloser(through), Writer: &answers{drain: through, desk: d, stop: stop}, MaxLineLength: longest})
	switch {
	case d.stuck.Load():
		return errors.New(l.Say("ask.stuck"))
	case errors.Is(err, context.Canceled) || errors.Is(err, io.EOF):
		return nil
	case err != nil:
		return fmt.Errorf("protocol: %w", err)
	}
	return nil
}

// answers end the service when the engine is stuck and everybody was told.
type answers struct {
	*drain
	desk *Desk
	stop func()
}

func (a *answers) Write(text []byte) (int, error) {
	n, err := a.drain.Write(text)
	if a.desk.stuck.Load() && a.left() == 0 {
		a.stop()
	}
	return n, err
}

func (a *answers) Close() error { return nil }

// instructions tell an assistant what it has before it.
func (d *Desk) instructions() string {
	l := d.Programme.Locale
	text := l.Say("mcp.instructions", "title", d.Programme.Title, "agency", d.Programme.Agency)
	if d.Programme.Notice != "" {
		text += "\n" + d.Programme.Notice
	}
	return text
}

// open opens the warehouse as it stands, or stood at the end of a day, for as
// long as something takes.
func (d *Desk) open(ctx context.Context, day string, do func(*warehouse.Reader) error) (err error) {
	order, err := d.asOf(day)
	if err != nil {
		return err
	}
	return d.inTurn(ctx, func() (err error) {
		r, err := edition.Questions(ctx, order, d.Programme)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, r.Close()) }()
		return do(r)
	})
}

// inTurn does one thing after the other.
func (d *Desk) inTurn(ctx context.Context, do func() error) error {
	select {
	case d.turn <- struct{}{}:
		defer func() { <-d.turn }()
	case <-ctx.Done():
		return ctx.Err()
	}
	if d.stuck.Load() {
		return warehouse.ErrStuck
	}
	err := do()
	if errors.Is(err, warehouse.ErrStuck) {
		d.stuck.Store(true)
	}
	return err
}

func (d *Desk) asOf(day string) (edition.Order, error) {
	order := d.Order
	if day == "" {
		return order, nil
	}
	var err error
	if order.AsOf, err = time.Parse(time.DateOnly, day); err != nil {
		return order, errors.New(d.Programme.Locale.Say("mcp.day", "day", day))
	}
	return order, nil
}

// told says in the programme's language what became of a question.
func (d *Desk) told(err error) error {
	l := d.Programme.Locale
	key := ""
	switch {
	case errors.Is(err, warehouse.ErrStuck):
		key = "ask.stuck"
	case errors.Is(err, warehouse.ErrTime), errors.Is(err, context.DeadlineExceeded):
		key = "mcp.time"
	case errors.Is(err, warehouse.ErrMemory):
		key = "ask.memory"
	default:
		return errors.New(printable(warehouse.Shown(err)))
	}
	return errors.New(l.Say(key, "seconds", l.Number(d.Timeout.Seconds(), 0)))
}

// sentence is a phrase with a number in it.
func sentence(l *report.Locale, key string, n int) string {
	return l.Say(key, "n", l.Number(float64(n), 0))
}
