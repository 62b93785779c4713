package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tongket/internal/edition"
	"tongket/internal/warehouse"
	"tongket/templates"
)

// asking is what the command line says of a question.
type asking struct {
	format, out     string
	chart, x        string
	y               []string
	asOf, previous  string
	params          []string
	timeout         time.Duration
	rows            int64
	programme       *edition.Programme
	reader          *warehouse.Reader
	folder, sqlFile string // the file that the SQL came from; empty: none
	report, title   string // under which the answer is kept; empty: it is not
	found           *warehouse.Answer
	s               streams
}

// formats are the forms of an answer, by the endings of files.
var formats = map[string]string{"table": "", "csv": ".csv", "json": ".json", "ndjson": ".ndjson", "markdown": ".md", "xlsx": ".xlsx", "parquet": ".parquet", "html": ".html"}

func queryVerb(p *programme, s streams) *cobra.Command {
	a := &asking{s: s, rows: -1}
	c := &cobra.Command{
		Use:   "query QUESTION",
		Short: "Ask the warehouse: SQL, or a saved query by name",
		Long: "Ask the warehouse. QUESTION is one SELECT, the name of a saved query, a file that ends in .sql, or - for what comes in.\n" +
			"It reads the tables and queries of the programme and can change nothing; it ends when it takes too long or too much.\n" +
			"What was left out of the answer is always said, on the terminal beside it. To files, and in csv, json, ndjson and parquet,\n" +
			"all rows are written, however many.",
		Example: "  tongket query progress_total\n  tongket query unit_summary --param unit=SNV\n" +
			"  tongket query \"SELECT unit, sum(arranged_m) FROM progress GROUP BY ALL\" --chart bar\n  tongket query ask.sql --out answer.xlsx\n" +
			"  tongket query ask.sql --chart bar --save-report north --title \"The north\"",
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: queryNames(p),
		RunE: func(c *cobra.Command, args []string) (err error) {
			order, err := a.open(c.Context(), p)
			if err != nil {
				return err
			}
			reader, err := edition.Questions(c.Context(), order, a.programme)
			if err != nil {
				return err
			}
			a.reader = reader
			defer func() { err = errors.Join(err, reader.Close()) }()
			q, err := a.question(args[0])
			if err != nil {
				return err
			}
			if err := a.answer(c.Context(), q); err != nil || a.report == "" {
				return a.told(err)
			}
			return a.told(a.keepReport(c.Context(), order, q))
		},
	}
	c.Flags().StringVarP(&a.format, "format", "f", "", "how the answer is written, one `of` table, csv, json, ndjson, markdown, xlsx, parquet, html; by the ending of --out if not given")
	c.Flags().StringVarP(&a.out, "out", "o", "", "write the answer to a `file`, all of it or nothing")
	c.Flags().StringVar(&a.chart, "chart", "", "draw the answer, one `of` bar, line, area, scatter: bars on the terminal, a picture in html")
	c.Flags().StringVar(&a.x, "x", "", "the `column` of a chart's names; the first one that is no number if not given")
	c.Flags().StringSliceVar(&a.y, "y", nil, "the `columns` of a chart's numbers; the first one of numbers if not given")
	c.Flags().StringVar(&a.report, "save-report", "", "keep the question: write queries/`NAME`.sql and the page reports/NAME.md, which the next edition has")
	c.Flags().StringVar(&a.title, "title", "", "the `title` of the answer in markdown, xlsx and html, and of the page that --save-report writes")
	c.Flags().StringVar(&a.asOf, "as-of", "", "figures as they stood at the end of a `day`, 2022-01-31")
	c.Flags().StringVar(&a.previous, "previous", "", "`folder` of the edition that previous.<query> and restated compare with")
	c.Flags().StringArrayVar(&a.params, "param", nil, "a parameter of a saved query, `name=value`; of one that takes none, a column and the value that rows must have")
	c.Flags().DurationVar(&a.timeout, "timeout", warehouse.LongestTime, "the `time` after which the question ends")
	c.Flags().Int64Var(&a.rows, "rows", -1, "the most rows given back, 0 for all; 200 on the terminal and in markdown, 5000 in html, all elsewhere")
	return c
}

// open looks at the flags and the programme.
func (a *asking) open(ctx context.Context, p *programme) (edition.Order, error) {
	var none edition.Order
	if a.format == "" && a.out != "" {
		for name, ending := range formats {
			if ending != "" && strings.EqualFold(filepath.Ext(a.out), ending) {
				a.format = name
			}
		}
		if a.format == "" {
			return none, usage{fmt.Errorf("--out %s: the ending tells no format; end it in .csv, .json, .ndjson, .md, .xlsx, .parquet or .html, or give --format", a.out)}
		}
	}
	if a.format == "" {
		a.format = "table"
	}
	if _, known := formats[a.format]; !known {
		return none, usage{fmt.Errorf("--format %q: one of table, csv, json, ndjson, markdown, xlsx, parquet, html", a.format)}
	}
	if a.chart != "" && (a.format != "table" && a.format != "html" || !slices.Contains(drawable, a.chart)) {
		return none, usage{fmt.Errorf("--chart %s: one of %s, on the terminal or with --format html", a.chart, strings.Join(drawable, ", "))}
	}
	if a.report != "" && (a.asOf != "" || a.previous != "") {
		return none, usage{errors.New("--save-report keeps the question, not a day or an edition; leave --as-of and --previous away")}
	}
	if a.title != "" && a.report == "" && !slices.Contains([]string{"markdown", "xlsx", "html"}, a.format) {
		return none, usage{errors.New("--title is that of a page: give --save-report, or --format markdown, xlsx or html")}
	}
	if a.timeout <= 0 || a.rows < -1 {
		return none, usage{errors.New("--timeout takes more than 0, such as 30s or 10m; --rows 0 (all) or more")}
	}
	dir, err := p.folder()
	if err != nil {
		return none, err
	}
	a.folder = dir
	order := edition.Order{Programme: os.DirFS(dir), Templates: templates.Files, Warehouse: edition.Warehouse(dir), Previous: a.previous}
	if a.asOf != "" {
		if order.AsOf, err = time.Parse(time.DateOnly, a.asOf); err != nil {
			return none, usage{fmt.Errorf("--as-of %q: write a day such as 2022-01-31", a.asOf)}
		}
	}
	a.programme, err = edition.Open(order.Programme, order.Templates)
	return order, err
}

var single = regexp.MustCompile(`^[\pL\pN_.-]+$`)

// question takes what was given for a query's name, a file, or SQL.
func (a *asking) question(given string) (warehouse.Question, error) {
	q := warehouse.Question{Limits: a.limits(), Params: map[string]string{}}
	for _, pair := range a.params {
		name, value, found := strings.Cut(pair, "=")
		if !found || name == "" {
			return q, usage{fmt.Errorf("--param %q: write name=value", pair)}
		}
		q.Params[name] = value
	}
	const most = 1 << 20
	switch {
	case given == "-":
		text, err := io.ReadAll(io.LimitReader(a.s.in, most))
		if err != nil {
			return q, fmt.Errorf("question: %w", err)
		}
		q.Name, q.SQL = "SQL", strings.TrimPrefix(string(text), "\uFEFF")
	case strings.HasSuffix(given, ".sql") && !strings.ContainsAny(given, " \n"):
		if a.saved(given) {
			q.Query = queryName(given)
			break
		}
		f, err := os.Open(given)
		if errors.Is(err, fs.ErrNotExist) {
			return q, errors.New(a.programme.Locale.Say("ask.no_file", "file", clean(given)))
		}
		if err != nil {
			return q, fmt.Errorf("question: %w", err)
		}
		defer f.Close()
		text, err := io.ReadAll(io.LimitReader(f, most))
		if err != nil {
			return q, fmt.Errorf("question: %w", err)
		}
		a.sqlFile = given
		q.Name, q.SQL = clean(given), strings.TrimPrefix(string(text), "\uFEFF")
	case single.MatchString(given):
		q.Query = queryName(given)
	default:
		q.Name, q.SQL = "SQL", given
	}
	return q, nil
}

// saved reports whether a file is one of the programme's queries.
func (a *asking) saved(file string) bool {
	for _, path := range []string{file, filepath.Join(a.folder, file)} {
		rel, err := filepath.Rel(filepath.Join(a.folder, "queries"), path)
		if err == nil && filepath.Dir(rel) == "." && there(path) {
			return true
		}
	}
	return false
}

// limits are those of the format: what people read ends somewhere.
func (a *asking) limits() warehouse.Limits {
	l := warehouse.Limits{Time: a.timeout, Rows: max(a.rows, 0)}
	const terminal, page, sheet = 200, 5000, 1048000 // a sheet of a workbook has room for 2^20
	const room = 32767                               // letters in a cell of it
	if slices.Contains([]string{"table", "markdown", "html"}, a.format) {
		l.Bytes = 16 << 20 // they are held in memory, many times as large
	}
	switch a.format {
	case "table", "markdown":
		l.Cell = 80
		if a.rows < 0 {
			l.Rows = terminal
		}
	case "html":
		if a.rows < 0 {
			l.Rows = page
		}
	case "xlsx":
		l.Cell = room
		if l.Rows == 0 || l.Rows > sheet {
			l.Rows = sheet
		}
	}
	return l
}

// answer asks and writes what came of it.
func (a *asking) answer(ctx context.Context, q warehouse.Question) error {
	found, err := a.reader.Ask(ctx, q)
	if err != nil {
		return err
	}
	a.found = found
	if a.out == "" {
		if (a.format == "xlsx" || a.format == "parquet") && a.terminal() {
			return usage{fmt.Errorf("--format %s is nothing for a terminal: give a file with --out", a.format)}
		}
		return a.write(ctx, found, a.s.out)
	}
	return a.file(func(to io.Writer) error { return a.write(ctx, found, to) })
}

// file writes the answer to a file: all of it or nothing, and never over what
// the programme reads.
func (a *asking) file(write func(io.Writer) error) (err error) {
	if err := a.spare(); err != nil {
		return err
	}
	temp, err := os.CreateTemp(filepath.Dir(a.out), ".answer-*")
	if err != nil {
		return fmt.Errorf("answer: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, temp.Close(), os.Remove(temp.Name()))
		}
	}()
	if err := write(temp); err != nil {
		return err
	}
	if err := errors.Join(temp.Chmod(0o644), temp.Sync()); err != nil {
		return fmt.Errorf("answer: %w", err)
	}
	if err := temp.Close(); err != nil {
		return fmt.Errorf("answer: %w", err)
	}
	if err := os.Rename(temp.Name(), a.out); err != nil {
		return errors.Join(fmt.Errorf("answer: %w", err), os.Remove(temp.Name()))
	}
	return nil
}

// spare refuses a file that the programme reads.
func (a *asking) spare() error {
	l := a.programme.Locale
	refuse := func() error { return errors.New(l.Say("ask.out.input", "file", clean(a.out))) }
	if info, err := os.Stat(a.out); err == nil && !info.Mode().IsRegular() {
		return errors.New(l.Say("ask.out.no_file", "file", clean(a.out)))
	}
	folder, err := filepath.EvalSymlinks(filepath.Dir(a.out))
	if errors.Is(err, fs.ErrNotExist) {
		return errors.New(l.Say("ask.out.no_folder", "folder", clean(filepath.Dir(a.out))))
	}
	if err != nil {
		return fmt.Errorf("answer: %w", err)
	}
	own, err := filepath.EvalSymlinks(a.folder)
	if err != nil {
		return fmt.Errorf("answer: %w", err)
	}
	target, err1 := filepath.Abs(filepath.Join(folder, filepath.Base(a.out)))
	root, err2 := filepath.Abs(own)
	if err := errors.Join(err1, err2); err != nil {
		return fmt.Errorf("answer: %w", err)
	}
	for _, input := range []string{"data", "queries", "reports", "templates", ".tongket", "tongket.yaml"} {
		rel, err := filepath.Rel(filepath.Join(root, input), target)
		if err == nil && filepath.IsLocal(rel) {
			return refuse()
		}
	}
	if a.sqlFile == "" {
		return nil
	}
	one, err1 := os.Stat(a.sqlFile)
	other, err2 := os.Stat(a.out)
	if err1 == nil && err2 == nil && os.SameFile(one, other) {
		return refuse()
	}
	return nil
}

// told puts the end of a question into the programme's language.
func (a *asking) told(err error) error {
	l := a.programme.Locale
	var key string
	switch {
	case err == nil:
		return nil
	case errors.As(err, &usage{}):
		return err
	case errors.Is(err, warehouse.ErrStuck):
		key = "ask.stuck"
	case errors.Is(err, warehouse.ErrTime):
		key = "ask.time"
	case errors.Is(err, warehouse.ErrMemory):
		key = "ask.memory"
	default:
		return shown{err}
	}
	return errors.New(l.Say(key, "seconds", l.Number(a.timeout.Seconds(), 0)))
}

// shown is an error that is told with the text that it is in.
type shown struct{ error }

func (s shown) Error() string {
	var out []string
	for line := range strings.Lines(warehouse.Shown(s.error)) {
		out = append(out, clean(strings.TrimRight(line, "\n")))
	}
	return strings.Join(out, "\n")
}

func (s shown) Unwrap() error { return s.error }

// buffered keeps what is written until it is whole.
func buffered(to io.Writer, write func(io.Writer) error) error {
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return err
	}
	_, err := b.WriteTo(to)
	return err
}
