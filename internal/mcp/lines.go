package mcp

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// lines lets messages through, one a line. What is none is answered with an
// error: the protocol's library would end the service over it.
type lines struct {
	in     *bufio.Reader
	refuse func(code int, why string)

	rest []byte // of a line that has been let through
	err  error
}

// The codes of JSON-RPC 2.0, section 5.1.
const (
	noJSON    = -32700
	noRequest = -32600
)

func newLines(in io.Reader, refuse func(code int, why string)) *lines {
	return &lines{in: bufio.NewReader(in), refuse: refuse}
}

func (l *lines) Read(to []byte) (int, error) {
	for len(l.rest) == 0 {
		if l.err != nil {
			return 0, l.err
		}
		var line []byte
		line, l.err = l.line()
		if code, why := wrong(line); code != 0 {
			l.refuse(code, why)
		} else if len(line) > 0 {
			l.rest = append(line, '\n')
		}
	}
	n := copy(to, l.rest)
	l.rest = l.rest[n:]
	return n, nil
}

// line reads one line, and of one that is too long a byte more than may be.
func (l *lines) line() ([]byte, error) {
	var line []byte
	for {
		part, err := l.in.ReadSlice('\n')
		line = append(line, part[:min(len(part), longest+1-len(line))]...)
		if !errors.Is(err, bufio.ErrBufferFull) {
			return bytes.TrimSpace(line), err
		}
	}
}

// wrong says what keeps a line from being a message; 0 if nothing does.
func wrong(line []byte) (code int, why string) {
	var m struct {
		Version string `json:"jsonrpc"`
		ID      any
		Method  string
		Result  json.RawMessage
		Error   json.RawMessage
	}
	switch {
	case len(line) == 0:
		return 0, ""
	case len(line) > longest:
		return noRequest, fmt.Sprintf("a message has at most %d bytes", longest)
	case !json.Valid(line):
		return noJSON, "a message is a JSON object on one line"
	case line[0] != '{' || json.Unmarshal(line, &m) != nil || m.Version != "2.0" || m.Method == "" && m.Result == nil && m.Error == nil:
		return noRequest, "a message is one JSON-RPC 2.0 object"
	}
	switch id := m.ID.(type) {
	case nil, string:
	case float64:
		if id != float64(int64(id)) {
			return noRequest, "an id is a whole number or a text"
		}
	default:
		return noRequest, "an id is a whole number or a text"
	}
	return 0, ""
}
