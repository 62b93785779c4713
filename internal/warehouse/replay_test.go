package warehouse

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"tongket/internal/contract"
)

const replayContract = `name: replay
resources:
  - name: notes
    path: notes*.csv
    schema: {fields: [{name: a}, {name: n, type: integer}]}
  - name: items
    path: items*.csv
    schema: {primaryKey: [item, period], fields: [{name: item}, {name: period, period: true}, {name: n, type: integer}]}
  - name: reg
    path: reg*.csv
    schema: {primaryKey: code, fields: [{name: code}, {name: v, type: integer}]}
`

func replayFixture(t *testing.T) *fixture {
	t.Helper()
	c, err := contract.Read(fstest.MapFS{contract.File: {Data: []byte(replayContract)}})
	if err != nil {
		t.Fatal(err)
	}
	f := &fixture{t: t, dir: t.TempDir(), c: c, l: locale(t), time: time.Date(2022, 1, 10, 8, 0, 0, 0, time.UTC)}
	f.open()
	t.Cleanup(func() { f.w.Close() })
	return f
}

// standing lists every row in force after an event, today without one.
func (f *fixture) standing(event string) string {
	f.t.Helper()
	var out string
	in := func(table string) string { return "(" + standing(f.c.Resource(table), event) + ")" }
	err := f.w.conn.QueryRowContext(context.Background(), fmt.Sprintf(`SELECT coalesce(string_agg(x, ', ' ORDER BY x), '') FROM (
		SELECT 'note ' || a || n AS x FROM %s UNION ALL SELECT 'item ' || item || n FROM %s UNION ALL SELECT 'reg ' || code || v FROM %s)`, in("notes"), in("items"), in("reg"))).Scan(&out)
	if err != nil {
		f.t.Fatal(err)
	}
	return out
}

type delivered struct {
	table, name, text string
	id                int64
	gone              bool
}

// deliver loads a file of some random rows, with figures that tell the step.
func deliver(f *fixture, random *rand.Rand, step int) *delivered {
	table := []string{"notes", "items", "reg"}[random.IntN(3)]
	d := &delivered{table: table, name: fmt.Sprintf("%s%d.csv", table, random.IntN(2)), text: map[string]string{"notes": "a,n\n", "items": "item,period,n\n", "reg": "code,v\n"}[table]}
	form := map[string]string{"notes": "%c,%d\n", "items": "%c,2021-Q1,%d\n", "reg": "%c,%d\n"}[table]
	rows := 0
	for _, x := range "xyz" {
		if random.IntN(2) == 0 {
			d.text += fmt.Sprintf(form, x, 100+step)
			rows++
		}
	}
	if rows == 0 {
		return nil
	}
	r := f.load(d.table, d.name, d.text)
	if r.Status != Accepted {
		return nil
	}
	d.id = r.Submission
	return d
}

// TestReplay loads and withdraws at random. What is in force then is what there
// would be if the withdrawn files had never come, and what was in force after
// each event can still be told.
func TestReplay(t *testing.T) {
	for seed := range uint64(25) {
		random := rand.New(rand.NewPCG(seed, 1))
		f := replayFixture(t)
		var files []*delivered
		var story []string
		past := map[int64]string{}
		for step := range 12 {
			if random.IntN(3) > 0 || len(files) == 0 {
				if d := deliver(f, random, step); d != nil {
					files = append(files, d)
					story = append(story, fmt.Sprintf("%d: %s %q", d.id, d.name, d.text))
					past[d.id] = f.standing("")
				}
				continue
			}
			if d := files[random.IntN(len(files))]; !d.gone {
				d.gone = true
				f.withdraw(fmt.Sprint(d.id))
				event, err := f.w.count(context.Background(), "SELECT max(id) FROM submissions")
				if err != nil {
					t.Fatal(err)
				}
				story = append(story, fmt.Sprintf("%d: withdraw %d", event, d.id))
				past[event] = f.standing("")
			}
		}
		for event, want := range past {
			if got := f.standing(fmt.Sprint(event)); got != want {
				t.Errorf("seed %d, after event %d: %s\nit was %s\n%s", seed, event, got, want, strings.Join(story, "\n"))
			}
		}
		again := replayFixture(t)
		for _, d := range files {
			if !d.gone {
				again.load(d.table, d.name, d.text)
			}
		}
		if got, want := f.standing(""), again.standing(""); got != want {
			t.Errorf("seed %d: %s\nwithout the withdrawn files it would be %s\n%s", seed, got, want, strings.Join(story, "\n"))
		}
	}
}
