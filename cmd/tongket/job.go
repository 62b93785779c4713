package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"tongket/internal/contract"
	"tongket/internal/edition"
	"tongket/internal/lock"
	"tongket/internal/report"
	"tongket/internal/schedule"
	"tongket/templates"
)

func runVerb(p *programme, s streams) *cobra.Command {
	var every time.Duration
	var cron, logFile string
	var asJSON bool
	c := &cobra.Command{
		Use:   "run",
		Short: "Load what is new, check, and publish: the whole job",
		Long: "Load what is new in data/, run the tests, and publish an edition if they let it pass and something changed.\n" +
			"Without publish in tongket.yaml the edition is built into dist/. With --every or --cron it goes on until it is\n" +
			"stopped; a run that was due while it was off is made up for. A summary of each run is kept in .tongket/run.log.\n" +
			"Exit code 1 after an error, 3 when the tests stand against it.",
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			plan, err := schedule.Parse(cron, every)
			if err != nil {
				return usage{err}
			}
			dir, err := p.folder()
			if err != nil {
				return err
			}
			j := &job{dir: dir, journal: journal(dir), s: s, asJSON: asJSON}
			if logFile != "" {
				j.journal = logFile
			}
			if plan == nil {
				if code := j.once(c.Context()).code(); code != done {
					return fault{code: code}
				}
				return nil
			}
			return j.forever(c.Context(), plan)
		},
	}
	c.Flags().DurationVar(&every, "every", 0, "run again after such a `time`: 24h, 30m")
	c.Flags().StringVar(&cron, "cron", "", "run at these `times`, five fields of cron in local time: \"0 6 * * 1\" for Mondays at six")
	c.Flags().StringVar(&logFile, "log", "", "the `file` of the summaries; .tongket/run.log if not given")
	c.Flags().BoolVar(&asJSON, "json", false, "print the summary of each run as JSON, one a line")
	return c
}

// job is the programme that runs work on.
type job struct {
	dir     string
	journal string
	s       streams
	asJSON  bool
}

// forever runs whenever the plan says so, until it is stopped.
func (j *job) forever(ctx context.Context, plan *schedule.Plan) error {
	const soon = time.Minute // after which what found a lock taken is tried again
	due := time.Now()
	if last := lastRun(j.journal, (*outcome).complete); last != nil {
		var err error
		if due, err = plan.Resume(last.Started, due); err != nil {
			return usage{err}
		}
	}
	for {
		j.next(due)
		if err := j.wait(ctx, plan, due); err != nil {
			return nil // stopped between two runs: all is well
		}
		start := time.Now()
		o := j.once(ctx)
		if ctx.Err() != nil {
			return nil
		}
		next, err := plan.Next(start)
		if err != nil {
			return err
		}
		if retry := time.Now().Add(soon); o.Busy && retry.Before(next) {
			next = retry
		}
		due = next
	}
}

// next says when the next run is due.
func (j *job) next(due time.Time) {
	prog, err := edition.Open(os.DirFS(j.dir), templates.Files)
	if err != nil || j.asJSON || !due.After(time.Now()) {
		return // the run will tell what is wrong
	}
	due = report.Clock(due)
	fmt.Fprintln(j.s.out, prog.Locale.Say("run.next", "time", due.Format("15:04"), "day", prog.Locale.Date(due)))
}

// wait returns when the time has come. The clock is looked at again and again:
// a machine may sleep, and a clock may be set.
func (j *job) wait(ctx context.Context, plan *schedule.Plan, due time.Time) error {
	const look = time.Minute
	planned := time.Now().Round(0)
	for {
		due = plan.Due(planned, due, time.Now().Round(0))
		left := time.Until(due.Round(0)) // by the wall clock
		if left <= 0 {
			return ctx.Err()
		}
		select {
		case <-time.After(min(left, look)):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// once runs the whole job, calls the hook, keeps what came of it in the log and
// tells it.
func (j *job) once(ctx context.Context) *outcome {
	o := &outcome{Started: time.Now().UTC(), Refused: []string{}, Waiting: []string{}, Findings: []edition.Finding{}}
	prog, err := edition.Open(os.DirFS(j.dir), templates.Files)
	if err == nil {
		err = j.work(ctx, prog, o)
	}
	o.Ended = time.Now().UTC()
	if err != nil {
		o.fail(err, prog)
	}
	if err != nil && ctx.Err() != nil {
		o.Result = "stopped"
	} else if err := o.hook(ctx, j.dir, hooks(j.dir, prog), j.s); err != nil {
		o.Hook = err.Error()
	}
	if err := o.log(j.journal); err != nil {
		o.Unkept = err.Error()
	}
	if err := j.tell(prog, o); err != nil { // nobody listens any more
		fmt.Fprintln(j.s.err, err)
	}
	return o
}

// hooks are those of the programme, even when its settings are at fault
// elsewhere: somebody waits to be told.
func hooks(dir string, prog *edition.Programme) contract.Hooks {
	if prog != nil {
		return prog.Run
	}
	if settings, _ := contract.ReadProgramme(os.DirFS(dir)); settings != nil {
		return settings.Run
	}
	return contract.Hooks{}
}

// tell prints the summary.
func (j *job) tell(prog *edition.Programme, o *outcome) error {
	for _, fault := range []string{o.Hook, o.Unkept} {
		if fault != "" {
			fmt.Fprintln(j.s.err, fault)
		}
	}
	if o.Result == "stopped" && o.Error != "" {
		fmt.Fprintln(j.s.err, o.Error)
	}
	if j.asJSON {
		e := json.NewEncoder(j.s.out)
		e.SetEscapeHTML(false)
		return e.Encode(o)
	}
	if prog == nil {
		fmt.Fprintln(j.s.err, o.Error)
		return nil
	}
	l := prog.Locale
	n := func(v int64) string { return l.Number(float64(v), 0) }
	fmt.Fprintln(j.s.out, l.Say("run.files", "files", n(int64(o.Files)), "known", n(int64(o.Known)), "refused", n(int64(len(o.Refused))),
		"accepted", n(o.Accepted), "rejected", n(o.Rejected), "warned", n(o.Warned)))
	for _, name := range o.Waiting {
		fmt.Fprintln(j.s.out, l.Say("run.waiting", "file", clean(name)))
	}
	for _, f := range o.Findings {
		if f.Severity == "stop" {
			printFinding(j.s, "", f, l)
		}
	}
	fmt.Fprintln(j.s.out, l.Say("run."+o.Result, "edition", o.Edition, "folder", o.Folder, "error", o.Error))
	return nil
}

// work loads, checks and publishes, under one lock: two runs at once would
// only undo each other's order.
func (j *job) work(ctx context.Context, prog *edition.Programme, o *outcome) (err error) {
	if err := os.MkdirAll(filepath.Join(j.dir, ".tongket"), 0o755); err != nil {
		return fmt.Errorf("run: %w", err)
	}
	held, err := lock.Acquire(filepath.Join(j.dir, ".tongket", "run.lock"))
	var by *lock.Held
	if errors.As(err, &by) {
		since := report.Clock(by.Since)
		return by.In(prog.Locale.Say("run.busy", "process", strconv.Itoa(by.Process), "since", since.Format("15:04")+" "+prog.Locale.Date(since)))
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, held.Release()) }()
	if err := j.load(ctx, prog, o); err != nil {
		return err
	}
	order := orderOf(j.dir)
	order.Now = time.Now()
	if prog.Publish.Target == "" {
		return j.build(ctx, order, o)
	}
	return j.publish(ctx, prog, order, o)
}

func (j *job) load(ctx context.Context, prog *edition.Programme, o *outcome) error {
	all, err := deliveries(j.dir, prog, nil, o.Started)
	if err != nil {
		return err
	}
	still, waiting, err := settled(ctx, all, time.Now())
	if err != nil {
		return err
	}
	o.Waiting = append(o.Waiting, waiting...)
	w, err := open(ctx, j.dir, prog, j.s)
	if err != nil {
		return err
	}
	s := j.s
	if j.asJSON {
		s.out = io.Discard
	}
	receipts, err := loadAll(ctx, w, still, s, prog.Locale, j.asJSON)
	if err == nil {
		err = forget(ctx, w, all, s, prog.Locale, j.asJSON)
	}
	o.count(receipts)
	return errors.Join(err, w.Close(), sendBack(j.dir, receipts, s, prog.Locale, j.asJSON))
}

// build makes dist/ where no target is named.
func (j *job) build(ctx context.Context, order edition.Order, o *outcome) error {
	order.Out = filepath.Join(j.dir, "dist")
	made, err := edition.Renew(ctx, order)
	var refused *edition.Refused
	switch {
	case errors.As(err, &refused):
		o.Result, o.Findings = "refused", append(o.Findings, refused.Findings...)
		return nil
	case err != nil:
		return err
	}
	o.Result, o.Folder, o.Findings = "built", order.Out, append(o.Findings, made.Findings...)
	if made.Kept {
		o.Result = "kept"
	}
	return nil
}

func (j *job) publish(ctx context.Context, prog *edition.Programme, order edition.Order, o *outcome) error {
	done, err := edition.Publish(ctx, edition.PublishOrder{Order: order, Folder: j.dir, Target: prog.Target(j.dir), At: order.Now})
	var refused *edition.Refused
	if errors.As(err, &refused) {
		o.Result, o.Findings = "refused", append(o.Findings, refused.Findings...)
		return nil
	}
	if done != nil {
		o.Result, o.Edition, o.Folder = "unchanged", done.Edition, done.Target
		o.Findings = append(o.Findings, done.Findings...)
		if done.Withheld != "" {
			o.Result = "withheld"
		}
		if done.Made {
			o.Result = "published"
		}
	}
	return err
}
