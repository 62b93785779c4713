# make report: everything from a bare machine (Go, gcc, Node, make) to dist/.
GO ?= go
LINT := github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
BUNDLE := templates/dist/ssr.js
SCRIPTS := templates/package-lock.json templates/build.mjs $(shell find templates/src -type f)

.PHONY: report build install release test check bench sample clean

PREFIX ?= /usr/local
VERSION ?= $(shell sed -n 's/^const release = "\(.*\)"/\1/p' cmd/tongket/run.go)
COMMIT ?= $(shell git rev-parse --short=12 HEAD)
EPOCH ?= $(shell git log -1 --format=%ct)
ARM64 := aarch64-linux-gnu-gcc
# With the C library inside, one file runs on any Linux, however old. The linker
# warns of names that only a network would need.
STATIC := -trimpath -buildvcs=false -tags netgo,osusergo -ldflags '-s -w -X main.commit=$(COMMIT) -extldflags=-static'

report: build
	bin/tongket load
	bin/tongket build

build: $(BUNDLE)
	$(GO) build -o bin/tongket ./cmd/tongket

# PREFIX says where to, DESTDIR below which root: for packages.
install: build
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/bash-completion/completions $(DESTDIR)$(PREFIX)/share/zsh/site-functions $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
	install -m 755 bin/tongket $(DESTDIR)$(PREFIX)/bin/tongket
	bin/tongket man $(DESTDIR)$(PREFIX)/share/man/man1
	bin/tongket completion bash > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/tongket
	bin/tongket completion zsh > $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_tongket
	bin/tongket completion fish > $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/tongket.fish

# Archives for machines without a network. The same commit, Go and C compiler
# give the same bytes.
release: $(BUNDLE)
	test -z "$$(git status --porcelain)" || { echo "release: commit first, else nobody can tell what is in it"; exit 1; }
	rm -rf release
	CGO_ENABLED=1 GOOS=linux GOARCH=amd64 $(GO) build $(STATIC) -o release/.amd64/tongket ./cmd/tongket
	$(GO) run ./cmd/tongket-release -static -binary release/.amd64/tongket -version $(VERSION) -commit $(COMMIT) -epoch $(EPOCH) -system linux-amd64
	if command -v $(ARM64) >/dev/null; then \
		CC=$(ARM64) CGO_ENABLED=1 GOOS=linux GOARCH=arm64 $(GO) build $(STATIC) -o release/.arm64/tongket ./cmd/tongket && \
		$(GO) run ./cmd/tongket-release -static -binary release/.arm64/tongket -tool release/.amd64/tongket -version $(VERSION) -commit $(COMMIT) -epoch $(EPOCH) -system linux-arm64; \
	else echo "release: no $(ARM64), so none for linux-arm64"; fi
	rm -rf release/.amd64 release/.arm64
	cat release/SHA256SUMS

$(BUNDLE): $(SCRIPTS)
	cd templates && npm ci && npm run build

test: $(BUNDLE)
	$(GO) test -timeout 40m ./...
	$(GO) test -race -run "Same|Cache|Each" ./internal/chart ./internal/author
	$(GO) test -race -run "Each" ./internal/edition

check: $(BUNDLE)
	test -z "$$(gofmt -l cmd internal templates/*.go)"
	$(GO) vet ./...
	$(GO) test -count=1 -run 'TestWalls|TestCatalogs' ./cmd/tongket
	$(GO) run $(LINT) run

bench: build
	$(GO) test -run '^$$' -bench . -benchtime 1x -timeout 60m ./internal/warehouse ./internal/chart ./internal/pdf ./cmd/tongket

sample:
	$(GO) run ./cmd/tongket-sample -out data

clean:
	rm -rf bin dist release .tongket templates/node_modules
	find templates/dist -type f ! -name .keep -delete
