package warehouse

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"
)

// lock keeps two jobs from working on one warehouse. The system gives it free
// when its process ends, however it ends; what stands in the file tells who
// has it.
type lock struct{ file *os.File }

type holder struct {
	Process int       `json:"process"`
	Since   time.Time `json:"since"`
}

// errHeld says that another process has the lock.
var errHeld = errors.New("held")

// acquire takes the lock beside a warehouse, or says who has it.
func acquire(path string) (*lock, error) {
	file, err := os.OpenFile(path+".lock", os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, fmt.Errorf("warehouse: %w", err)
	}
	if err := hold(file); err != nil {
		who := told(file)
		if err = errors.Join(err, file.Close()); errors.Is(err, errHeld) {
			return nil, fmt.Errorf("warehouse: %s is in use by another tongket process%s; wait for it to end", path, who)
		}
		return nil, fmt.Errorf("warehouse: %s.lock: %w", path, err)
	}
	text, err := json.Marshal(holder{os.Getpid(), time.Now().UTC().Truncate(time.Second)})
	if err == nil {
		err = errors.Join(file.Truncate(0), write(file, text))
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("warehouse: %w", err), file.Close())
	}
	return &lock{file}, nil
}

func write(file *os.File, text []byte) error {
	_, err := file.WriteAt(append(text, '\n'), 0)
	return err
}

// told reads who has the lock, as the end of a sentence.
func told(file *os.File) string {
	text, err := io.ReadAll(io.LimitReader(file, 1000))
	var h holder
	if err != nil || json.Unmarshal(text, &h) != nil || h.Process == 0 {
		return ""
	}
	return fmt.Sprintf(" (number %d, since %s)", h.Process, h.Since.Local().Format("15:04 02/01/2006"))
}

// release gives the lock free.
func (l *lock) release() error {
	return errors.Join(l.file.Truncate(0), l.file.Close())
}
