package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"

	"tongket/internal/edition"
	"tongket/internal/warehouse"
)

// commands are what a session takes besides questions; each gets what stands
// behind its name.
func (sh *session) commands() map[string]func(ctx context.Context, rest string) error {
	return map[string]func(context.Context, string) error{
		".help":     func(context.Context, string) error { return sh.print(sh.say("shell.help")) },
		".tables":   sh.tables,
		".queries":  sh.queries,
		".describe": sh.describe,
		".save":     sh.save,
		".chart":    sh.setChart,
		".format":   sh.setFormat,
		".rows":     sh.setRows,
		".timing":   sh.setTiming,
		".param":    sh.setParam,
		".quit":     func(context.Context, string) error { return errQuit },
		".exit":     func(context.Context, string) error { return errQuit },
	}
}

func commandNames() iter.Seq[string] { return maps.Keys((&session{}).commands()) }

func (sh *session) command(ctx context.Context, line string) error {
	name, rest, _ := strings.Cut(line, " ")
	do := sh.commands()[name]
	if do == nil {
		return errors.New(sh.say("shell.no_command", "name", clean(name)))
	}
	return do(ctx, strings.TrimSpace(rest))
}

func (sh *session) print(text string) error {
	_, err := fmt.Fprintln(sh.s.out, text)
	return err
}

// with opens the warehouse for as long as something takes.
func (sh *session) with(ctx context.Context, do func(*warehouse.Reader) error) (err error) {
	reader, err := edition.Questions(ctx, sh.order, sh.programme)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, reader.Close()) }()
	return do(reader)
}

// paged are the streams of a session whose output stops at the end of a
// screen.
func (sh *session) paged(write func(streams) error) error {
	p := &pager{to: sh.s.out}
	if sh.editor != nil {
		p.attend(sh)
	}
	s := sh.s
	s.out = p
	err := write(s)
	if errors.Is(err, errEnough) {
		return nil
	}
	return errors.Join(err, p.flush())
}

func (sh *session) tables(ctx context.Context, _ string) error {
	return sh.with(ctx, func(r *warehouse.Reader) error {
		list, err := r.Tables(ctx)
		if err != nil {
			return err
		}
		return sh.paged(func(s streams) error { return printTables(s, list, sh.programme.Locale) })
	})
}

func (sh *session) queries(ctx context.Context, _ string) error {
	return sh.with(ctx, func(r *warehouse.Reader) error {
		list, faults := r.Saved(ctx)
		return errors.Join(faults, sh.paged(func(s streams) error { return printSaved(s, list, sh.programme.Locale) }))
	})
}

func (sh *session) describe(ctx context.Context, name string) error {
	if name == "" {
		return sh.tables(ctx, "")
	}
	return sh.with(ctx, func(r *warehouse.Reader) error {
		one, err := r.Describe(ctx, name)
		if err != nil {
			return err
		}
		return sh.paged(func(s streams) error { return printColumns(s, one, sh.programme.Locale) })
	})
}

// save keeps the SQL that was answered last as a query of the programme.
func (sh *session) save(ctx context.Context, rest string) error {
	name, title, _ := strings.Cut(rest, " ")
	if sh.last == nil || sh.last.SQL() == "" {
		return errors.New(sh.say("shell.nothing"))
	}
	k := keepsake{name: name, title: strings.TrimSpace(title), answer: sh.last}
	if err := sh.keep(ctx, sh.order, k); err != nil {
		return err
	}
	return sh.print(sh.say("ask.saved", "file", k.queryFile(), "name", k.name))
}

func (sh *session) setChart(_ context.Context, kind string) error {
	switch {
	case kind == "off":
		sh.chart = ""
	case kind == "":
		sh.chart = drawable[0]
	case slices.Contains(drawable, kind):
		sh.chart = kind
	default:
		return errors.New(sh.say("shell.one_of", "list", strings.Join(append(slices.Clone(drawable), "off"), ", ")))
	}
	if sh.chart != "" && sh.format != "html" {
		sh.format = "table"
	}
	return nil
}

func (sh *session) setFormat(_ context.Context, form string) error {
	if _, known := formats[form]; !known || form == "xlsx" || form == "parquet" {
		return errors.New(sh.say("shell.one_of", "list", "table, csv, json, ndjson, markdown, html"))
	}
	sh.format = form
	if form != "table" && form != "html" {
		sh.chart = ""
	}
	return nil
}

func (sh *session) setRows(_ context.Context, text string) error {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 {
		return errors.New(sh.say("shell.rows"))
	}
	sh.rows = n
	return nil
}

func (sh *session) setTiming(_ context.Context, text string) error {
	switch text {
	case "on", "":
		sh.timing = true
	case "off":
		sh.timing = false
	default:
		return errors.New(sh.say("shell.one_of", "list", "on, off"))
	}
	return nil
}

// setParam sets a parameter for the saved queries that follow, takes one away
// (name=), or tells which are set.
func (sh *session) setParam(_ context.Context, pair string) error {
	name, value, found := strings.Cut(pair, "=")
	name, value = strings.TrimSpace(name), strings.TrimSpace(value)
	switch {
	case pair == "":
		for _, name := range slices.Sorted(maps.Keys(sh.params)) {
			if err := sh.print(clean(name + "=" + sh.params[name])); err != nil {
				return err
			}
		}
	case !found || name == "":
		return errors.New(sh.say("shell.param"))
	case value == "":
		delete(sh.params, name)
	default:
		sh.params[name] = value
	}
	return nil
}
