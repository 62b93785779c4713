// Package lock keeps two jobs from working on one thing.
package lock

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"
)

// Lock is held until it is released. The system gives it free when its process
// ends, however it ends; what stands in the file tells who has it.
type Lock struct{ file *os.File }

// Held is the error of a lock that another process has. The other fields are
// zero where the file does not tell.
type Held struct {
	Path    string    `json:"-"`
	Process int       `json:"process"`
	Host    string    `json:"host,omitempty"`
	Since   time.Time `json:"since"`
}

// Error names who has the lock.
func (h *Held) Error() string {
	return fmt.Sprintf("%s is held by another tongket process%s", h.Path, h.Who())
}

// Who is the end of a sentence about a lock: who has it, and since when.
func (h *Held) Who() string {
	if h.Process == 0 {
		return ""
	}
	return fmt.Sprintf(" (number %d, since %s)", h.Process, h.Since.Local().Format("15:04 02/01/2006"))
}

// In is the error in words for people; it is of type *Held still.
func (h *Held) In(words string) error { return worded{words, h} }

type worded struct {
	words string
	held  *Held
}

func (w worded) Error() string { return w.words }
func (w worded) Unwrap() error { return w.held }

// errHeld says that another process has the lock.
var errHeld = errors.New("held")

// Acquire takes the lock whose file this is, or says who has it: an error of
// type *Held. The file stays when the lock is released. Where a link stands in
// its place there is an error: what it leads to would be emptied.
func Acquire(path string) (*Lock, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|itself, 0o644)
	if err != nil {
		return nil, fmt.Errorf("lock: %w", err)
	}
	if err := hold(file); err != nil {
		who := told(file)
		if err = errors.Join(err, file.Close()); errors.Is(err, errHeld) {
			who.Path = path
			return nil, who
		}
		return nil, fmt.Errorf("lock: %s: %w", path, err)
	}
	host, _ := os.Hostname() // a computer without a name is told without
	text, err := json.Marshal(Held{Process: os.Getpid(), Host: host, Since: time.Now().UTC().Truncate(time.Second)})
	if err == nil {
		err = errors.Join(file.Truncate(0), write(file, text))
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("lock: %w", err), file.Close())
	}
	return &Lock{file}, nil
}

func write(file *os.File, text []byte) error {
	_, err := file.WriteAt(append(text, '\n'), 0)
	return err
}

func told(file *os.File) *Held {
	var h Held
	text, err := io.ReadAll(io.LimitReader(file, 1000))
	if err != nil || json.Unmarshal(text, &h) != nil {
		return &Held{}
	}
	return &h
}

// Stands reports whether the file that is locked is still there: a folder may
// be taken away or unmounted while a job works in it.
func (l *Lock) Stands() bool {
	held, err1 := l.file.Stat()
	now, err2 := os.Stat(l.file.Name())
	return err1 == nil && err2 == nil && os.SameFile(held, now)
}

// Release gives the lock free.
func (l *Lock) Release() error {
	return errors.Join(l.file.Truncate(0), l.file.Close())
}

// Look says whether a process has the lock whose file this is, and who told
// so. A holder that is not running left the file when it was killed; nil:
// nobody did.
func Look(path string) (holder *Held, running bool, err error) {
	file, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("lock: %w", err)
	}
	defer file.Close() // and with it what hold takes
	if err := hold(file); err != nil && !errors.Is(err, errHeld) {
		return nil, false, fmt.Errorf("lock: %s: %w", path, err)
	} else if err != nil {
		running = true
	}
	holder = told(file)
	if !running && holder.Process == 0 {
		return nil, false, nil
	}
	holder.Path = path
	return holder, running, nil
}
