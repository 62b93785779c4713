package chart

import (
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"modernc.org/quickjs"

	"tongket/internal/report"
)

// slowest is how long one picture may take before the engine is interrupted:
// far beyond any real chart, so that no table can hang a build.
const slowest = 2 * time.Minute

// pool keeps the engines that are warm.
type pool struct {
	script, widths string
	slots          chan *engine // one entry an engine; nil is one not started yet

	compile  sync.Once
	bytecode []byte
	err      error
}

func newPool(script, widths string, engines int) *pool {
	p := &pool{script: script, widths: widths, slots: make(chan *engine, max(1, engines))}
	for range cap(p.slots) {
		p.slots <- nil
	}
	return p
}

// take waits for an engine and starts it when it is new.
func (p *pool) take() (*engine, error) {
	e := <-p.slots
	if e != nil {
		return e, nil
	}
	e, err := p.start()
	if err != nil {
		p.slots <- nil
		return nil, fmt.Errorf("JavaScript engine: %w", err)
	}
	return e, nil
}

// give puts an engine back. One that broke is not used again.
func (p *pool) give(e *engine) {
	if e.broken {
		e.vm.Close()
		e = nil
	}
	p.slots <- e
}

func (p *pool) close() error {
	var errs []error
	for range cap(p.slots) {
		if e := <-p.slots; e != nil {
			errs = append(errs, e.vm.Close())
		}
	}
	for range cap(p.slots) {
		p.slots <- nil
	}
	return errors.Join(errs...)
}

// start makes a warm engine. The bundle is compiled once for all of them.
func (p *pool) start() (*engine, error) {
	vm, err := quickjs.NewVM()
	if err != nil {
		return nil, err
	}
	e, err := p.warm(vm)
	if err != nil {
		vm.Close()
		return nil, err
	}
	return e, nil
}

func (p *pool) warm(vm *quickjs.VM) (*engine, error) {
	p.compile.Do(func() { p.bytecode, p.err = vm.Compile(p.script, quickjs.EvalGlobal) })
	if p.err != nil {
		return nil, fmt.Errorf("compile ssr.js: %w", p.err)
	}
	// Collecting garbage after each picture instead of while it is drawn is
	// faster, and what one picture leaves behind is small.
	vm.SetGCThreshold(64 << 20)
	if _, err := vm.EvalBytecode(p.bytecode); err != nil {
		return nil, fmt.Errorf("load ssr.js: %w", err)
	}
	if _, err := vm.Call("tongketSetUp", p.widths); err != nil {
		return nil, fmt.Errorf("set up ssr.js: %w", err)
	}
	colors, err := vm.Call("tongketPalette")
	if err != nil {
		return nil, fmt.Errorf("palette of ssr.js: %w", err)
	}
	text, _ := colors.(string)
	e := &engine{vm: vm}
	if err := json.Unmarshal([]byte(text), &e.palette); err != nil {
		return nil, fmt.Errorf("palette of ssr.js: %w", err)
	}
	return e, vm.SetEvalTimeout(slowest)
}

// engine is one JavaScript machine with the script loaded. It draws one picture
// at a time.
type engine struct {
	vm      *quickjs.VM
	palette struct{ Screen, Paper map[string]string } // token → colour
	broken  bool
}

// sheet is what a picture is drawn on.
type sheet struct {
	Width int  `json:"width"`
	Paper bool `json:"paper"`
}

func (e *engine) draw(option []byte, s sheet) (report.SVG, error) {
	where, err := json.Marshal(s)
	if err != nil {
		return report.SVG{}, err
	}
	result, err := e.vm.Call("tongketRender", string(option), string(where))
	if err != nil {
		e.broken = true
		return report.SVG{}, fmt.Errorf("draw: %w", withStack(err))
	}
	markup, ok := result.(string)
	if !ok {
		return report.SVG{}, fmt.Errorf("draw: ssr.js returned %T, not text", result)
	}
	if s.Paper {
		return cleanSVG(markup, style{colors: e.palette.Paper, family: paperFamily, hatch: paperHatch})
	}
	return cleanSVG(markup, style{colors: e.palette.Screen, family: screenFamily, classes: true, hatch: screenHatch})
}

func withStack(err error) error {
	var js *quickjs.Error
	if errors.As(err, &js) && js.Stack != "" {
		return fmt.Errorf("%w\n%s", err, js.Stack)
	}
	return err
}
