package edition

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// folder is an edition being written, beside the place that it will take.
type folder struct {
	out, temp string
	root      *os.Root // of temp: once that is taken away, nothing is written in its place
	mu        sync.Mutex
	files     map[string]output
}

type output struct {
	Path   string `json:"path"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// mark is the file by which a folder is known to be an edition: nothing else
// is ever replaced.
const mark = "manifest.json"

// isEdition looks for the manifest that this program writes; other programs
// have files of that name, too.
func isEdition(dir string) bool {
	text, err := os.ReadFile(filepath.Join(dir, mark))
	if err != nil {
		return false
	}
	var manifest struct{ Program string }
	return json.Unmarshal(text, &manifest) == nil && strings.HasPrefix(manifest.Program, "tongket ")
}

func newFolder(out string) (*folder, error) {
	out, err := filepath.Abs(out)
	if err != nil {
		return nil, fmt.Errorf("edition: %w", err)
	}
	if entries, err := os.ReadDir(out); err == nil && len(entries) > 0 {
		if !isEdition(out) {
			return nil, fmt.Errorf("edition: %s holds files that are no edition; name an empty folder", out)
		}
	} else if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("edition: %w", err)
	}
	parent := filepath.Dir(out)
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return nil, fmt.Errorf("edition: %w", err)
	}
	base := filepath.Base(out)
	sweep(parent, func(name string) bool { return name == base }, time.Time{})
	temp, err := os.MkdirTemp(parent, passing(base))
	if err != nil {
		return nil, fmt.Errorf("edition: %w", err)
	}
	f := &folder{out: out, temp: temp, files: map[string]output{}}
	if f.root, err = os.OpenRoot(temp); err == nil {
		err = os.Chmod(temp, 0o755)
	}
	if err != nil {
		f.abandon()
		return nil, fmt.Errorf("edition: %w", err)
	}
	return f, nil
}

// put writes one file; its path has slashes.
func (f *folder) put(path string, data []byte) error {
	if !filepath.IsLocal(filepath.FromSlash(path)) {
		return fmt.Errorf("edition: path %q leads out of the edition", path)
	}
	hash := sha256.Sum256(data)
	f.mu.Lock()
	if _, twice := f.files[strings.ToLower(path)]; twice {
		f.mu.Unlock()
		return fmt.Errorf("edition: two files would be %s", path)
	}
	f.files[strings.ToLower(path)] = output{path, int64(len(data)), hex.EncodeToString(hash[:])}
	f.mu.Unlock()
	return f.write(path, data)
}

func (f *folder) write(path string, data []byte) error {
	name := filepath.FromSlash(path)
	if err := f.root.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return fmt.Errorf("edition: %w", err)
	}
	if err := f.root.WriteFile(name, data, 0o644); err != nil {
		return fmt.Errorf("edition: %w", err)
	}
	return nil
}

// carry adds the assets that the pages of an earlier edition load and this one
// has no more, and returns them. Whoever reads current/ while it changes has a
// page of the one and asks for its style in the other.
func (f *folder) carry(from string) ([]output, error) {
	carried := []output{}
	m, err := readManifest(from)
	if from == "" || err != nil {
		return carried, err
	}
	for _, o := range m.Outputs {
		if f.has(o.Path) || !strings.HasPrefix(o.Path, "assets/") || !filepath.IsLocal(filepath.FromSlash(o.Path)) {
			continue
		}
		data, err := os.ReadFile(filepath.Join(from, filepath.FromSlash(o.Path)))
		if err != nil {
			return nil, fmt.Errorf("previous edition: %w", err)
		}
		if err := f.write(o.Path, data); err != nil {
			return nil, err
		}
		carried = append(carried, o)
	}
	return carried, nil
}

func (f *folder) has(path string) bool {
	_, there := f.files[strings.ToLower(path)]
	return there
}

// list returns what was written, in order of the paths.
func (f *folder) list() []output {
	var out []output
	for _, o := range f.files {
		out = append(out, o)
	}
	slices.SortFunc(out, func(a, b output) int { return strings.Compare(a.Path, b.Path) })
	return out
}

func (f *folder) bytes() (sum int64) {
	for _, o := range f.files {
		sum += o.Bytes
	}
	return sum
}

// commit puts the new edition in the place of the old one, in one step where
// the system has it. What is left of the old one is swept away, at the latest
// by the next build.
func (f *folder) commit() error {
	if err := f.root.Close(); err != nil {
		return fmt.Errorf("edition: %w", err)
	}
	if _, err := os.Stat(f.out); errors.Is(err, os.ErrNotExist) {
		if err := os.Rename(f.temp, f.out); err != nil {
			return fmt.Errorf("edition: %w", err)
		}
		f.temp = ""
		return nil
	}
	if swap(f.temp, f.out) == nil {
		return nil // temp holds the old edition now
	}
	old := f.temp + ".old"
	if err := os.Rename(f.out, old); err != nil {
		return fmt.Errorf("edition: %w", err)
	}
	if err := os.Rename(f.temp, f.out); err != nil {
		return fmt.Errorf("edition: %w", errors.Join(err, os.Rename(old, f.out)))
	}
	f.temp = old
	return nil
}

// passing is the pattern for the names of what will not stay: hidden, with the
// process and the computer it belongs to.
func passing(base string) string {
	return fmt.Sprintf(".%s-%d-%s.*", base, os.Getpid(), computer())
}

// computer is the name of this computer, letters and digits of it.
func computer() string {
	host, _ := os.Hostname() // one without a name takes all such for itself
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' && r < 'A' || r > 'Z' && r < 'a' || r > 'z' {
			return -1
		}
		return r
	}, host)
}

// sweep removes what jobs left that were killed, of what owned tells to be
// ours by its base: theirs of this computer at once; those of others, which
// share a folder over the network, when they were left alone for a day before
// now. A zero time spares them.
func sweep(parent string, owned func(base string) bool, now time.Time) {
	entries, err := os.ReadDir(parent)
	if err != nil {
		return // there is nothing to sweep
	}
	for _, e := range entries {
		if path := filepath.Join(parent, e.Name()); abandoned(path, owned, now) {
			os.RemoveAll(path)
		}
	}
}

var temporary = regexp.MustCompile(`^\.(.+)-(\d+)-([0-9A-Za-z]*)\.\d+(?:\.old)?$`)

func abandoned(path string, owned func(base string) bool, now time.Time) bool {
	parts := temporary.FindStringSubmatch(filepath.Base(path))
	if parts == nil || !owned(parts[1]) {
		return false
	}
	if parts[3] == computer() {
		process, err := strconv.Atoi(parts[2])
		return err == nil && !alive(process)
	}
	info, err := os.Lstat(path)
	return err == nil && !now.IsZero() && now.Sub(info.ModTime()) > 24*time.Hour
}

// abandon removes an edition that was not put in place, or the one that it
// took the place of.
func (f *folder) abandon() {
	if f.root != nil {
		_ = f.root.Close() // nothing is written through it any more
	}
	if f.temp != "" {
		os.RemoveAll(f.temp)
	}
}

// each does the work of every item, several at a time, and returns all errors
// in the order of the items. What the disk refuses it would refuse to all that
// follow: these are left out.
func each[T any](ctx context.Context, workers int, items []T, work func(T) error) error {
	if workers < 1 {
		workers = runtime.NumCPU()
	}
	next, errs := make(chan int), make([]error, len(items))
	var spent atomic.Bool
	var wg sync.WaitGroup
	for range min(workers, len(items)) {
		wg.Go(func() {
			for i := range next {
				if errs[i] = work(items[i]); refuses(errs[i]) {
					spent.Store(true)
				}
			}
		})
	}
	for i := range items {
		if ctx.Err() != nil || spent.Load() {
			break
		}
		next <- i
	}
	close(next)
	wg.Wait()
	return errors.Join(append(errs, ctx.Err())...)
}

// refuses reports whether an error is of a disk that takes nothing more.
func refuses(err error) bool {
	for _, e := range []error{syscall.ENOSPC, syscall.EDQUOT, syscall.EROFS, syscall.EIO, syscall.ESTALE} {
		if errors.Is(err, e) {
			return true
		}
	}
	return false
}
