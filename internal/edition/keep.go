package edition

import (
	"bytes"
	"context"
	"errors"

	"tongket/internal/report"
	"tongket/internal/warehouse"
)

// kept is the result of a query without parameters that lies as a file beside
// the pages.
type kept struct {
	name   string
	source report.Source
	types  []warehouse.KeptColumn
	rows   int
}

// write asks for the result and puts it into the edition. Its rows are not held
// any longer than that: those of all queries would fill the memory.
func (k *kept) write(ctx context.Context, reader *warehouse.Reader, f *folder) error {
	t, err1 := reader.Query(ctx, k.name, nil)
	types, err2 := reader.Types(ctx, k.name)
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	k.source, k.types, k.rows = t.Source, types, len(t.Rows)
	var text bytes.Buffer
	if err := t.WriteCSV(&text, t.All()); err != nil {
		return err
	}
	return f.put(tableFile(k.name), text.Bytes())
}

// tableFile is where the result of a query lies in an edition.
func tableFile(name string) string { return "data/" + name + ".csv" }
