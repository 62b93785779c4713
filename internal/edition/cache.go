package edition

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
)

// A cache keeps what was rendered, by the digest of what it was made from. It
// may be deleted at any time; what is broken in it is not there. A nil cache
// keeps nothing.
type cache struct {
	dir  string
	mu   sync.Mutex
	used map[string]bool // keys that this edition needed
}

// generations is how many editions back what they used is kept.
const generations = 4

func openCache(dir string) *cache {
	if dir == "" {
		return nil
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
// fault: it is made again next time.
func (c *cache) put(key string, data []byte) {
	if c == nil {
		return
	}
	sum := sha256.Sum256(data)
	if os.MkdirAll(filepath.Dir(c.path(key)), 0o755) != nil {
		return
	}
	f, err := os.CreateTemp(filepath.Dir(c.path(key)), ".*")
	if err != nil {
		return
	}
	_, err1 := f.Write(append(sum[:], data...))
	if errors.Join(err1, f.Close()) != nil || os.Rename(f.Name(), c.path(key)) != nil {
		os.Remove(f.Name())
	}
}

// close forgets what the last editions had no use for.
func (c *cache) close() error {
	if c == nil {
		return nil
	}
	list := filepath.Join(c.dir, "used.json")
	var past [][]string
	if text, err := os.ReadFile(list); err == nil && json.Unmarshal(text, &past) != nil {
		past = nil
	}
	var now []string
	for key := range c.used {
		now = append(now, key)
	}
	slices.Sort(now)
	past = append([][]string{now}, past...)
	past = past[:min(len(past), generations)]
	keep := map[string]bool{}
	for _, keys := range past {
		for _, key := range keys {
			keep[key] = true
		}
	}
	text, err := json.Marshal(past)
	if err != nil {
		return fmt.Errorf("cache: %w", err)
	}
	if os.MkdirAll(c.dir, 0o755) != nil || os.WriteFile(list, text, 0o644) != nil {
		return nil // as in put
	}
	err = filepath.WalkDir(c.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path == list {
			return err
		}
		key := filepath.Base(filepath.Dir(path)) + d.Name()
		if _, err := hex.DecodeString(key); err != nil || !keep[key] {
			return os.Remove(path)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("cache: %w", err)
	}
	return nil
}
