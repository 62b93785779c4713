package preview

import (
	"crypto/sha256"
	"io"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"time"
)

// watched are the parts of a programme that an edition is made from.
var watched = []string{"tongket.yaml", "data", "queries", "reports", "templates"}

// Shares of a network do not say when a file on them changes, so files are
// looked at again and again; how often depends on how long a look takes.
const (
	least = 100 * time.Millisecond // between two looks
	share = 20                     // one part of so many of the time is for looking
)

func pause(took time.Duration) time.Duration { return max(least, share*took) }

// A file is read once it was left alone: editors save in several steps, and
// what is copied from elsewhere arrives by and by.
const (
	quiet     = 80 * time.Millisecond
	quietData = time.Second // files of data/ are large and come over networks
)

// coarse is how far apart two changes must be for every file system to give
// them different times.
const coarse = 2 * time.Second

// watch tells what changed in a programme since it was last asked. Size and
// time of a file are hints when to read it; its content decides.
type watch struct {
	folder    fs.FS
	warehouse string          // the warehouse file: another process may load into it
	known     map[string]file // as the last answer left them
	last      map[string]hint // as the last look found them
	moved     time.Time       // when two looks last differed
	stamp     hint            // of the warehouse, as the last answer left it
}

type hint struct {
	size int64
	time int64 // in nanoseconds; it is compared, nothing else
}

type file struct {
	hint
	sum  [sha256.Size]byte
	read time.Time
	sure bool // it can not have changed since without a change of the hint
}

// begin takes everything as it is.
func (w *watch) begin(now time.Time) {
	w.last, w.known, w.moved = w.hints(), map[string]file{}, now
	for name, h := range w.last {
		w.known[name] = w.take(name, h, now)
	}
	w.absorb()
}

// absorb takes the warehouse as it is: what changed it was our own doing.
func (w *watch) absorb() { w.stamp, _ = w.stand() }

// look returns the files that changed, once nothing moves any more.
func (w *watch) look(now time.Time) []string {
	hints := w.hints()
	if !maps.Equal(hints, w.last) {
		w.last, w.moved = hints, now
	}
	var doubtful []string
	rest := quiet
	for name, h := range hints {
		old, there := w.known[name]
		if there && old.hint == h && (old.sure || now.Sub(old.read) < coarse) {
			continue
		}
		doubtful = append(doubtful, name)
		if strings.HasPrefix(name, "data/") && old.hint != h {
			rest = quietData
		}
	}
	var changed []string
	for name := range w.known {
		if _, there := hints[name]; !there {
			changed = append(changed, name)
		}
	}
	stamp, free := w.stand()
	loaded := free && stamp != w.stamp
	if now.Sub(w.moved) < rest || len(doubtful)+len(changed) == 0 && !loaded {
		return nil
	}
	for _, name := range changed {
		delete(w.known, name)
	}
	for _, name := range doubtful {
		f, old := w.take(name, hints[name], now), w.known[name]
		if f.sum != old.sum || old.read.IsZero() {
			changed = append(changed, name)
		} else {
			f.sure = f.sure || f.hint == old.hint // read twice, far enough apart
		}
		w.known[name] = f
	}
	if loaded {
		w.stamp = stamp
		changed = append(changed, Outside)
	}
	slices.Sort(changed)
	return changed
}

// Outside stands among the changed files for a load by another process.
const Outside = ".tongket"

// stand is the stamp of the warehouse, and whether nobody works on it: the lock
// beside it is empty then.
func (w *watch) stand() (stamp hint, free bool) {
	if info, err := os.Stat(w.warehouse); err == nil {
		stamp = hint{info.Size(), info.ModTime().UnixNano()}
	}
	lock, err := os.Stat(w.warehouse + ".lock")
	if err != nil {
		return stamp, true
	}
	stamp.time ^= lock.ModTime().UnixNano()
	return stamp, lock.Size() == 0
}

// take reads one file. What cannot be read has no content; whoever needs it
// will say so.
func (w *watch) take(name string, h hint, now time.Time) file {
	f := file{hint: h, read: now, sure: now.UnixNano()-h.time > int64(coarse)}
	in, err := w.folder.Open(name)
	if err != nil {
		return f
	}
	defer func() { _ = in.Close() }() // it was only read
	sum := sha256.New()
	if _, err := io.Copy(sum, in); err == nil {
		sum.Sum(f.sum[:0])
	}
	return f
}

// hints looks at all files without reading them.
func (w *watch) hints() map[string]hint {
	out := map[string]hint{}
	for _, root := range watched {
		_ = fs.WalkDir(w.folder, root, func(name string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return nil // it went while we looked, or is not ours to read
			case passing(d.Name()) && d.IsDir():
				return fs.SkipDir
			case passing(d.Name()) || d.IsDir():
				return nil
			}
			// Not d.Info: the file behind a link may change, too.
			if info, err := fs.Stat(w.folder, name); err == nil && info.Mode().IsRegular() {
				out[name] = hint{info.Size(), info.ModTime().UnixNano()}
			}
			return nil
		})
	}
	return out
}

// passing are names that editors and copying programs use for a moment, and
// folders that are nobody's text.
func passing(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~") || strings.HasPrefix(name, "#") || strings.HasSuffix(name, "~") ||
		slices.Contains([]string{"node_modules", "4913", "Thumbs.db", "desktop.ini"}, name) ||
		slices.ContainsFunc([]string{".tmp", ".part", ".partial", ".crdownload", ".swp", ".bak"}, func(end string) bool { return strings.HasSuffix(name, end) })
}
