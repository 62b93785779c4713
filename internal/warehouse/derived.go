package warehouse

import (
	"fmt"
	"strings"
	"time"

	"tongket/internal/contract"
	"tongket/internal/report"
)

// Derived makes the tests that follow from the contract and need not be
// written by hand: what holds today has keys that point to rows that hold
// today, obeys today's rules, and does not fall where it is cumulative. A row
// can break them though it was accepted, when a register or the contract has
// changed since.
func Derived(c *contract.Contract, gate contract.Gate, now time.Time, l *report.Locale) ([]*Query, error) {
	var out []*Query
	add := func(name, severity, title, body string) error {
		text := fmt.Sprintf("-- title: %q\n-- severity: %s\n%s", title, severity, body)
		q, err := parseQuery("data/"+name+".sql", text, true)
		if err != nil {
			return err
		}
		q.File = contract.File
		q.titled = map[string]string{"submission": l.Say("derived.submission"), "line": l.Say("derived.line"), "__item": l.Say("derived.item"),
			"__previous": l.Say("derived.previous"), "__current": l.Say("derived.current"), "sheet_number": l.Say("column.sheet_number"), "message": l.Say("derived.message"), "received_at": l.Say("derived.received")}
		out = append(out, q)
		return nil
	}
	for _, r := range c.Resources {
		key := keyColumns(r)
		for _, k := range r.ForeignKeys {
			to := c.Resource(k.Resource)
			err := add("orphan_"+r.Name+"_"+k.Field, gate.Orphans, l.Say("derived.orphan", "resource", r.Title, "target", to.Title),
				fmt.Sprintf("SELECT %s%s, submission, sheet_number, line FROM %s WHERE %[2]s IS NOT NULL AND %[2]s NOT IN (SELECT %[4]s FROM %[5]s WHERE %[4]s IS NOT NULL) ORDER BY ALL",
					without(key, k.Field), ident(k.Field), ident(r.Name), ident(k.Target), ident(to.Name)))
			if err != nil {
				return nil, err
			}
		}
		if body := rulesBroken(r, key); body != "" {
			if err := add("rules_"+r.Name, gate.Rules, l.Say("derived.rules", "resource", r.Title), body); err != nil {
				return nil, err
			}
		}
		if body := falls(c, r); body != "" {
			if err := add("falls_"+r.Name, gate.Falls, l.Say("derived.falls", "resource", r.Title), body); err != nil {
				return nil, err
			}
		}
		if body := shortPeriods(r); body != "" {
			if err := add("short_periods_"+r.Name, "warn", l.Say("derived.short", "resource", r.Title), body); err != nil {
				return nil, err
			}
		}
	}
	for _, t := range changesWrong(c, l) {
		if err := add(t[0], "stop", t[1], t[2]); err != nil {
			return nil, err
		}
	}
	if g := gate.Complete; g != nil {
		if err := isTable(c, g.Table); err != nil {
			return nil, err
		}
		if err := add("reports_incomplete", g.Severity, l.Say("derived.complete"), incomplete(c.Resource(g.Table), g)); err != nil {
			return nil, err
		}
		out[len(out)-1].File = contract.ProgrammeFile
	}
	if g := gate.Fresh; g != nil && !now.IsZero() {
		if err := isTable(c, g.Table); err != nil {
			return nil, err
		}
		if err := add("figures_old", g.Severity, l.Say("derived.fresh", "resource", c.Resource(g.Table).Title, "allowed", l.Number(float64(g.Days), 0)), old(g, now)); err != nil {
			return nil, err
		}
		out[len(out)-1].File = contract.ProgrammeFile
	}
	return out, nil
}

// shortPeriods finds single rows of periods shorter than those of nearly all
// others: "1/2024" among quarters was meant as the first quarter, and is
// January.
func shortPeriods(r *contract.Resource) string {
	for _, name := range r.PrimaryKey {
		if r.Field(name).Period {
			return fmt.Sprintf(`WITH told AS (SELECT *, %[1]s(%[2]s) AS __months, count(*) OVER () AS __all, count(*) OVER (PARTITION BY %[1]s(%[2]s)) AS __alike FROM %[3]s),
usual AS (SELECT any_value(__months) AS months FROM told WHERE __alike >= 0.9 * __all)
SELECT %[4]ssubmission, sheet_number, line FROM told, usual WHERE __months < usual.months ORDER BY ALL`,
				PeriodMonths, ident(name), ident(r.Name), without(keyColumns(r), ""))
		}
	}
	return ""
}

func isTable(c *contract.Contract, table string) error {
	if c.Resource(table) != nil {
		return nil
	}
	var names []string
	for _, r := range c.Resources {
		names = append(names, r.Name)
	}
	return fmt.Errorf("%s: gate: no table %q%s", contract.ProgrammeFile, table, report.Suggest(table, names))
}

// incomplete finds who must report for the latest period that is due and has
// not, when too few have. Where those who must report come with periods, these
// are due; else the periods as long as those of most reports. A report counts
// for every period that ends by its own last day.
func incomplete(r *contract.Resource, g *contract.Complete) string {
	period := "period"
	for _, f := range r.Fields {
		if f.Period {
			period = f.Name
		}
	}
	// The name of the period means that of those who must report, and the null
	// beside them where they have none.
	return fmt.Sprintf(`WITH asked AS (SELECT DISTINCT d.%[3]s, d.%[1]s FROM (SELECT NULL::VARCHAR AS %[1]s) AS __none, LATERAL (SELECT %[3]s, %[1]s FROM %[4]s) AS d),
usual AS (SELECT %[6]s(%[1]s) AS months FROM %[2]s GROUP BY months ORDER BY count(*) DESC, months LIMIT 1),
known AS (SELECT %[1]s FROM asked UNION SELECT %[1]s FROM %[2]s WHERE (SELECT count(%[1]s) FROM asked) = 0 AND %[6]s(%[1]s) >= (SELECT months FROM usual)),
latest AS (SELECT %[1]s, %[7]s(%[1]s) AS day FROM known WHERE day <= (SELECT max(%[7]s(%[1]s)) FROM %[2]s) ORDER BY day DESC, %[1]s DESC LIMIT 1),
due AS (SELECT DISTINCT asked.%[3]s, latest.%[1]s, latest.day FROM asked, latest WHERE coalesce(%[7]s(asked.%[1]s) = latest.day, true)),
missing AS (SELECT due.%[3]s, due.%[1]s FROM due WHERE NOT EXISTS (SELECT 1 FROM %[2]s AS t WHERE t.%[3]s = due.%[3]s AND %[7]s(t.%[1]s) >= due.day))
SELECT * FROM missing WHERE (SELECT count(*) FROM missing) > (1 - %[5]g) * (SELECT count(*) FROM due) ORDER BY ALL`,
		ident(period), ident(r.Name), ident(g.Key), ident(g.Due), g.Share, PeriodMonths, PeriodEnd)
}

// old tells the day of the last file, when it is too long ago.
func old(g *contract.Fresh, now time.Time) string {
	return fmt.Sprintf(`SELECT max(received_at) AS received_at FROM submissions WHERE resource = %s AND status <> 'refused'
HAVING coalesce(max(received_at), TIMESTAMP '1900-01-01') < TIMESTAMP %s - INTERVAL %d DAY`, lit(g.Table), lit(now.UTC().Format(time.DateTime)), g.Days)
}

func keyColumns(r *contract.Resource) []string {
	var out []string
	for _, k := range r.PrimaryKey {
		out = append(out, ident(k))
	}
	return out
}

// without lists columns but one, each with a comma behind it.
func without(columns []string, field string) string {
	var b strings.Builder
	for _, c := range columns {
		if c != ident(field) {
			b.WriteString(c + ", ")
		}
	}
	return b.String()
}

func rulesBroken(r *contract.Resource, key []string) string {
	var broken, messages []string
	for _, rule := range r.Rules {
		if !rule.Warning {
			condition := "NOT (" + rule.Condition + "\n)"
			broken = append(broken, condition)
			messages = append(messages, fmt.Sprintf("WHEN %s THEN %s", condition, lit(rule.Message)))
		}
	}
	if len(broken) == 0 {
		return ""
	}
	return fmt.Sprintf("SELECT %sCASE %s END AS message, submission, sheet_number, line FROM %s WHERE %s ORDER BY ALL",
		without(key, ""), strings.Join(messages, " "), ident(r.Name), strings.Join(broken, " OR "))
}

// falls finds cumulative figures below those of the period before in the same
// phase, be it a month, a quarter or a year: all count from one beginning.
func falls(c *contract.Contract, r *contract.Resource) string {
	period := ""
	var keys, figures []string
	for _, name := range r.PrimaryKey {
		if f := r.Field(name); f.Period {
			period = name
		} else {
			keys = append(keys, ident(name))
		}
	}
	for _, f := range r.Fields {
		if f.Cumulative && (f.Type == contract.Number || f.Type == contract.Integer) {
			figures = append(figures, fmt.Sprintf("CAST(%s AS DOUBLE) AS %[1]s", ident(f.Name)))
		}
	}
	if period == "" || len(keys) == 0 || len(figures) == 0 {
		return ""
	}
	list := strings.Join(keys, ", ")
	return fmt.Sprintf(`WITH long AS (
  UNPIVOT (SELECT %[1]s, %[2]s, submission, sheet_number, line, %[6]s AS __phase, %[3]s FROM %[4]s AS __all)
  ON COLUMNS(* EXCLUDE (%[1]s, %[2]s, submission, sheet_number, line, __phase)) INTO NAME __item VALUE __current
), paired AS (
  SELECT *, lag(__current) OVER w AS __previous
  FROM long WINDOW w AS (PARTITION BY %[1]s, __item, __phase ORDER BY %[7]s)
)
SELECT %[1]s, %[2]s, %[5]s AS __item, __previous, __current, submission, sheet_number, line FROM paired WHERE __current < __previous ORDER BY ALL`,
		list, ident(period), strings.Join(figures, ", "), ident(r.Name), titled(r, "__item"), phase(c, r, "__all."+ident(period)), inTime(ident(period)))
}
