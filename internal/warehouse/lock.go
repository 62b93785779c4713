package warehouse

import (
	"errors"
	"fmt"

	"tongket/internal/lock"
)

// acquire takes the lock beside a warehouse, or says who has it. Where the
// system has no such locks it is left to the engine, which locks its file
// itself.
func acquire(path string) (*lock.Lock, error) {
	l, err := lock.Acquire(path + ".lock")
	var held *lock.Held
	switch {
	case errors.As(err, &held):
		return nil, fmt.Errorf("warehouse: %s is in use by another tongket process%s; wait for it to end", path, held.Who())
	case err != nil:
		return nil, fmt.Errorf("warehouse: %w", err)
	}
	return l, nil
}
