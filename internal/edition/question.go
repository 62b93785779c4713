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
// queries are known by name, and computed when a question reads them. A query
// whose file is at fault is not there; what is wrong comes as the second error,
// which stands in the way of nobody who does not ask for it.
func Questions(ctx context.Context, o Order, p *Programme) (reader *warehouse.Reader, faults, err error) {
	queries, _, faults := warehouse.ReadQueries(o.Programme)
	before, err := previous(o.Previous)
	if err != nil {
		return nil, nil, err
	}
	reader, err = warehouse.OpenReader(ctx, warehouse.Asked{Path: o.Warehouse, Contract: p.Contract, Vars: p.Vars, Locale: p.Locale, AsOf: o.AsOf, Previous: before,
		Room: warehouse.Room{Memory: askMemory, Spill: askSpill}})
	if err != nil {
		return nil, nil, errors.Join(err, faults)
	}
	reader.Know(queries)
	return reader, faults, nil
}
