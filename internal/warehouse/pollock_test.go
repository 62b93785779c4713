package warehouse

import (
	"database/sql"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// torture is where files stand that others gathered to break readers with.
const torture = "../../../shared/cases/torture"

// A pollution is a file of the Pollock benchmark and what it should hold.
type pollution struct {
	name, path string
	header     []string
	rows       [][]string
}

// again is a file whose second table has the header of the first: a page that
// goes on. The benchmark takes the first table alone for the truth; the rows of
// the second are held against what stands in the file, where five of them have
// their cells in other columns.
const again = "file_multitable_same.csv"

func pollutions(t *testing.T) []pollution {
	t.Helper()
	paths, _ := filepath.Glob(filepath.Join(torture, "pollock", "*", "csv", "*.csv"))
	if len(paths) == 0 {
		t.Skipf("%s is not there: it stands beside the repository where it is developed", torture)
	}
	var out []pollution
	for _, path := range paths {
		p := pollution{name: filepath.Base(path), path: path}
		folder := filepath.Dir(filepath.Dir(path))
		file, err := os.Open(filepath.Join(folder, "clean", p.name))
		if err != nil {
			t.Fatal(err)
		}
		in := csv.NewReader(file)
		rows, err := in.ReadAll()
		file.Close()
		if err != nil {
			t.Fatal(p.name, err)
		}
		if len(rows) > 0 { // the header as it is joined there; that of the parameters has slips
			p.header, p.rows = rows[0], rows[1:]
		} else {
			p.header = parameters(t, filepath.Join(folder, "parameters", p.name+"_parameters.json"))
		}
		if p.name == again {
			p.rows = append(p.rows, second(t, path, len(p.rows))...)
		}
		for _, row := range p.rows {
			for i := range row {
				row[i] = stripped(row[i])
			}
		}
		out = append(out, p)
	}
	return out
}

// second returns the rows of the second table of a file, whose first has so
// many.
func second(t *testing.T, path string, rows int) [][]string {
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	in := csv.NewReader(file)
	in.LazyQuotes, in.FieldsPerRecord = true, -1
	all, err := in.ReadAll()
	if err != nil || len(all) != 2*(1+rows)-1 { // it is one row shorter
		t.Fatalf("%s: %d records, %v", path, len(all), err)
	}
	for i, row := range all { // the one with a wrong quote
		all[i] = append(row, make([]string, len(all[0])-len(row))...)
	}
	return all[rows+2:]
}

func parameters(t *testing.T, path string) []string {
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var p struct {
		Names []string `json:"column_names"`
	}
	if err := json.Unmarshal(text, &p); err != nil {
		t.Fatal(path, err)
	}
	return p.Names
}

// stripped is a cell without what surrounds it: blanks, and how a line ends.
func stripped(cell string) string {
	return strings.TrimSpace(strings.ReplaceAll(cell, "\r\n", "\n"))
}

// asContract writes a contract of text columns, a table for each file, without
// keys. A column without a header cannot be asked for.
func asContract(files []pollution) string {
	var b strings.Builder
	b.WriteString("name: x\nresources:\n")
	for i, p := range files {
		fmt.Fprintf(&b, "  - name: t%d\n    path: t%d.csv\n    schema:\n      fields:\n", i, i)
		for c, title := range p.header {
			if strings.TrimSpace(title) == "" {
				continue
			}
			text, _ := json.Marshal(oneLine(title))
			fmt.Fprintf(&b, "        - {name: c%d, title: %s}\n", c, text)
		}
		if len(p.header) == 0 {
			b.WriteString("        - {name: c0, title: DATE}\n")
		}
	}
	return b.String()
}

func oneLine(title string) string { return strings.Join(strings.Fields(title), " ") }

// score counts cells.
type score struct {
	all      int // cells that the file should give
	right    int
	reported int // in rows that were rejected or put aside, or in a file that was refused
	silent   int // lost without a word, or wrong
	extra    int // rows that no row of the file is
}

func (s *score) add(o score) {
	s.all, s.right, s.reported, s.silent, s.extra = s.all+o.all, s.right+o.right, s.reported+o.reported, s.silent+o.silent, s.extra+o.extra
}

func (s score) String() string {
	return fmt.Sprintf("%d of %d cells right, %d reported, %d lost or wrong, %d rows too many", s.right, s.all, s.reported, s.silent, s.extra)
}

// TestPollock: of files that were polluted in known ways, and of wild ones, no
// cell is lost or changed without a word. What the engine's own reader does
// with them, left to find out everything itself, stands beside it in the log.
func TestPollock(t *testing.T) {
	files := pollutions(t)
	f := withContract(t, asContract(files))
	var ours, engine score
	for i, p := range files {
		text, err := os.ReadFile(p.path)
		if err != nil {
			t.Fatal(err)
		}
		r := f.load(fmt.Sprintf("t%d", i), fmt.Sprintf("t%d.csv", i), string(text))
		s := p.held(t, f, i, r)
		b := p.sniffed(t, f)
		ours.add(s)
		engine.add(b)
		t.Logf("%-70s %s | read_csv: %s", p.name, s, b)
		if s.silent > 0 || s.extra > 0 {
			t.Errorf("%s: %s\n%+v", p.name, s, r)
		}
	}
	t.Logf("%d files: %s", len(files), ours)
	t.Logf("read_csv: %s", engine)
	if 100*ours.right < 90*ours.all {
		t.Errorf("%d of %d cells are right, want nine tenths", ours.right, ours.all)
	}
}

// What a column of the truth may be instead of one that came out.
const unnamed, absentee = -1, -2

// loaded is a row as it came out.
type loaded struct {
	line  int64
	cells []string
}

// held scores what the warehouse holds of a file.
func (p pollution) held(t *testing.T, f *fixture, i int, r *Receipt) score {
	if r.Status == Refused {
		n := len(p.rows) * len(p.header)
		return score{all: n, reported: n}
	}
	columns, at, n := "line", make([]int, len(p.header)), 0
	for c, title := range p.header {
		switch {
		case strings.TrimSpace(title) == "":
			at[c] = unnamed
		case slices.Contains(r.Absent, oneLine(title)): // the receipt says that it is
			at[c] = absentee
		default:
			columns += fmt.Sprintf(", c%d", c)
			at[c] = n
			n++
		}
	}
	rows := query(t, f, fmt.Sprintf("SELECT %s FROM t%d ORDER BY line", columns, i))
	var told []int64
	for _, row := range query(t, f, fmt.Sprintf("SELECT line FROM rejects WHERE submission = %d UNION SELECT line FROM passed WHERE submission = %[1]d ORDER BY line", r.Submission)) {
		told = append(told, row.line)
	}
	return p.compare(rows, at, told)
}

// sniffed scores what the engine's reader makes of a file on its own.
func (p pollution) sniffed(t *testing.T, f *fixture) score {
	n := len(p.rows) * len(p.header)
	rows, err := ask(f, "SELECT 0, * FROM read_csv("+lit(p.path)+", all_varchar=true)")
	if err != nil {
		return score{all: n, reported: n}
	}
	at := make([]int, len(p.header))
	for c := range at {
		at[c] = c
	}
	return p.compare(rows, at, nil)
}

// compare walks the rows beside the truth. Rows that are missing between two
// that are there were reported when a line between them was.
func (p pollution) compare(rows []loaded, at []int, told []int64) score {
	s := score{all: len(p.rows) * len(p.header)}
	next, last := 0, int64(0)
	missing := func(n int, from, to int64) {
		first := slices.IndexFunc(told, func(l int64) bool { return l > from && l < to })
		lines := int64(0)
		if first >= 0 {
			lines = to - told[first]
		}
		reported := min(n, int(min(lines, 1<<30)))
		s.reported += reported * len(p.header)
		s.silent += (n - reported) * len(p.header)
	}
	for _, row := range rows {
		found := next
		for found < len(p.rows) && p.same(row, found, at) < p.asked(at, row) {
			found++
		}
		if found == len(p.rows) { // like none: the nearest is where it should be
			found = next
			if next == len(p.rows) || 2*p.same(row, next, at) < p.asked(at, row) {
				s.extra++
				continue
			}
		}
		missing(found-next, last, row.line)
		right, absent := p.same(row, found, at), 0
		for c, k := range at {
			switch {
			case k == absentee:
				absent++
			case k == unnamed && p.rows[found][c] == "": // nothing under no header
				right++
			}
		}
		s.right, s.reported, s.silent = s.right+right, s.reported+absent, s.silent+len(p.header)-right-absent
		next, last = found+1, row.line
	}
	missing(len(p.rows)-next, last, 1<<40)
	return s
}

// asked is how many columns of the truth a row has.
func (p pollution) asked(at []int, row loaded) int {
	n := 0
	for c := range p.header {
		if k := at[c]; k >= 0 && k < len(row.cells) {
			n++
		}
	}
	return n
}

// same counts the cells of a row that are those of the truth.
func (p pollution) same(row loaded, truth int, at []int) int {
	n := 0
	for c := range p.header {
		if k := at[c]; k >= 0 && k < len(row.cells) && row.cells[k] == p.rows[truth][c] {
			n++
		}
	}
	return n
}

func query(t *testing.T, f *fixture, statement string) []loaded {
	t.Helper()
	rows, err := ask(f, statement)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// ask runs a statement whose first column is a line; the others are texts.
func ask(f *fixture, statement string) ([]loaded, error) {
	rows, err := f.w.conn.QueryContext(f.t.Context(), statement)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	var out []loaded
	for rows.Next() {
		r := loaded{cells: make([]string, len(names)-1)}
		cells, to := make([]sql.NullString, len(names)-1), []any{&r.line}
		for i := range cells {
			to = append(to, &cells[i])
		}
		if err := rows.Scan(to...); err != nil {
			return nil, err
		}
		for i, c := range cells {
			r.cells[i] = stripped(c.String)
		}
		out = append(out, r)
	}
	return out, rows.Err()
}
