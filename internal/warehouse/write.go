package warehouse

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"tongket/internal/report"
)

// Form is how the engine itself writes an answer, however many rows it has,
// in little memory.
type Form string

// The forms. CSV is as report.Table.WriteCSV has it; JSON is one list of
// objects, NDJSON an object a line: numbers with all their digits, days and
// moments as ISO 8601 has them, null for no value.
const (
	CSV     Form = "csv"
	JSON    Form = "json"
	NDJSON  Form = "ndjson"
	Parquet Form = "parquet"
)

// Write has the engine write the answer. The limit of letters does not hold
// here; beyond that of bytes it is an error. The limit of memory is the
// engine's alone, for nothing is kept.
func (a *Answer) Write(ctx context.Context, to io.Writer, form Form) (err error) {
	if a.reader.outbox == "" {
		return errors.New("warehouse: no room was given for answers to questions")
	}
	pipe, err := openPipe(filepath.Join(a.reader.outbox, "answer"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, pipe.remove()) }()
	if form == CSV {
		if err := a.head(to); err != nil {
			return err
		}
	}
	limited, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	drained := make(chan error, 1)
	begin := func() {
		go func() {
			err := a.drain(pipe.out, to)
			if err != nil {
				cancel(err)
			}
			// The engine must never write to a pipe that nobody reads.
			_, rest := io.Copy(io.Discard, pipe.out)
			drained <- errors.Join(err, rest)
		}()
	}
	if pipe.streams {
		begin()
	}
	err = a.reader.watched(limited, a.limits, func(ctx context.Context) error {
		result, err := a.reader.asking.ExecContext(ctx, a.copyTo(pipe.path, form))
		if err != nil {
			return a.reader.explain(ctx, a.asked, nil, err)
		}
		a.Rows, err = result.RowsAffected()
		return err
	})
	if errors.Is(err, ErrStuck) {
		return err
	}
	if errors.Is(err, context.Canceled) && limited.Err() != nil {
		err = context.Cause(limited)
	}
	if err := errors.Join(err, pipe.written()); err != nil {
		if pipe.streams {
			if late := <-drained; errors.Is(late, ErrStuck) { // else the engine's fault is the one to tell
				return late
			}
		}
		return err
	}
	if !pipe.streams {
		begin()
	}
	if err := <-drained; err != nil {
		return err
	}
	if a.limits.Rows > 0 && a.Rows == a.limits.Rows {
		a.count(ctx)
		a.Cut.More = a.Cut.Total > a.Rows
	}
	return nil
}

// drain passes on what the engine writes.
func (a *Answer) drain(from io.Reader, to io.Writer) error {
	if a.limits.Bytes > 0 {
		from = io.LimitReader(from, a.limits.Bytes+1)
	}
	n, err := io.CopyBuffer(struct{ io.Writer }{to}, struct{ io.Reader }{from}, make([]byte, 256<<10))
	if err == nil && a.limits.Bytes > 0 && n > a.limits.Bytes {
		a.Cut.Bytes = true
		return errors.New(a.reader.locale.Say("ask.large", "n", a.reader.locale.Number(float64(a.limits.Bytes)/1e6, 0)))
	}
	return err
}

// head writes the first line of a CSV.
func (a *Answer) head(to io.Writer) error {
	t := report.Table{Columns: slices.Clone(a.Columns)}
	for i, c := range t.Columns {
		t.Columns[i].Name = strings.Map(func(r rune) rune {
			if unicode.IsControl(r) {
				return ' '
			}
			return r
		}, c.Name)
	}
	b := bufio.NewWriter(to)
	return errors.Join(t.WriteCSV(b, t.All()), b.Flush())
}

func (a *Answer) copyTo(path string, form Form) string {
	names := a.unique()
	var values []string
	for i, kind := range a.Types {
		values = append(values, form.value(kind, cell(i))+" AS "+ident(names[i]))
	}
	options := map[Form]string{
		CSV:     "FORMAT csv, HEADER false, DELIMITER ',', QUOTE '\"', ESCAPE '\"', NULLSTR ''",
		JSON:    "FORMAT json, ARRAY true",
		NDJSON:  "FORMAT json",
		Parquet: "FORMAT parquet, COMPRESSION zstd",
	}[form]
	text := "SELECT " + strings.Join(values, ", ") + " FROM " + a.numbered()
	if a.limits.Rows > 0 {
		text += fmt.Sprintf(" LIMIT %d", a.limits.Rows)
	}
	return fmt.Sprintf("COPY (%s) TO %s (%s, USE_TMP_FILE false)", text, lit(path), options)
}

// unique are the columns' names, each once.
func (a *Answer) unique() []string {
	var out []string
	for _, c := range a.Columns {
		name := c.Name
		for n := 2; slices.ContainsFunc(out, func(o string) bool { return strings.EqualFold(o, name) }); n++ {
			name = fmt.Sprintf("%s_%d", c.Name, n)
		}
		out = append(out, name)
	}
	return out
}

// value is a column as a form writes it.
func (f Form) value(kind, column string) string {
	switch base(kind) {
	case "FLOAT", "DOUBLE":
		if f == CSV { // 100, not 100.0
			return fmt.Sprintf("CASE WHEN %[1]s = trunc(%[1]s) AND abs(%[1]s) < 1e15 THEN CAST(CAST(%[1]s AS BIGINT) AS VARCHAR) WHEN isfinite(%[1]s) THEN CAST(%[1]s AS VARCHAR) END", column)
		}
		return fmt.Sprintf("CASE WHEN isfinite(%[1]s) THEN %[1]s END", column)
	case "VARCHAR", "ENUM":
		return f.text(column)
	case "LIST", "STRUCT", "MAP", "ARRAY", "UNION":
		if f == CSV {
			return f.text(fmt.Sprintf("CAST(%s AS VARCHAR)", column))
		}
		return column
	}
	switch {
	case f == Parquet:
		return column
	case slices.Contains(simple, base(kind)):
		return column
	}
	return f.text(valueOf(kind, column))
}

// text is a text without control characters; in a CSV no spreadsheet takes it
// for a formula. Most texts begin with a letter or a digit, which is seen at
// once. In step with report.Table.WriteCSV.
func (f Form) text(column string) string {
	clean := fmt.Sprintf(`CASE WHEN regexp_matches(%[1]s, '%[2]s') THEN regexp_replace(%[1]s, '%[2]s', ' ', 'g') ELSE %[1]s END`, column, obeyed)
	if f != CSV {
		return clean
	}
	return fmt.Sprintf(`CASE WHEN %[1]s >= '.' AND %[1]s < '=' OR %[1]s >= 'A' AND %[1]s < chr(127) OR %[1]s >= chr(161) AND %[1]s < chr(65280) THEN %[2]s
		WHEN regexp_matches(%[1]s, '^[\x00-\x08\x0a-\x0c\x0e-\x20\x7f-\x{a0}]*[=+\-@\t\r\x{ff1d}\x{ff0b}\x{ff0d}\x{ff20}]') THEN '''' || %[2]s ELSE %[2]s END`, column, clean)
}

// obeyed are the control characters that become blanks: a terminal obeys them.
const obeyed = `[\x00-\x08\x0b-\x1f\x7f-\x{9f}]`

// pipe is what the engine writes to and the program reads from.
type pipe struct {
	path    string
	out     *os.File
	keeper  *os.File // holds the other end of a named pipe open until the engine has written
	streams bool     // both go on at once; else a file lies in between
}

// written tells the reader that no more will come.
func (p *pipe) written() error {
	if p.keeper != nil {
		return p.keeper.Close()
	}
	f, err := os.Open(p.path)
	if err != nil {
		return fmt.Errorf("answer: %w", err)
	}
	p.out = f
	return nil
}

func (p *pipe) remove() error {
	var errs []error
	if p.out != nil {
		errs = append(errs, p.out.Close())
	}
	return errors.Join(append(errs, os.Remove(p.path))...)
}

// filePipe is a file in between.
func filePipe(path string) (*pipe, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("answer: %w", err)
	}
	return &pipe{path: path}, f.Close()
}
