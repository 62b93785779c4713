package preview

import (
	"bytes"
	_ "embed"
	"fmt"
	"net"
	"net/http"
	"path"
	"strings"
	"time"
)

// own is the part of the addresses that is no edition's: underscores begin no
// page's name.
const own = "/_tongket/"

var (
	//go:embed live.js
	script []byte
	//go:embed live.css
	style []byte
)

// kinds are the files that an edition may hold.
var kinds = map[string]string{
	".html":  "text/html; charset=utf-8",
	".css":   "text/css; charset=utf-8",
	".js":    "text/javascript; charset=utf-8",
	".json":  "application/json; charset=utf-8",
	".csv":   "text/csv; charset=utf-8",
	".txt":   "text/plain; charset=utf-8",
	".svg":   "image/svg+xml; charset=utf-8",
	".png":   "image/png",
	".woff":  "font/woff",
	".woff2": "font/woff2",
	".pdf":   "application/pdf",
	".zip":   "application/zip",
	".gz":    "application/gzip",
	".wasm":  "application/wasm",
	".docx":  "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	".xlsx":  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

// ServeHTTP answers with files of the edition that is shown, and with nothing
// else of this machine.
func (p *Preview) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", "frame-ancestors 'none'")
	switch {
	case !ours(r.Host):
		http.Error(w, "This is a preview on 127.0.0.1; it answers to no other name.", http.StatusMisdirectedRequest)
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		h.Set("Allow", "GET, HEAD")
		http.Error(w, "Only GET and HEAD are answered.", http.StatusMethodNotAllowed)
	case r.URL.Path == own+"live.js":
		send(w, r, ".js", script)
	case r.URL.Path == own+"live.css":
		send(w, r, ".css", style)
	case r.URL.Path == own+"events":
		p.events(w, r)
	default:
		p.file(w, r, named(r.URL.Path))
	}
}

// ours tells the names by which a machine calls itself. A page from elsewhere
// may have its own name point here, but it cannot ask by one of these.
func ours(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return host == "127.0.0.1" || strings.EqualFold(host, "localhost")
}

func send(w http.ResponseWriter, r *http.Request, kind string, data []byte) {
	known := kinds[kind]
	if known == "" {
		known = "application/octet-stream"
	}
	w.Header().Set("Content-Type", known)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
}

// file answers with one file of the edition. Its name must stand in the
// manifest letter by letter, so no path leads anywhere else.
func (p *Preview) file(w http.ResponseWriter, r *http.Request, name string) {
	p.mu.RLock()
	s := p.shown
	var data []byte
	_, there := s.files[name]
	if there {
		var err error
		data, err = s.root.ReadFile(name)
		there = err == nil
	}
	p.mu.RUnlock()
	if there && !isPage(name) {
		send(w, r, path.Ext(name), data)
		return
	}
	status := http.StatusOK
	if !there {
		data, status = stand(&s, name), http.StatusNotFound
		if s.root == nil {
			status = http.StatusServiceUnavailable
		}
	}
	text, policy := live(data, name, &s)
	w.Header().Set("Content-Security-Policy", policy+"; frame-ancestors 'none'")
	if status == http.StatusOK {
		send(w, r, ".html", text)
		return
	}
	w.Header().Set("Content-Type", kinds[".html"])
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(text) // who has gone needs no answer
	}
}

// events tells one open page when it would look otherwise now. The page says
// what it is and how it looks, so what happened while nobody listened is not
// missed, and what changed on other pages does not touch it.
func (p *Preview) events(w http.ResponseWriter, r *http.Request) {
	name, state := r.URL.Query().Get("page"), r.URL.Query().Get("state")
	out := http.NewResponseController(w)
	w.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
	fmt.Fprint(w, "retry: 500\n\n")
	if r.Method == http.MethodHead || out.Flush() != nil {
		return
	}
	for {
		p.mu.RLock()
		now, moved := p.shown.state(name), p.moved
		p.mu.RUnlock()
		if now != state {
			fmt.Fprint(w, "event: reload\ndata:\n\n")
			if out.Flush() != nil {
				return
			}
			moved = nil // said once; the page goes when it has loaded again
		}
		select {
		case <-r.Context().Done():
			return
		case <-moved:
		}
	}
}
