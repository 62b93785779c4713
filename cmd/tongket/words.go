package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"tongket/internal/edition"
	"tongket/internal/prompt"
	"tongket/internal/register"
	"tongket/internal/warehouse"
)

// words are what can be completed.
type words struct {
	commands, names []string // of tables, queries and columns
	values          []string // codes and names of units, or of what else other files call by name
}

// words gathers what can be completed. What cannot be had is left out: it is
// no reason not to ask.
func (sh *session) words(ctx context.Context) words {
	w := words{commands: slices.Sorted(commandNames())}
	for _, res := range sh.programme.Contract.Resources {
		w.names = append(w.names, res.Name)
		for _, f := range res.Fields {
			w.names = append(w.names, f.Name)
		}
	}
	saved, _, _ := warehouse.ReadQueries(sh.order.Programme)
	for _, q := range saved {
		w.names = append(w.names, q.Name)
		for _, c := range q.Columns {
			w.names = append(w.names, c.Name)
		}
	}
	reader, err := edition.Questions(ctx, sh.order, sh.programme)
	if err != nil {
		return w.sorted()
	}
	defer reader.Close()
	w.names = append(w.names, reader.Offered()...)
	for _, res := range sh.programme.Contract.Resources {
		if len(res.Names) == 0 || len(res.PrimaryKey) == 0 {
			continue
		}
		for _, column := range append([]string{res.PrimaryKey[0]}, res.Names...) {
			if column == "aliases" {
				continue
			}
			q := warehouse.Question{SQL: fmt.Sprintf("SELECT DISTINCT CAST(%q AS VARCHAR) FROM %q WHERE %[1]q IS NOT NULL", column, res.Name), Limits: warehouse.Limits{Rows: 5000}}
			if found, err := reader.Ask(ctx, q); err == nil {
				for row, err := range found.All(ctx) {
					if text, ok := value(row, err); ok {
						w.values = append(w.values, text)
					}
				}
			}
		}
	}
	return w.sorted()
}

// value is the only cell of a row.
func value(row []any, err error) (string, bool) {
	if err != nil || len(row) != 1 {
		return "", false
	}
	text, ok := row[0].(string)
	return clean(text), ok && text != ""
}

func (w words) sorted() words {
	for _, list := range []*[]string{&w.names, &w.values} {
		slices.SortFunc(*list, func(a, b string) int {
			return cmp.Or(cmp.Compare(register.Plain(register.Fold(a)), register.Plain(register.Fold(b))), cmp.Compare(a, b))
		})
		*list = slices.Compact(*list)
	}
	return w
}

// complete completes names and, in quotes, values, which may be written
// without accents. before is what was typed on the lines before.
func (w words) complete(before func() string) prompt.Completer {
	return func(line string, at int) (head string, list []string, tail string) {
		letters := []rune(line)
		head, tail = string(letters[:at]), string(letters[at:])
		if inside, open := prompt.Quoted(before() + head); open {
			typed := key(inside)
			for _, v := range w.values {
				if strings.HasPrefix(key(v), typed) {
					list = append(list, strings.ReplaceAll(v, "'", "''")+"'")
				}
			}
			return strings.TrimSuffix(head, inside), list, strings.TrimPrefix(tail, "'")
		}
		begin := at
		for begin > 0 && (letters[begin-1] == '_' || unicode.IsLetter(letters[begin-1]) || unicode.IsDigit(letters[begin-1])) {
			begin--
		}
		from := w.names
		if begin == 1 && letters[0] == '.' && before() == "" {
			from, begin = w.commands, 0
		}
		typed := strings.ToLower(string(letters[begin:at]))
		if typed == "" {
			return head, nil, tail
		}
		for _, name := range from {
			if strings.HasPrefix(name, typed) {
				list = append(list, name)
			}
		}
		return string(letters[:begin]), list, tail
	}
}

// key makes values equal however they are typed.
func key(text string) string { return register.Plain(register.Fold(text)) }
