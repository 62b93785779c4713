package edition

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// A cache keeps what was rendered, by the digest of what it was made from. It
// may be deleted at any time; what is broken in it is not there. A nil cache
// keeps nothing.
type cache struct {
	dir  string
	mu   sync.Mutex
	used map[string]bool // keys that this edition needed
}

// longestWrite is more than the writing of one file takes.
const longestWrite = time.Hour

// generations is how many editions back what they used is kept.
const generations = 4

func openCache(dir string) *cache {
	if dir == "" {
		return nil
	}
	if there, err := filepath.EvalSymlinks(dir); err == nil {
		dir = there // a link to a larger disk stays one
	}
	return &cache{dir: dir, used: map[string]bool{}}
}

func (c *cache) path(key string) string { return filepath.Join(c.dir, key[:2], key[2:]) }

// use notes that an edition needs what is kept under a key.
func (c *cache) use(key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.used[key] = true
}

// get returns what was kept under a key; false if it has to be made.
func (c *cache) get(key string) ([]byte, bool) {
	if c == nil {
		return nil, false
	}
	c.use(key)
	text, err := os.ReadFile(c.path(key))
	if err != nil || len(text) < sha256.Size {
		return nil, false
	}
	data, sum := text[sha256.Size:], text[:sha256.Size]
	if now := sha256.Sum256(data); !bytes.Equal(now[:], sum) {
		return nil, false
	}
	return data, true
}

// put keeps what was made. That it cannot be kept, on a full disk, is no
// fault: it is made again next time. It is written where it belongs at once:
// half of it has another digest, and is not there.
func (c *cache) put(key string, data []byte) {
	if c == nil {
		return
	}
	path, sum := c.path(key), sha256.Sum256(data)
	f, err := os.Create(path)
	if errors.Is(err, fs.ErrNotExist) && os.MkdirAll(filepath.Dir(path), 0o755) == nil {
		f, err = os.Create(path)
	}
	if err != nil {
		return
	}
	_, _ = f.Write(sum[:])
	_, _ = f.Write(data)
	_ = f.Close()
}

// close forgets what the last editions had no use for. Another job may be at
// work in the same folder: what it took away is gone, and what it is writing
// stays.
func (c *cache) close() {
	if c == nil {
		return
	}
	list := filepath.Join(c.dir, "used.json")
	var past [][]string
	if text, err := os.ReadFile(list); err == nil && json.Unmarshal(text, &past) != nil {
		past = nil
	}
	past = append([][]string{slices.Sorted(maps.Keys(c.used))}, past...)
	past = past[:min(len(past), generations)]
	keep := map[string]bool{}
	for _, keys := range past {
		for _, key := range keys {
			keep[key] = true
		}
	}
	text, err := json.Marshal(past)
	if err != nil || os.MkdirAll(c.dir, 0o755) != nil || write(list, text) != nil {
		return // as in put
	}
	now, err := os.Stat(list)
	if err != nil {
		return
	}
	// What cannot be looked at or removed now can be so next time.
	_ = filepath.WalkDir(c.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path == list {
			return nil
		}
		if strings.HasPrefix(d.Name(), ".") {
			if info, err := d.Info(); err == nil && now.ModTime().Sub(info.ModTime()) > longestWrite {
				os.Remove(path) // of a job that was killed
			}
			return nil
		}
		if !keep[filepath.Base(filepath.Dir(path))+d.Name()] {
			os.Remove(path)
		}
		return nil
	})
}

// write puts a file in place in one step.
func write(path string, text []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".*")
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}
