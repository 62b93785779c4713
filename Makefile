# make report: everything from a bare machine (Go, gcc, Node, make) to dist/.
GO ?= go
LINT := github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
BUNDLE := templates/dist/ssr.js
SCRIPTS := templates/package-lock.json templates/build.mjs $(shell find templates/src -type f)

.PHONY: report build test check bench sample clean

report: build
	bin/tongket load
	bin/tongket build

build: $(BUNDLE)
	$(GO) build -o bin/tongket ./cmd/tongket

$(BUNDLE): $(SCRIPTS)
	cd templates && npm ci && npm run build

test: $(BUNDLE)
	$(GO) test ./...
	$(GO) test -race -run "Same|Cache|Each" ./internal/chart ./internal/author ./internal/edition

check: $(BUNDLE)
	test -z "$$(gofmt -l cmd internal templates/*.go)"
	$(GO) vet ./...
	$(GO) test -count=1 -run 'TestWalls|TestCatalogs' ./cmd/tongket
	$(GO) run $(LINT) run

bench: build
	$(GO) test -run '^$$' -bench . -benchtime 1x -timeout 60m ./internal/warehouse ./internal/chart ./cmd/tongket

sample:
	$(GO) run ./cmd/tongket-sample -out data

clean:
	rm -rf bin dist .tongket templates/node_modules
	find templates/dist -type f ! -name .keep -delete
