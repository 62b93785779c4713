package warehouse

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/duckdb/duckdb-go/v2"

	"tongket/internal/contract"
)

// Health is what a look at a warehouse file shows. The look changes nothing.
type Health struct {
	Files    int64     // submissions, of every status
	Last     time.Time // UTC, when the latest of them came; zero: none did
	Outdated bool      // it was made for other tables or by an older program; load brings it up to date
}

// Examine opens a warehouse file to see whether it can be worked with.
func Examine(ctx context.Context, path string, c *contract.Contract) (h *Health, err error) {
	db, err := attach(ctx, path, "(READ_ONLY)")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	h = &Health{}
	err = sameContract(ctx, db, c, path)
	if errors.Is(err, errOutdated) {
		h.Outdated, err = true, nil
	}
	if err != nil {
		return nil, err
	}
	var last sql.NullTime
	if err := db.QueryRowContext(ctx, "SELECT count(*), max(received_at) FROM warehouse.submissions").Scan(&h.Files, &last); err != nil {
		return nil, fmt.Errorf("warehouse: %s: %w", path, err)
	}
	h.Last = last.Time
	return h, nil
}

// Engine is the version of the engine, which is tried on the way.
func Engine(ctx context.Context) (version string, err error) {
	connector, err := duckdb.NewConnector("", nil)
	if err != nil {
		return "", fmt.Errorf("engine: %w", err)
	}
	db := sql.OpenDB(connector)
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := db.QueryRowContext(ctx, "SELECT version()").Scan(&version); err != nil {
		return "", fmt.Errorf("engine: %w", err)
	}
	return version, nil
}
