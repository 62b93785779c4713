# make report: everything from a bare machine (Go, gcc, Node, make) to dist/.
GO ?= go
BUNDLE := templates/dist/ssr.js
SCRIPTS := templates/package-lock.json templates/build.mjs $(shell find templates/src -type f)

.PHONY: report build bundle test check bench sample clean

report: build
	bin/tongket load
	bin/tongket build

build: $(BUNDLE)
	$(GO) build -o bin/tongket ./cmd/tongket

bundle: $(BUNDLE)

$(BUNDLE): $(SCRIPTS)
	cd templates && npm ci --no-audit --no-fund && npm run --silent build

test: $(BUNDLE)
	$(GO) test ./...
	$(GO) test -race ./internal/chart ./internal/edition

check: $(BUNDLE)
	test -z "$$(gofmt -l cmd internal templates)"
	$(GO) vet ./...
	$(GO) test -count=1 -run TestWalls ./cmd/tongket
	$(GO) tool golangci-lint run

bench: build
	$(GO) test -run '^$$' -bench . -benchtime 1x -timeout 30m ./cmd/tongket

sample:
	$(GO) run ./cmd/tongket-sample -out data

clean:
	rm -rf bin dist .tongket node_modules templates/node_modules
	find templates/dist -type f ! -name .keep -delete
