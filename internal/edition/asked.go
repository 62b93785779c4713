package edition

import (
	"context"
	"errors"

	"tongket/internal/warehouse"
)

// The room that the engine has for questions: an old server has little.
const (
	askMemory = 1 << 30
	askSpill  = 4 << 30
)

// Questions opens the warehouse of a programme for questions. The programme's
// queries are known by name, and computed when a question reads them.
func Questions(ctx context.Context, o Order, p *Programme) (*warehouse.Reader, error) {
	before, err := previous(o.Previous)
	if err != nil {
		return nil, err
	}
	reader, err := warehouse.OpenReader(ctx, warehouse.Asked{Path: o.Warehouse, Contract: p.Contract, Vars: p.Vars, Locale: p.Locale, AsOf: o.AsOf, Previous: before,
		Room: warehouse.Room{Memory: askMemory, Spill: askSpill}})
	if err != nil {
		return nil, err
	}
	if err := reader.Know(o.Programme); err != nil {
		return nil, errors.Join(err, reader.Close())
	}
	return reader, nil
}
