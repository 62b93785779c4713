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
	"runtime"
	"slices"
	"strings"
	"sync"
)

// folder is an edition being written, beside the place that it will take.
type folder struct {
	out, temp string
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
	sweep(parent, filepath.Base(out))
	temp, err := os.MkdirTemp(parent, fmt.Sprintf(".%s-%d-", filepath.Base(out), os.Getpid()))
	if err != nil {
		return nil, fmt.Errorf("edition: %w", err)
	}
	return &folder{out: out, temp: temp, files: map[string]output{}}, os.Chmod(temp, 0o755)
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
	name := filepath.Join(f.temp, filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return fmt.Errorf("edition: %w", err)
	}
	if err := os.WriteFile(name, data, 0o644); err != nil {
		return fmt.Errorf("edition: %w", err)
	}
	return nil
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

// sweep removes what builds left that were killed.
func sweep(parent, base string) {
	left, err := filepath.Glob(filepath.Join(parent, "."+base+"-*-*"))
	if err != nil {
		return // a name that is no pattern leaves nothing to find
	}
	for _, path := range left {
		var process int
		if _, err := fmt.Sscanf(strings.TrimPrefix(filepath.Base(path), "."+base+"-"), "%d-", &process); err == nil && !alive(process) {
			os.RemoveAll(path)
		}
	}
}

// abandon removes an edition that was not put in place, or the one that it
// took the place of.
func (f *folder) abandon() {
	if f.temp != "" {
		os.RemoveAll(f.temp)
	}
}

// each does the work of every item, several at a time, and returns all errors
// in the order of the items.
func each[T any](ctx context.Context, workers int, items []T, work func(T) error) error {
	if workers < 1 {
		workers = runtime.NumCPU()
	}
	next, errs := make(chan int), make([]error, len(items))
	var wg sync.WaitGroup
	for range min(workers, len(items)) {
		wg.Go(func() {
			for i := range next {
				errs[i] = work(items[i])
			}
		})
	}
	for i := range items {
		if ctx.Err() != nil {
			break
		}
		next <- i
	}
	close(next)
	wg.Wait()
	return errors.Join(append(errs, ctx.Err())...)
}
