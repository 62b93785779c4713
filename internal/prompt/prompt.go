// Package prompt reads what somebody types on a terminal, with a history and
// completion, and takes statements off it. It is the only door to the line
// editor.
package prompt

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/peterh/liner"
)

// ErrAborted: the line was given up with Ctrl-C.
var ErrAborted = errors.New("given up")

// Completer takes a line and the place of the cursor, in letters, and gives
// what stands before the word that is being written, what the word may become,
// and what stands behind it.
type Completer func(line string, at int) (head string, words []string, tail string)

// Editor edits lines on the terminal that the process has as its input and
// output.
type Editor struct {
	state   *liner.State
	history string
}

// Open takes the terminal. The history is a file that nobody else may read; an
// old one is read, as far as it can be.
func Open(history string, c Completer) *Editor {
	e := &Editor{state: liner.NewLiner(), history: history}
	e.state.SetCtrlCAborts(true)
	e.state.SetBeep(false)
	e.state.SetTabCompletionStyle(liner.TabPrints)
	e.state.SetWordCompleter(liner.WordCompleter(c))
	if text, err := os.ReadFile(history); err == nil && utf8.Valid(text) {
		// A line that is too long to be read ends the reading, no more.
		_, _ = e.state.ReadHistory(bytes.NewReader(text))
	}
	return e
}

// Line asks for one line: io.EOF at the end, ErrAborted after Ctrl-C.
func (e *Editor) Line(before string) (string, error) {
	line, err := e.state.Prompt(before)
	switch {
	case errors.Is(err, liner.ErrPromptAborted):
		return "", ErrAborted
	case errors.Is(err, io.EOF):
		return "", io.EOF
	case err != nil:
		return "", fmt.Errorf("terminal: %w", err)
	}
	return line, nil
}

// Remember adds to the history and writes it: a shell may end at any time.
// A statement becomes one line, unless that would change what it says.
func (e *Editor) Remember(text string) error {
	lines := strings.Split(text, "\n")
	if !strings.Contains(text, "--") && !slices.ContainsFunc(lines, unclosed) {
		lines = []string{strings.Join(lines, " ")}
	}
	for _, line := range lines {
		if line = strings.TrimSpace(line); line != "" {
			e.state.AppendHistory(line)
		}
	}
	return e.keep()
}

// unclosed reports whether something in quotes may go over the end of a line.
func unclosed(line string) bool {
	return strings.Count(line, "'")%2 != 0 || strings.Count(line, `"`)%2 != 0 || strings.Contains(line, "$")
}

// keep writes the history: all of it or nothing.
func (e *Editor) keep() (err error) {
	temp, err := os.CreateTemp(filepath.Dir(e.history), ".history-*") // which nobody else may read
	if err != nil {
		return fmt.Errorf("history: %w", err)
	}
	_, err = e.state.WriteHistory(temp)
	if err = errors.Join(err, temp.Close()); err == nil {
		err = os.Rename(temp.Name(), e.history)
	}
	if err != nil {
		return fmt.Errorf("history: %w", errors.Join(err, os.Remove(temp.Name())))
	}
	return nil
}

// Close gives the terminal back as it was.
func (e *Editor) Close() error {
	if err := e.state.Close(); err != nil {
		return fmt.Errorf("terminal: %w", err)
	}
	return nil
}
