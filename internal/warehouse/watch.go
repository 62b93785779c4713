package warehouse

import (
	"context"
	"errors"
	"time"
)

// The ends of a question that took too much. Whoever asked tells them in the
// programme's language: ask.time, ask.memory, ask.stuck.
var (
	ErrTime   = errors.New("the question took longer than its limit")
	ErrMemory = errors.New("the question needed more memory than its limit")
	// ErrStuck: the engine did not give up when it was told to. It goes on
	// until the process ends, which is what has to be done.
	ErrStuck = errors.New("the question took more than its limit, and the engine does not stop")
)

// patience is how long the engine has to give up.
const patience = 3 * time.Second

// watched does work of the engine within limits. The engine looks at its own
// clock and memory only between two pieces of work, and one piece can be a
// gigabyte: so somebody else looks as well.
func (r *Reader) watched(ctx context.Context, l Limits, work func(context.Context) error) error {
	select {
	case r.turn <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	default:
		select {
		case r.turn <- struct{}{}:
		case <-time.After(l.Time): // another question, or one that is stuck
			return ErrStuck
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	limited, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	clock := time.AfterFunc(l.Time, func() { stop(ErrTime) })
	defer clock.Stop()
	done := make(chan error, 1)
	go func() {
		err := work(limited)
		<-r.turn
		done <- err
	}()
	before := resident()
	const look = 20 * time.Millisecond
	var given time.Time // when the engine was told to give up
	for {
		select {
		case err := <-done:
			if err != nil && limited.Err() != nil {
				return context.Cause(limited)
			}
			return err
		case <-time.After(look):
		}
		grown := resident() - before
		if l.Memory > 0 && grown > l.Memory {
			stop(ErrMemory)
		}
		switch {
		case limited.Err() == nil:
		case given.IsZero():
			given = time.Now()
		case time.Since(given) > patience, l.Memory > 0 && grown > l.Memory+l.Memory/2:
			return errors.Join(ErrStuck, context.Cause(limited))
		}
	}
}
