package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tongket/internal/contract"
	"tongket/internal/edition"
	"tongket/internal/lock"
	"tongket/internal/machine"
	"tongket/internal/report"
	"tongket/internal/warehouse"
	"tongket/templates"
)

// The states of a finding of doctor.
const (
	fine    = "ok"
	warning = "warning"
	broken  = "fault"
)

// symptom is one thing that doctor looked at.
type symptom struct {
	Check   string `json:"check"`
	State   string `json:"state"` // ok, warning or fault
	Message string `json:"message"`
	Do      string `json:"do,omitempty"` // what to do about it
}

// patient is a programme folder on its machine, and what was found.
type patient struct {
	dir   string
	prog  *edition.Programme // nil: there is none, or it cannot be read
	l     *report.Locale
	now   time.Time
	found []symptom
}

func doctorVerb(p *programme, s streams) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "doctor",
		Short: "Check the machine and the programme folder before the work begins",
		Long: "Check what the work needs: room, rights, clock, console, memory, locks, the warehouse and the publish target.\n" +
			"Each line is ok, a warning or a fault, with what to do. Nothing is changed. Exit code 1 on a fault.",
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			l, err := catalogOf("vi")
			if err != nil {
				return err
			}
			x := &patient{dir: p.dir, l: l, now: time.Now()}
			x.examine(c.Context())
			if asJSON {
				err = printJSON(s, x.found)
			} else {
				x.print(s)
			}
			for _, f := range x.found {
				if f.State == broken && err == nil {
					err = fault{code: inputFault}
				}
			}
			return err
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print the findings as JSON")
	return c
}

func (x *patient) print(s streams) {
	for _, f := range x.found {
		fmt.Fprintf(s.out, "%s  %s\n", x.l.Say("doctor.state."+f.State), clean(f.Message))
		if f.Do != "" {
			fmt.Fprintln(s.out, "         → "+clean(f.Do))
		}
	}
}

// examine looks at everything, the ground first.
func (x *patient) examine(ctx context.Context) {
	x.programme()
	x.engine(ctx)
	x.memory()
	x.console()
	x.disk("disk", x.dir)
	for _, part := range []string{".tongket", "dist", "phieu"} {
		x.writable("write", filepath.Join(x.dir, part))
	}
	if x.prog != nil && x.prog.Publish.Target != "" {
		x.target(x.prog.Publish.Target)
	}
	last := x.warehouse(ctx)
	x.clock(last)
	for _, file := range []string{edition.Warehouse(x.dir) + ".lock", filepath.Join(x.dir, ".tongket", "run.lock")} {
		x.lock(file)
	}
	x.lastRun()
}

// add keeps a finding. Its words, and what to do where it is not fine, stand
// in the catalog under the key.
func (x *patient) add(check, state, key string, pairs ...string) {
	f := symptom{Check: check, State: state, Message: x.l.Say(key, pairs...)}
	if state != fine && x.l.Has(key+".do") {
		f.Do = x.l.Say(key+".do", pairs...)
	}
	x.found = append(x.found, f)
}

// programme reads the folder; its language goes for all that follows.
func (x *patient) programme() {
	if abs, err := filepath.Abs(x.dir); err == nil && strings.Contains(abs, "?") {
		x.add("folder", broken, "doctor.folder.sign", "folder", abs)
	}
	if _, err := os.Stat(filepath.Join(x.dir, contract.ProgrammeFile)); errors.Is(err, fs.ErrNotExist) {
		x.add("programme", warning, "doctor.programme.none", "folder", x.dir)
		return
	}
	prog, err := edition.Open(os.DirFS(x.dir), templates.Files)
	if err != nil {
		x.add("programme", broken, "doctor.programme.fault", "error", err.Error())
		return
	}
	x.prog, x.l = prog, prog.Locale
	x.add("programme", fine, "doctor.programme", "title", prog.Title, "n", x.count(int64(len(prog.Contract.Resources))))
}

func (x *patient) engine(ctx context.Context) {
	engine, err := warehouse.Engine(ctx)
	if err != nil {
		x.add("program", broken, "doctor.program.fault", "version", version(), "error", err.Error())
		return
	}
	x.add("program", fine, "doctor.program", "version", version(), "engine", engine, "system", runtime.GOOS+"/"+runtime.GOARCH)
}

// What a programme of two hundred units needs, with room to spare.
const (
	leastDisk, goodDisk = 200 << 20, 1 << 30
	leastMemory         = 512 << 20
)

func (x *patient) memory() {
	total, free, err := machine.Memory()
	switch pairs := []string{"total", x.size(total), "free", x.size(free)}; {
	case err != nil:
		x.add("memory", fine, "doctor.memory.unknown")
	case free < leastMemory:
		x.add("memory", warning, "doctor.memory.low", pairs...)
	default:
		x.add("memory", fine, "doctor.memory", pairs...)
	}
}

// console looks at what the terminal takes letters for.
func (x *patient) console() {
	if runtime.GOOS == "windows" {
		return // the console is written to in its own way
	}
	name := ""
	for _, key := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if name = os.Getenv(key); name != "" {
			break
		}
	}
	if folded := strings.ReplaceAll(strings.ToLower(name), "-", ""); !strings.Contains(folded, "utf8") {
		x.add("console", warning, "doctor.console.other", "name", name)
		return
	}
	x.add("console", fine, "doctor.console", "name", name)
}

func (x *patient) disk(check, dir string) {
	free, err := machine.Disk(machine.There(dir))
	switch pairs := []string{"folder", dir, "free", x.size(free)}; {
	case errors.Is(err, machine.ErrUnknown):
		x.add(check, fine, "doctor.disk.unknown", "folder", dir)
	case err != nil:
		x.add(check, broken, "doctor.disk.fault", "folder", dir, "error", err.Error())
	case free < leastDisk:
		x.add(check, broken, "doctor.disk.full", pairs...)
	case free < goodDisk:
		x.add(check, warning, "doctor.disk.low", pairs...)
	default:
		x.add(check, fine, "doctor.disk", pairs...)
	}
}

func (x *patient) writable(check, dir string) {
	there := machine.There(dir)
	if err := machine.Writable(there); err != nil {
		x.add(check, broken, "doctor.write.fault", "folder", dir, "error", err.Error())
		return
	}
	x.add(check, fine, "doctor.write", "folder", dir)
}

func (x *patient) target(dir string) {
	if !filepath.IsAbs(dir) {
		dir = filepath.Join(x.dir, dir)
	}
	// The folder above must be there: what is missing may be a share that is not mounted.
	if info, err := os.Stat(filepath.Dir(dir)); err != nil || !info.IsDir() {
		x.add("target", broken, "doctor.target.gone", "folder", dir)
		return
	}
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		x.add("target", broken, "doctor.target.file", "folder", dir)
		return
	}
	x.disk("target_disk", dir)
	before := len(x.found)
	x.writable("target_write", dir)
	if x.found[before].State != fine {
		return
	}
	if err := machine.Links(machine.There(dir)); err != nil {
		x.add("target_links", warning, "doctor.links.none", "folder", dir)
		return
	}
	x.add("target_links", fine, "doctor.links", "folder", dir)
}

// warehouse looks at the file and returns when the latest submission came.
func (x *patient) warehouse(ctx context.Context) (last time.Time) {
	path := edition.Warehouse(x.dir)
	info, err := os.Stat(path)
	switch {
	case x.prog == nil:
		return last
	case errors.Is(err, fs.ErrNotExist):
		x.add("warehouse", fine, "doctor.warehouse.none")
		return last
	case err != nil:
		x.add("warehouse", broken, "doctor.warehouse.fault", "error", err.Error())
		return last
	}
	if _, running, err := lock.Look(path + ".lock"); err == nil && running {
		x.add("warehouse", fine, "doctor.warehouse.busy")
		return last
	}
	h, err := warehouse.Examine(ctx, path, x.prog.Contract)
	switch {
	case err != nil:
		x.add("warehouse", broken, "doctor.warehouse.fault", "error", err.Error())
		return last
	case h.Outdated:
		x.add("warehouse", warning, "doctor.warehouse.outdated")
	default:
		x.add("warehouse", fine, "doctor.warehouse", "size", x.size(uint64(info.Size())), "n", x.count(h.Files))
	}
	if h.Last.IsZero() {
		x.add("last_load", fine, "doctor.load.none")
		return last
	}
	x.add("last_load", fine, "doctor.load", "at", x.when(h.Last))
	return h.Last
}

// clock doubts a computer that lives in another year, or before what it has
// already taken in.
func (x *patient) clock(last time.Time) {
	zone, offset := x.now.Zone()
	at := []string{"at", x.now.Local().Format("15:04") + " " + x.l.Date(x.now.Local()), "zone", fmt.Sprintf("%s, UTC%+d", zone, offset/3600), "last", x.when(last)}
	switch {
	case x.now.Year() < 2025 || x.now.Year() > 2100:
		x.add("clock", broken, "doctor.clock.year", at...)
	case last.After(x.now.Add(time.Minute)):
		x.add("clock", broken, "doctor.clock.behind", at...)
	case offset != 7*3600:
		x.add("clock", warning, "doctor.clock.zone", at...)
	default:
		x.add("clock", fine, "doctor.clock", at...)
	}
}

func (x *patient) lock(file string) {
	holder, running, err := lock.Look(file)
	switch {
	case err != nil:
		x.add("lock", broken, "doctor.lock.fault", "file", file, "error", err.Error())
		return
	case holder == nil && !running:
		return
	}
	pairs := []string{"file", filepath.Base(file), "process", strconv.Itoa(holder.Process), "host", holder.Host, "since", x.when(holder.Since)}
	if running {
		x.add("lock", warning, "doctor.lock.held", pairs...)
		return
	}
	x.add("lock", warning, "doctor.lock.stale", pairs...)
}

func (x *patient) lastRun() {
	o := lastRun(journal(x.dir), (*outcome).complete)
	if o == nil {
		return
	}
	pairs := []string{"at", x.when(o.Started), "result", o.Result, "error", o.Error}
	switch o.Result {
	case "failed":
		x.add("last_run", warning, "doctor.run.failed", pairs...)
	case "refused":
		x.add("last_run", warning, "doctor.run.refused", pairs...)
	default:
		x.add("last_run", fine, "doctor.run", "at", x.when(o.Started), "result", x.l.Say("doctor.result."+o.Result))
	}
}

func (x *patient) count(n int64) string { return x.l.Number(float64(n), 0) }

// size is a number of bytes as people read it.
func (x *patient) size(n uint64) string {
	if n >= 1<<30 {
		return x.l.Number(float64(n)/(1<<30), 1) + " GB"
	}
	return x.l.Number(float64(n)/(1<<20), 1) + " MB"
}

func (x *patient) when(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	t = report.Clock(t)
	return t.Format("15:04") + " " + x.l.Date(t)
}
