package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
	"unicode"

	"github.com/spf13/cobra"

	"tongket/internal/edition"
	"tongket/internal/machine"
	"tongket/internal/prompt"
	"tongket/internal/warehouse"
)

func shellVerb(p *programme, s streams) *cobra.Command {
	sh := &session{asking: &asking{s: s, rows: -1}, params: map[string]string{}}
	c := &cobra.Command{
		Use:   "shell",
		Short: "Ask one question after the other, with history and completion",
		Long: "Ask one question after the other: SQL that ends in a semicolon, over as many lines as it takes, or the name of a saved query.\n" +
			"Tab completes tables, columns, queries and, in quotes, units; .help tells the commands; Ctrl-C ends the question, not the shell.\n" +
			"The warehouse is free between two questions, for others to load into. The history is kept in .tongket/history. Where the input\n" +
			"is no terminal the questions are read from it; the exit code is 1 if one could not be answered.",
		Example: "  tongket shell\n  tongket shell < questions.sql",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) (err error) {
			if sh.order, err = sh.open(c.Context(), p); err != nil {
				return err
			}
			if !sh.attended() {
				return sh.read(c.Context())
			}
			return sh.attend(c.Context())
		},
	}
	c.Flags().StringVarP(&sh.format, "format", "f", "", "how answers are written at first, one `of` table, csv, json, ndjson, markdown, html")
	c.Flags().StringVar(&sh.asOf, "as-of", "", "figures as they stood at the end of a `day`, 2022-01-31")
	c.Flags().StringVar(&sh.previous, "previous", "", "`folder` of the edition that previous.<query> and restated compare with")
	c.Flags().DurationVar(&sh.timeout, "timeout", warehouse.LongestTime, "the `time` after which a question ends")
	return c
}

// session is a shell at work.
type session struct {
	*asking
	order   edition.Order
	editor  *prompt.Editor // nil: nobody sits at a terminal
	pending string         // what was typed of a statement that goes on
	params  map[string]string
	timing  bool
	last    *warehouse.Answer // that can be saved; nil: none yet
	faults  int               // questions and commands that came to nothing
}

// errQuit ends a session.
var errQuit = errors.New("the session is over")

// attended reports whether somebody sits at a terminal.
func (sh *session) attended() bool {
	in, ok1 := sh.s.in.(*os.File)
	out, ok2 := sh.s.out.(*os.File)
	return ok1 && ok2 && machine.Columns(in) > 0 && machine.Columns(out) > 0
}

// read answers what comes in until its end.
func (sh *session) read(ctx context.Context) error {
	const longest = 1 << 20
	in := bufio.NewReader(sh.s.in)
	for first := true; ; first = false {
		line, err := in.ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("questions: %w", err)
		}
		if first {
			line = strings.TrimPrefix(line, "\uFEFF")
		}
		if len(sh.pending)+len(line) > longest {
			return errors.New(sh.say("shell.long"))
		}
		end := sh.take(ctx, line)
		if end == nil && err != nil { // the last statement needs no semicolon
			end = sh.take(ctx, "\n;")
		}
		switch {
		case end != nil && !errors.Is(end, errQuit):
			return end
		case ctx.Err() != nil:
			return ctx.Err()
		case end != nil || err != nil:
			if sh.faults > 0 {
				return fault{code: inputFault}
			}
			return nil
		}
	}
}

// attend answers somebody at a terminal. Ctrl-C ends what is being computed or
// typed; the request to end the process gives the terminal back first.
func (sh *session) attend(parent context.Context) (err error) {
	interrupts, quit := make(chan os.Signal, 1), make(chan os.Signal, 1)
	signal.Notify(interrupts, os.Interrupt)
	signal.Notify(quit, syscall.SIGTERM)
	defer signal.Stop(interrupts)
	defer signal.Stop(quit)
	// The first Ctrl-C ends the context that every verb works under.
	ctx, stop := context.WithCancel(context.WithoutCancel(parent))
	defer stop()
	words := sh.words(ctx)
	sh.editor = prompt.Open(filepath.Join(sh.folder, ".tongket", "history"), words.complete(func() string { return sh.pending }))
	defer func() { err = errors.Join(err, sh.editor.Close()) }()
	sh.hello()
	over := make(chan error, 1)
	go func() { over <- sh.talk(ctx, interrupts) }()
	select {
	case err := <-over:
		return err
	case <-quit:
		return nil
	}
}

// talk takes line after line until the end.
func (sh *session) talk(ctx context.Context, interrupts chan os.Signal) error {
	for {
		before := "tongket> "
		if sh.pending != "" {
			before = "    ...> "
		}
		line, err := sh.editor.Line(before)
		switch {
		case errors.Is(err, io.EOF):
			fmt.Fprintln(sh.s.out)
			return nil
		case errors.Is(err, prompt.ErrAborted):
			sh.pending = ""
			continue
		case err != nil:
			return err
		}
		select {
		case <-interrupts: // it came when nothing ran
		default:
		}
		err = sh.interruptible(ctx, interrupts, line)
		switch {
		case errors.Is(err, errQuit):
			return nil
		case err != nil:
			return err
		}
	}
}

// interruptible takes a line; an interrupt ends the work on it.
func (sh *session) interruptible(ctx context.Context, interrupts chan os.Signal, line string) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	done := make(chan struct{})
	defer close(done)
	go func() {
		select {
		case <-interrupts:
			stop()
		case <-done:
		}
	}()
	return sh.take(ctx, line+"\n")
}

// take takes a line: a command, or a part of a statement. What goes wrong with
// a question is told; an error ends the session.
func (sh *session) take(ctx context.Context, line string) error {
	if command := strings.TrimSpace(line); prompt.Blank(sh.pending) && strings.HasPrefix(command, ".") {
		sh.pending = ""
		sh.remember(command)
		return sh.tell(ctx, sh.command(ctx, strings.TrimRight(command, "; ")))
	}
	if leaving := strings.TrimRight(strings.TrimSpace(line), "; "); prompt.Blank(sh.pending) && (leaving == "exit" || leaving == "quit") {
		return errQuit
	} else if prompt.Blank(sh.pending) && leaving == "help" {
		return sh.print(sh.say("shell.help"))
	}
	if sh.astray(line) {
		return sh.tell(ctx, errors.New(sh.say("shell.pending", "line", clean(strings.TrimSpace(line)))))
	}
	sh.pending += line
	for {
		statement, rest, ended := prompt.Cut(sh.pending)
		if !ended {
			break
		}
		sh.pending = rest
		if prompt.Blank(statement) {
			continue
		}
		sh.remember(strings.TrimSpace(statement) + ";")
		if err := sh.tell(ctx, sh.ask(ctx, strings.TrimSpace(statement))); err != nil {
			return err
		}
		if ctx.Err() != nil {
			sh.pending = ""
		}
	}
	if prompt.Blank(sh.pending) {
		sh.pending = ""
	}
	return nil
}

// astray reports whether a line is a command to the shell, though a statement
// before it has not ended: no SQL looks like that.
func (sh *session) astray(line string) bool {
	name, _, _ := strings.Cut(strings.TrimRight(strings.TrimSpace(line), "; "), " ")
	_, quoted := prompt.Quoted(sh.pending)
	return !prompt.Blank(sh.pending) && !quoted && (sh.commands()[name] != nil || slices.Contains([]string{"exit", "quit", "help"}, strings.TrimSpace(line)))
}

func (sh *session) remember(text string) {
	if sh.editor == nil {
		return
	}
	if err := sh.editor.Remember(text); err != nil {
		fmt.Fprintln(sh.s.err, clean(err.Error()))
	}
}

// tell says what went wrong. Only what leaves no way to go on is returned.
func (sh *session) tell(ctx context.Context, err error) error {
	switch {
	case err == nil || errors.Is(err, errQuit):
		return err
	case errors.Is(err, warehouse.ErrStuck):
		return sh.told(err)
	case ctx.Err() != nil:
		fmt.Fprintln(sh.s.err, sh.say("shell.stopped"))
		return nil
	}
	sh.faults++
	fmt.Fprintln(sh.s.err, sh.told(err))
	return nil
}

// ask answers one question. The warehouse is open no longer than that takes:
// others may wait to load into it.
func (sh *session) ask(ctx context.Context, text string) (err error) {
	start := time.Now()
	reader, err := edition.Questions(ctx, sh.order, sh.programme)
	if err != nil {
		return err
	}
	sh.reader = reader
	defer func() { err = errors.Join(err, reader.Close()) }()
	found, err := reader.Ask(ctx, sh.asked(text))
	if err != nil {
		return err
	}
	if err := sh.paged(func(s streams) error { return sh.write(ctx, found, s.out) }); err != nil {
		return err
	}
	sh.last = found
	if sh.timing {
		fmt.Fprintln(sh.s.err, sh.say("shell.time", "seconds", sh.programme.Locale.Number(time.Since(start).Seconds(), 3)))
	}
	return nil
}

// fields are the words of a line; blanks between quotes part nothing.
func fields(text string) []string {
	var out []string
	var word strings.Builder
	quoted, begun := false, false
	for _, r := range text {
		if unicode.IsSpace(r) && !quoted {
			if begun {
				out = append(out, word.String())
			}
			word.Reset()
			begun = false
			continue
		}
		if r == '\'' {
			quoted = !quoted
		}
		word.WriteRune(r)
		begun = true
	}
	if begun {
		out = append(out, word.String())
	}
	return out
}

// asked takes a text for the name of a saved query, with parameters behind it,
// for that of a table, or for SQL.
func (sh *session) asked(text string) warehouse.Question {
	words := fields(text)
	named := single.MatchString(words[0]) && !slices.ContainsFunc(words[1:], func(w string) bool { return !strings.Contains(w, "=") })
	name := queryName(words[0])
	switch {
	case !named, len(words) > 1 && !there(filepath.Join(sh.folder, "queries", name+".sql")):
		return warehouse.Question{SQL: text, Name: "SQL", Limits: sh.limits()}
	case sh.programme.Contract.Resource(name) != nil:
		return warehouse.Question{SQL: "FROM " + name, Name: "SQL", Limits: sh.limits()}
	}
	q := warehouse.Question{Query: name, Params: map[string]string{}, Limits: sh.limits()}
	taken := map[string]bool{}
	saved, _, _ := warehouse.ReadQueries(sh.order.Programme) // one at fault says so when it is asked
	for _, s := range saved {
		for _, param := range s.Params {
			if value, known := sh.params[param.Name]; known && s.Name == name {
				q.Params[param.Name], taken[param.Name] = value, true
			}
		}
	}
	for _, param := range slices.Sorted(maps.Keys(sh.params)) {
		if !taken[param] && len(words) == 1 { // else a whole table is taken for the rows of one unit
			fmt.Fprintln(sh.s.err, clean(sh.say("shell.param.unused", "query", name, "name", param, "value", sh.params[param])))
		}
	}
	for _, pair := range words[1:] {
		name, value, _ := strings.Cut(pair, "=")
		q.Params[name] = strings.Trim(value, "'")
	}
	return q
}

func (sh *session) say(key string, pairs ...string) string {
	return sh.programme.Locale.Say(key, pairs...)
}

func (sh *session) hello() {
	fmt.Fprintln(sh.s.out, clean(sh.programme.Title))
	if sh.programme.Notice != "" {
		fmt.Fprintln(sh.s.out, clean(sh.programme.Notice))
	}
	fmt.Fprintln(sh.s.out, sh.say("shell.hello"))
}
