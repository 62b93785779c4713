package edition

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"syscall"
	"time"

	"tongket/internal/report"
)

// fault is what is wrong with a target, in the programme's language.
func (t *target) fault(key string, pairs ...string) error {
	return errors.New(t.p.Locale.Say(key, append(pairs, "folder", t.dir)...))
}

// apart is an error that has nothing to do with the target.
type apart struct{ error }

// Explained is an error that says in the programme's language what to do about it.
type Explained struct{ error }

func (e Explained) Unwrap() error { return e.error }

// explain says what an error of the system means for what is published.
func (t *target) explain(err error) error {
	key := ""
	var elsewhere apart
	switch {
	case err == nil:
		return nil
	case errors.As(err, &elsewhere):
		return elsewhere.error
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		key = "publish.target.full"
	case errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrPermission):
		key = "publish.target.readonly"
	case t.lock != nil && !t.lock.Stands(), errors.Is(err, syscall.ESTALE):
		key = "publish.target.gone"
	default:
		return err
	}
	text := t.p.Locale.Say(key, "folder", t.dir)
	if strings.HasPrefix(err.Error(), text) {
		return err
	}
	return Explained{fmt.Errorf("%s\n%w", text, err)}
}

// when writes a moment as it was in Vietnam.
func (t *target) when(at time.Time) string {
	at = report.Clock(at)
	return at.Format("15:04") + " " + t.p.Locale.Date(at)
}

// plainly takes from a text what is no letter, digit or sign of a name.
func plainly(text string) string {
	return regexp.MustCompile(`[^\pL\pN._-]`).ReplaceAllString(text, "")
}
