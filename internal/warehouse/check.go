package warehouse

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tongket/internal/contract"
)

// A check is a condition that a faulty row fulfils, and what to say of it.
type check struct {
	condition string // over the columns of __resolved
	column    string // the field at fault; empty when the row is
	value     string // expression of the text to show
	rule      string
	message   string // expression
	warning   bool
	from      string // more than __resolved, where the message needs it
	line      int    // of the contract, for a rule
}

// resolve makes the view __resolved: the rows of the file with the keys of other
// tables found. A text is resolved once, however many rows hold it.
func (l *loading) resolve(ctx context.Context) error {
	var joins, replaced []string
	for i, k := range l.Resource.ForeignKeys {
		found := fmt.Sprintf("__found%d", i)
		if err := l.lookup(ctx, found, k); err != nil {
			return err
		}
		joins = append(joins, fmt.Sprintf("LEFT JOIN %s ON %[1]s.given = __lined.%s%s", found, ident(k.Field), l.sameDay(found, k)))
		replaced = append(replaced, fmt.Sprintf("%s.key AS %s", found, ident(k.Field)))
	}
	columns := "__lined.*"
	if len(replaced) > 0 {
		columns = "__lined.* REPLACE (" + strings.Join(replaced, ", ") + ")"
		for _, k := range l.Resource.ForeignKeys {
			columns += fmt.Sprintf(", __lined.%s AS %s", ident(k.Field), given(k.Field))
		}
	}
	return l.exec(ctx, "CREATE OR REPLACE TEMP VIEW __resolved AS SELECT "+columns+" FROM __lined "+strings.Join(joins, " "))
}

// check fills the temporary table __faults. All conditions are counted in one
// pass; only those that some row fulfils are looked at again.
func (l *loading) check(ctx context.Context) error {
	err := l.exec(ctx, `CREATE OR REPLACE TEMP TABLE __faults (line BIGINT, rows BIGINT, severe BOOLEAN, "column" VARCHAR, value VARCHAR, rule VARCHAR, message VARCHAR)`)
	if err != nil {
		return err
	}
	told, err := l.toldByIntake()
	if err != nil {
		return err
	}
	// Note: the engine (1.5.5) loses a large parallel insert into a table that
	// an insert of no rows from a file came before in the same transaction.
	if told {
		columns := []string{"'line': 'BIGINT'", "'rows': 'BIGINT'", "'severe': 'BOOLEAN'", "'column': 'VARCHAR'", "'value': 'VARCHAR'", "'rule': 'VARCHAR'", "'message': 'VARCHAR'"}
		if err := l.exec(ctx, "INSERT INTO __faults SELECT * FROM "+ours(l.faults, columns)); err != nil {
			return err
		}
	}
	if l.told, err = l.count(ctx, "SELECT count(*) FROM __faults"); err != nil {
		return err
	}
	checks := l.checks()
	var conditions []string
	for _, c := range checks {
		conditions = append(conditions, c.condition)
	}
	counts, err := l.counts(ctx, conditions, "FROM __resolved")
	if err != nil {
		return l.broken(ctx, checks, err)
	}
	for i, c := range checks {
		if counts[i] == 0 {
			continue
		}
		told, err := l.tell(ctx, c)
		if err != nil {
			return err
		}
		if told != counts[i] {
			return fmt.Errorf("rule %s: %d rows are at fault and %d were told", c.rule, counts[i], told)
		}
	}
	for _, key := range l.unique() {
		if err := l.checkUnique(ctx, key); err != nil {
			return err
		}
	}
	if err := l.checkSelf(ctx); err != nil {
		return err
	}
	if kept, err := l.count(ctx, "SELECT count(*) FROM __faults"); err != nil || kept < l.told {
		return errors.Join(err, fmt.Errorf("%d faults were told and %d are kept; nothing of the file was kept", l.told, kept))
	}
	return errors.Join(l.history(ctx), l.emptied(ctx))
}

// toldByIntake reports whether the intake found faults.
func (l *loading) toldByIntake() (bool, error) {
	if l.faults == "" {
		return false, nil
	}
	info, err := os.Stat(l.faults)
	if err != nil {
		return false, fmt.Errorf("temporary file: %w", err)
	}
	return info.Size() > 0, nil
}

// tell notes the rows that fulfil a check.
func (l *loading) tell(ctx context.Context, c check) (int64, error) {
	result, err := l.conn.ExecContext(ctx, fmt.Sprintf("INSERT INTO __faults SELECT __line, 1, %t, %s, %s, %s, %s FROM __resolved %s WHERE %s",
		!c.warning, lit(c.column), c.value, lit(c.rule), c.message, c.from, c.condition))
	if err != nil {
		return 0, fmt.Errorf("warehouse: %w", err)
	}
	n, err := result.RowsAffected()
	l.told += n
	return n, err
}

// counts returns how many rows of a relation fulfil each condition, in one
// pass.
func (l *loading) counts(ctx context.Context, conditions []string, from string) ([]int64, error) {
	if len(conditions) == 0 {
		return nil, nil
	}
	parts, counts, to := make([]string, len(conditions)), make([]int64, len(conditions)), make([]any, len(conditions))
	for i, c := range conditions {
		parts[i], to[i] = fmt.Sprintf("coalesce(count_if(%s), 0)", c), &counts[i]
	}
	if err := l.conn.QueryRowContext(ctx, "SELECT "+strings.Join(parts, ", ")+" "+from).Scan(to...); err != nil {
		return nil, fmt.Errorf("warehouse: %w", err)
	}
	return counts, nil
}

// broken finds the rule of the contract that the engine could not evaluate.
func (l *loading) broken(ctx context.Context, checks []check, err error) error {
	for _, c := range checks {
		if c.line == 0 {
			continue
		}
		if _, err := l.count(ctx, fmt.Sprintf("SELECT coalesce(count_if(%s), 0) FROM __resolved", c.condition)); err != nil {
			return fmt.Errorf("%s:%d: rule %q: %w", contract.File, c.line, c.rule, err)
		}
	}
	return fmt.Errorf("%s: resource %q: %w", contract.File, l.Resource.Name, err)
}

// checkSelf takes out the rows that refer to rows of the same file which were
// rejected themselves, until none is left.
func (l *loading) checkSelf(ctx context.Context) error {
	for _, k := range l.Resource.ForeignKeys {
		if k.Resource != l.Resource.Name {
			continue
		}
		c := check{
			column: l.Resource.Field(k.Field).Title, value: given(k.Field), rule: "reference",
			message: lit(l.locale.Say("load.reference", "resource", l.Resource.Title)),
			condition: fmt.Sprintf(`%s IS NOT NULL AND __line NOT IN (SELECT line FROM __faults WHERE severe)
				AND %[1]s IN (SELECT %[2]s FROM __resolved WHERE __line IN (SELECT line FROM __faults WHERE severe))
				AND %[1]s NOT IN (SELECT %[2]s FROM __resolved WHERE %[2]s IS NOT NULL AND __line NOT IN (SELECT line FROM __faults WHERE severe))`, ident(k.Field), ident(k.Target)),
		}
		for {
			told, err := l.tell(ctx, c)
			if err != nil {
				return err
			}
			if told == 0 {
				break
			}
		}
	}
	return nil
}

// checks lists every check of the contract on single rows.
func (l *loading) checks() []check {
	var out []check
	for _, f := range l.Resource.Fields {
		name, cell := ident(f.Name), "CAST("+ident(f.Name)+" AS VARCHAR)"
		shown := cell // as people write it
		if f.Type == contract.Number {
			shown = fmt.Sprintf("replace(%s, '.', %s)", cell, lit(l.locale.Say("number.decimal")))
		}
		add := func(rule, condition, value, message string) {
			out = append(out, check{condition: condition, column: f.Title, value: value, rule: rule, message: message})
		}
		say := func(key string, pairs ...string) string { return lit(l.locale.Say(key, pairs...)) }
		if k := l.Resource.Key(f.Name); k != nil {
			out = append(out, l.reference(f))
		}
		c := f.Constraints
		if c.Required || slices.Contains(l.Resource.PrimaryKey, f.Name) {
			empty := name + " IS NULL"
			if l.Resource.Key(f.Name) != nil {
				empty = given(f.Name) + " IS NULL"
			} else if f.Type != contract.String {
				empty += " AND NOT " + unread(f.Name)
			}
			add("required", empty, "NULL", say("load.required"))
		}
		if f.Type == contract.Date {
			add("range", name+" NOT BETWEEN DATE '1800-01-01' AND DATE '2200-12-31'", cell, say("load.type.date", "layout", f.Example()))
		}
		if c.Minimum != nil {
			add("minimum", name+" < "+l.bound(f, *c.Minimum), shown, say("load.minimum", "bound", *c.Minimum))
		}
		if c.Maximum != nil {
			add("maximum", name+" > "+l.bound(f, *c.Maximum), shown, say("load.maximum", "bound", *c.Maximum))
		}
		if c.MinLength != nil {
			add("minLength", fmt.Sprintf("length(%s) < %d", name, *c.MinLength), cell, say("load.min_length", "bound", fmt.Sprint(*c.MinLength)))
		}
		if c.MaxLength != nil {
			add("maxLength", fmt.Sprintf("length(%s) > %d", name, *c.MaxLength), cell, say("load.max_length", "bound", fmt.Sprint(*c.MaxLength)))
		}
		if c.Pattern != "" {
			add("pattern", fmt.Sprintf("NOT regexp_full_match(%s, %s)", cell, lit(c.Pattern)), cell, say("load.pattern"))
		}
		if f.Period {
			add("period", fmt.Sprintf("NOT regexp_full_match(%s, %s)", name, lit(periods)), name, say("load.period"))
		}
		if len(c.Enum) > 0 {
			add("enum", fmt.Sprintf("%s NOT IN (%s)", cell, lits(c.Enum)), cell, say("load.enum", "list", strings.Join(c.Enum, ", ")))
		}
	}
	for _, r := range l.Resource.Rules {
		out = append(out, check{condition: "NOT (" + r.Condition + "\n)", value: "NULL", rule: r.Name, message: lit(r.Message), warning: r.Warning, line: r.Line})
	}
	return out
}

// reference finds the keys that stand for no row, or for several.
func (l *loading) reference(f *contract.Field) check {
	i := slices.IndexFunc(l.Resource.ForeignKeys, func(k contract.ForeignKey) bool { return k.Field == f.Name })
	return check{
		condition: fmt.Sprintf("%s IS NOT NULL AND %s IS NULL", given(f.Name), ident(f.Name)),
		column:    f.Title, value: given(f.Name), rule: "reference",
		from:    fmt.Sprintf("LEFT JOIN __found%d AS found ON found.given = __resolved.%s%s", i, given(f.Name), strings.ReplaceAll(l.sameDay("found", l.Resource.ForeignKeys[i]), "__lined.", "__resolved.")),
		message: "found.message",
	}
}

func (l *loading) bound(f *contract.Field, text string) string {
	if f.Type == contract.Date {
		return "DATE " + lit(text)
	}
	if f.Type == contract.String {
		return lit(text)
	}
	return "CAST(" + lit(text) + " AS " + f.SQL() + ")"
}

// unique lists the sets of fields of which no two rows of a file may agree.
func (l *loading) unique() [][]string {
	var sets [][]string
	if len(l.Resource.PrimaryKey) > 0 {
		sets = append(sets, l.Resource.PrimaryKey)
	}
	for _, f := range l.Resource.Fields {
		if f.Constraints.Unique {
			sets = append(sets, []string{f.Name})
		}
	}
	return sets
}

// checkUnique finds rows that agree in all of these fields. Each value gets a
// small number and each row one bit in a map of all combinations, which is ten
// times as fast as grouping; only when bits are fewer than rows, or the map
// would be too large, are the rows grouped.
func (l *loading) checkUnique(ctx context.Context, fields []string) error {
	repeated, err := l.repeated(ctx, fields)
	if err != nil || !repeated {
		return err
	}
	var names, written, titles, notNull []string
	for _, f := range fields {
		names, written = append(names, ident(f)), append(written, ident(f))
		if l.Resource.Key(f) != nil {
			written[len(written)-1] = given(f) // as the file has it, not the code
		}
		titles = append(titles, l.Resource.Field(f).Title)
		notNull = append(notNull, ident(f)+" IS NOT NULL")
	}
	list := strings.Join(names, ", ")
	shown := strings.Join(written, "::VARCHAR || ' / ' || ") + "::VARCHAR"
	return l.exec(ctx, fmt.Sprintf(`INSERT INTO __faults SELECT __line, 1, true, %s, %s, 'unique', %s FROM __resolved
		WHERE (%s) IN (SELECT %[4]s FROM __resolved WHERE %[5]s GROUP BY %[4]s HAVING count(*) > 1)`,
		lit(strings.Join(titles, " + ")), shown, lit(l.locale.Say("load.key", "fields", l.spoken(titles))), list, strings.Join(notNull, " AND ")))
}

// spoken lists titles of columns inside a sentence.
func (l *loading) spoken(titles []string) string {
	out := ""
	for i, title := range titles {
		first, size := utf8.DecodeRuneInString(title)
		title = string(unicode.ToLower(first)) + title[size:]
		switch {
		case i == 0:
			out = title
		case i == len(titles)-1:
			out = l.locale.Say("chart.say.and", "a", out, "b", title)
		default:
			out += ", " + title
		}
	}
	return out
}

// bits is the size of the largest map of combinations: 32 MB.
const bits = 256 << 20

func (l *loading) repeated(ctx context.Context, fields []string) (bool, error) {
	space := int64(1)
	number, from := "0::BIGINT", "__resolved"
	for i, f := range fields {
		values := fmt.Sprintf("__values%d", i)
		err := l.exec(ctx, fmt.Sprintf("CREATE OR REPLACE TEMP TABLE %s AS SELECT value, row_number() OVER () - 1 AS i FROM (%s) WHERE value IS NOT NULL", values, l.distinct(f)))
		if err != nil {
			return false, err
		}
		n, err := l.count(ctx, "SELECT count(*) FROM "+values)
		if err != nil || n == 0 {
			return false, err
		}
		if space *= n; space > bits {
			return true, nil
		}
		number = fmt.Sprintf("(%s) * %d + %s.i", number, n, values)
		from += fmt.Sprintf(" JOIN %s ON %[1]s.value = __resolved.%s", values, ident(f))
	}
	repeated, err := l.count(ctx, fmt.Sprintf("SELECT count(*) - coalesce(bit_count(bitstring_agg(%s, 0::BIGINT, %d::BIGINT)), 0) FROM %s", number, space, from))
	return repeated > 0, err
}

// distinct selects the different values of a field. Those of a key are known.
func (l *loading) distinct(field string) string {
	for i, k := range l.Resource.ForeignKeys {
		if k.Field == field {
			return fmt.Sprintf("SELECT DISTINCT key AS value FROM __found%d", i)
		}
	}
	return fmt.Sprintf("SELECT DISTINCT %s AS value FROM __resolved", ident(field))
}
