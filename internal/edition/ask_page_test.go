package edition_test

import (
	"compress/gzip"
	"encoding/csv"
	"fmt"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"tongket/internal/look"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// desk is the page on which readers ask, in a browser, from a server below a
// path of its own.
type desk struct {
	*tab
	folder, under string

	mu   sync.Mutex
	came []string // what the server was asked for, and what anybody asked of another
}

// TestAsk asks the sample's tables as readers do, on a machine without a
// network.
func TestAsk(t *testing.T) {
	if alone(t) {
		return
	}
	d := &desk{tab: newTab(t), folder: sampleEdition(t).folder}
	const below = "/noi-vu/tong-ket/"
	files := http.StripPrefix(below, http.FileServer(http.Dir(d.folder)))
	server := httptest.NewServer(d.counted("", files))
	defer server.Close()
	other := httptest.NewServer(d.counted("elsewhere: ", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "*") // no browser's rule of origins is what keeps a question in
		fmt.Fprint(w, "a,b\n1,2\n")
	})))
	defer other.Close()
	d.under = server.URL + below

	t.Run("nothing before the first press", func(t *testing.T) { d.first(t) })
	t.Run("figures", func(t *testing.T) { d.figures(t) })
	t.Run("examples", func(t *testing.T) { d.examples(t) })
	t.Run("hostile values", func(t *testing.T) { d.hostile(t) })
	t.Run("faults", func(t *testing.T) { d.faults(t) })
	t.Run("ways out", func(t *testing.T) { d.waysOut(t, other.URL) })
	t.Run("nothing is changed", func(t *testing.T) { d.unchanged(t) })
	t.Run("a cut is told", func(t *testing.T) { d.cut(t) })
	t.Run("stop", func(t *testing.T) { d.stop(t) })
	t.Run("late", func(t *testing.T) { d.late(t) })
	t.Run("a link", func(t *testing.T) { d.link(t) })
	t.Run("axe", func(t *testing.T) { d.accessible(t) })
	t.Run("servers that pack", func(t *testing.T) { d.packed(t) })
	t.Run("from disk", func(t *testing.T) { d.disk(t) })
}

func (d *desk) counted(mark string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		d.mu.Lock()
		d.came = append(d.came, mark+r.URL.Path)
		d.mu.Unlock()
		next.ServeHTTP(w, r)
	})
}

// requests are those since they were last asked for.
func (d *desk) requests() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	out := d.came
	d.came = nil
	return out
}

// told is what the page says after a question.
type told struct {
	Told, Fault string
	Head        []string
	Rows        [][]string
	Chart       bool
}

func (a told) first() string {
	if len(a.Rows) == 0 {
		return ""
	}
	return strings.Join(a.Rows[0], "|")
}

// asking is a function of the page that puts a question and waits for what
// becomes of it.
const asking = `
window.deskTold = () => {
	const part = name => document.querySelector(".ask-" + name), table = document.querySelector(".ask-table table");
	const cells = row => [...row.cells].map(c => c.textContent);
	return {
		Told: part("told").textContent, Fault: part("fault").hidden ? "" : part("fault").textContent,
		Head: table ? cells(table.tHead.rows[0]) : [], Rows: table ? [...table.tBodies[0].rows].map(cells) : [],
		Chart: document.querySelector(".ask-chart canvas") !== null,
	};
};
window.deskIdle = () => new Promise(done => {
	const frame = document.querySelector(".ask");
	const look = () => {
		if (frame.getAttribute("aria-busy") === "true") return;
		watcher.disconnect();
		setTimeout(() => done(deskTold()));
	};
	const watcher = new MutationObserver(look);
	watcher.observe(frame, { attributes: true });
	look();
});
window.deskAsk = sql => {
	document.querySelector(".ask-text").value = sql;
	document.querySelector(".ask-run").click();
	return deskIdle();
};`

// sit opens the page, at a width and with what stands behind # in its address.
func (d *desk) sit(t *testing.T, hash string, width int64, scheme string) {
	t.Helper()
	d.Run(t, chromedp.Navigate("about:blank")) // a change behind # alone loads nothing
	d.look(t, d.under+"hoi-so-lieu.html"+hash, width, scheme)
	d.Run(t, chromedp.Evaluate[chromedp.Void](asking))
}

func (d *desk) ask(t *testing.T, sql string) told {
	t.Helper()
	return look.Ask[told](t, d.Tab, fmt.Sprintf("deskAsk(%q)", sql))
}

func (d *desk) first(t *testing.T) {
	d.sit(t, "", 1280, "light")
	before := d.requests()
	if len(before) < 4 {
		t.Fatalf("only %v were asked for: the server is deaf", before)
	}
	for _, path := range before {
		if strings.Contains(path, "/engine.") || strings.HasSuffix(path, ".json") || strings.HasPrefix(path, "elsewhere") {
			t.Errorf("%s came before the reader said so", path)
		}
	}
	button := look.Ask[string](t, d.Tab, `document.querySelector(".ask-run").textContent`)
	got := d.ask(t, "SELECT 1 + 1 AS a")
	if got.first() != "2" {
		t.Errorf("1 + 1: %+v", got)
	}
	engines, size := 0, int64(0)
	for _, path := range d.requests() {
		if info, err := os.Stat(filepath.Join(d.folder, filepath.FromSlash(strings.TrimPrefix(path, "/noi-vu/tong-ket/")))); err == nil {
			size += info.Size()
		}
		if strings.HasSuffix(path, ".wasm.gz") {
			engines++
		}
		if !strings.HasPrefix(path, "/noi-vu/tong-ket/") {
			t.Errorf("%s was asked for", path)
		}
	}
	if engines != 1 {
		t.Errorf("the engine came %d times", engines)
	}
	if want := strings.Replace(fmt.Sprintf("%.1f MB", float64(size)/1e6), ".", ",", 1); !strings.Contains(button, want) {
		t.Errorf("the button says %q, and %s came", button, want)
	}
	d.Quiet(t, "hoi-so-lieu.html", d.under)
}

// figures holds answers against the files that the edition keeps.
func (d *desk) figures(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(d.folder, "data", "progress_latest.csv"))
	if err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(text), "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := func(name string) int { return slices.Index(records[0], name) }
	metres, money, localities := new(big.Rat), new(big.Rat), 0
	for _, r := range records[1:] {
		for sum, name := range map[*big.Rat]string{metres: "arranged_m", money: "budget_disbursed_vnd"} {
			if v, ok := new(big.Rat).SetString(r[at(name)]); ok {
				sum.Add(sum, v)
			}
		}
		if r[at("kind")] == "locality" {
			localities++
		}
	}
	vietnamese := func(v *big.Rat, decimals int) string {
		whole, part, _ := strings.Cut(v.FloatString(decimals), ".")
		for i := len(whole) - 3; i > 0; i -= 3 {
			whole = whole[:i] + "." + whole[i:]
		}
		if part == "" {
			return whole
		}
		return whole + "," + part
	}
	got := d.ask(t, "SELECT sum(arranged_m) AS arranged_m, sum(budget_disbursed_vnd) AS budget_disbursed_vnd, count(*) FILTER (WHERE kind = 'locality') AS n FROM progress_latest; -- tất cả")
	if want := fmt.Sprintf("%s|%s|%d", vietnamese(metres, 1), vietnamese(money, 0), localities); got.first() != want {
		t.Errorf("the page says %q, the file %q", got.first(), want)
	}
	if len(got.Head) != 3 || !strings.Contains(got.Head[0], "(mét)") {
		t.Errorf("the columns are %v", got.Head)
	}
	got = d.ask(t, "SELECT * FROM progress_latest")
	if len(got.Rows) != len(records)-1 {
		t.Errorf("%d rows, the file has %d", len(got.Rows), len(records)-1)
	}
	for _, c := range []struct{ sql, want string }{
		{"SELECT NULL AS a, DATE '2021-12-31' AS b, true AS c, 1234567.5 AS d, 0.1::DECIMAL(9,2) + 0.2::DECIMAL(9,2) AS e", "–|31/12/2021|Có|1.234.567,5|0,3"},
		{"SELECT 9007199254740993 AS a, 123456789012345678901234567890::HUGEINT AS b, 12345678901234567.89::DECIMAL(30,2) AS c", "9.007.199.254.740.993|123.456.789.012.345.678.901.234.567.890|12.345.678.901.234.567,89"},
		{"SELECT 1 AS a, 2 AS a", "1|2"},
		{"SELECT [1, 2] AS l, {'k': 'v'} AS s, 'Đồng Nai' AS t", "[1, 2]|{'k': v}|Đồng Nai"},
		{"FROM progress_latest SELECT unit_name ORDER BY ordinal LIMIT 1", "Văn phòng UBND tỉnh"},
	} {
		if got := d.ask(t, c.sql); got.first() != c.want {
			t.Errorf("%s: %q, want %q (%s)", c.sql, got.first(), c.want, got.Fault)
		}
	}
}

// examples presses each: the engine of the browser is older than the one that
// tried them.
func (d *desk) examples(t *testing.T) {
	n := look.Ask[int](t, d.Tab, `document.querySelectorAll("[data-sql]").length`)
	if n < 5 {
		t.Fatalf("%d examples", n)
	}
	for i := range n {
		got := look.Ask[told](t, d.Tab, fmt.Sprintf(`(document.querySelectorAll("[data-sql]")[%d].click(), deskIdle())`, i))
		if got.Fault != "" || len(got.Rows) == 0 {
			t.Errorf("example %d: %s %s, %d rows", i+1, got.Told, got.Fault, len(got.Rows))
		}
	}
	d.Run(t, chromedp.Evaluate[chromedp.Void](`document.querySelector("[data-sql]").click()`))
	got := look.Ask[told](t, d.Tab, `deskIdle().then(() => { const type = document.querySelector(".ask-type"); type.value = "bar"; type.dispatchEvent(new Event("change")); return document.fonts.ready }).then(deskTold)`)
	if !got.Chart {
		t.Errorf("no chart is drawn: %s", got.Told)
	}
	d.Run(t, chromedp.Evaluate[chromedp.Void](`(() => { const type = document.querySelector(".ask-type"); type.value = ""; type.dispatchEvent(new Event("change")); })()`))
}

func (d *desk) hostile(t *testing.T) {
	const evil = `<img src=x onerror=alert(1)>`
	got := d.ask(t, `SELECT '`+evil+`' AS "<b>`+evil+`</b>", '=1+1' AS b, chr(27) || '[31m' AS c, '</script><script>alert(2)</script>' AS d`)
	if len(got.Rows) != 1 || got.Rows[0][0] != evil || got.Rows[0][1] != "=1+1" || got.Head[0] != "<b>"+evil+"</b>" {
		t.Errorf("the table shows %q %q %s", got.Head, got.Rows, got.Fault)
	}
	if n := look.Ask[int](t, d.Tab, `document.querySelectorAll(".ask-table img, .ask-table b, .ask-table script, .ask-fault img").length`); n > 0 {
		t.Errorf("%d tags came out of values", n)
	}
	d.Run(t, chromedp.Evaluate[chromedp.Void](`(() => {
		const make = URL.createObjectURL, click = HTMLAnchorElement.prototype.click;
		URL.createObjectURL = blob => { window.saved = blob; return "#" };
		HTMLAnchorElement.prototype.click = function () {};
		document.querySelector(".ask-csv").click();
		URL.createObjectURL = make; HTMLAnchorElement.prototype.click = click;
	})()`))
	if text := look.Ask[string](t, d.Tab, `window.saved.text()`); !strings.Contains(text, `;'=1+1;`) {
		t.Errorf("the file is %q", text)
	}
	if got := d.ask(t, `SELECT "`+evil+`" FROM progress_latest`); !strings.Contains(got.Fault, evil) {
		t.Errorf("the fault says %q", got.Fault)
	}
	if n := look.Ask[int](t, d.Tab, `document.querySelectorAll(".ask img").length`); n > 0 {
		t.Error("a tag came out of a fault")
	}
	// What would keep the page busy or take its memory: it looks through a text
	// no longer than it takes to read, and shows what a page has room for.
	wide := strings.Repeat("1, ", 600) + "1"
	for sql, want := range map[string]string{
		"SELECT repeat('a', 60000000)": "quá nhiều bộ nhớ",
		"SELECT " + wide:               "quá nhiều bộ nhớ",
		"SELECT 1 AS " + strings.Repeat("a", 10000) + strings.Repeat(" ", 20000) + "WHERE false":                                  "Không có dòng",
		"SELECT 1 WHERE '" + strings.Repeat("a", 10000) + "' = '" + strings.Repeat("x''", 5000) + "'" + strings.Repeat(" ", 1000): "Không có dòng",
		"SELECT 1 AS " + strings.Repeat("a", 100000) + strings.Repeat(" ", 100000) + "WHERE false":                                "quá nhiều bộ nhớ", // the engine falls over
	} {
		if got := d.ask(t, sql); !strings.Contains(got.Fault+got.Told, want) {
			t.Errorf("%.40s…: %.200q lacks %q", sql, got.Fault+got.Told, want)
		}
		if got := d.ask(t, "SELECT 7 AS a"); len(got.Rows) != 1 || got.Rows[0][0] != "7" {
			t.Errorf("after %.40s… nothing is answered: %.200q", sql, got.Fault+got.Told)
		}
	}
}

// faults says what is wrong, where, and what may be right.
func (d *desk) faults(t *testing.T) {
	for _, c := range []struct{ sql, want string }{
		{"SELECT unit_nam FROM progress_latest", "unit_name"},
		{"SELECT \"Đơn vị\" FROM progress_latest", "unit_name"},
		{"SELECT 1 FROM progress_latst", "progress_latest"},
		{"SELECT name FROM progress_latest", "unit_name"},
		{"SELECT * FROM read_csv('x.csv')", "chỉ đọc các bảng của trang này"},
		{"SELECT 1,\n  unit_nam\nFROM progress_latest", "Dòng 2, cột 3"},
		{"SELECT 1,\n  unit_nam\nFROM progress_latest", "  unit_nam\n  ^"},
		{"SELECT 'Sở, ban, ngành và các huyện, thành phố thuộc tỉnh Đồng Nai' AS dai, unit_nam, 'Sở, ban, ngành và các huyện, thành phố' FROM progress_latest", "Dòng 1, cột 77"},
		{"SELECT 1 +* 2 (", "Dòng 1"},
		{"SELECT count(*) FROM", "chưa hết"},
		{"SELECT CAST('x' AS INTEGER)", "x"},
		{"SELECT CAST(unit_name AS INTEGER) FROM progress_latest", "Văn phòng"},
	} {
		if got := d.ask(t, c.sql); !strings.Contains(got.Fault, c.want) || len(got.Rows) > 0 {
			t.Errorf("%s: the fault %q lacks %q; %d rows", c.sql, got.Fault, c.want, len(got.Rows))
		}
	}
	// A name that is given to something else brings no measure along.
	if got := d.ask(t, "SELECT sum(arranged_m) / 1e3 AS arranged_m, sum(backlog_m) AS backlog_m FROM progress_latest"); len(got.Head) != 2 || got.Head[0] != "arranged_m" || !strings.Contains(got.Head[1], "(mét)") {
		t.Errorf("the columns are called %q", got.Head)
	}
	// No old answer stays under a new question.
	d.ask(t, "SELECT 1 AS a")
	if left := look.Ask[string](t, d.Tab, `(document.querySelector(".ask-examples [data-sql]").click(), deskIdle().then(() => document.querySelector(".ask-table").textContent))`); strings.HasPrefix(left, "Kết quảa1") {
		t.Errorf("under a new question stands %q", left)
	}
	if got := d.ask(t, "SELECT nope FROM progress_latest"); len(got.Rows) > 0 {
		t.Errorf("under a fault stand %d rows", len(got.Rows))
	}
	if rows := look.Ask[int](t, d.Tab, `(t => (t.value = "bar", t.dispatchEvent(new Event("change")), document.querySelectorAll(".ask-table tr").length))(document.querySelector(".ask-type"))`); rows > 0 {
		t.Errorf("the kind of chart brings %d old rows back", rows)
	}
	look.Ask[int](t, d.Tab, `(t => (t.value = "", t.dispatchEvent(new Event("change")), 0))(document.querySelector(".ask-type"))`)
	// Nothing found: the value that no row has, and what may have been meant.
	for where, want := range map[string]string{
		"unit = 'Sở Nội vụ'":                    "“unit” không có giá trị “Sở Nội vụ”; có lẽ là: SNV.",
		"unit IN ('Bien Hoa', 'SNV') AND 1 = 0": "“unit” không có giá trị “Bien Hoa”; có lẽ là: 731.",
		"lower(status) = 'xong'":                "“status” không có giá trị “xong”; cột này có: done",
		"unit_name LIKE '%biên hoà%'":           "có lẽ là: Thành phố Biên Hòa.",
		"unit = '<img src=x>'":                  "không có giá trị “<img src=x>”",
	} {
		if got := d.ask(t, "SELECT unit FROM progress_latest WHERE "+where); !strings.Contains(got.Told, want) || len(got.Rows) > 0 {
			t.Errorf("%s: the page says %q, which lacks %q", where, got.Told, want)
		}
	}
	if got := d.ask(t, "SELECT unit FROM progress_latest WHERE unit = 'SNV' AND 1 = 0"); strings.Contains(got.Told, "giá trị") {
		t.Errorf("a value that rows have is blamed: %q", got.Told)
	}
}

// waysOut asks what would read or write elsewhere.
func (d *desk) waysOut(t *testing.T, other string) {
	d.requests()
	here := d.under + "data/progress_latest.csv"
	for _, sql := range []string{
		"SELECT * FROM read_csv_auto('" + other + "/x.csv')", "SELECT * FROM read_csv_auto('" + here + "')", "SELECT * FROM '" + other + "/x.csv'",
		"SELECT * FROM '" + other + "/x.parquet'", "SELECT * FROM read_parquet('" + other + "/x.parquet')", "SELECT * FROM parquet_scan(['" + other + "/x.parquet'])",
		"SELECT * FROM parquet_metadata('" + other + "/x')", "SELECT * FROM read_text('" + other + "/x')", "SELECT * FROM read_blob('" + other + "/x')",
		"SELECT * FROM read_json_auto('" + other + "/x.json')", "SELECT * FROM glob('*')", "SELECT * FROM sniff_csv('" + other + "/x')",
		"SELECT * FROM arrow_scan(0, 0, 0)", "SELECT * FROM scan_arrow_ipc([{'ptr': 0, 'size': 8}])", "SELECT * FROM '/etc/passwd'", "SELECT * FROM 'progress_latest.csv'",
		"ATTACH '" + other + "/x.duckdb' AS x", "ATTACH 'x.duckdb'", "INSTALL httpfs", "INSTALL httpfs FROM '" + other + "'", "LOAD httpfs", "LOAD '" + other + "/x.wasm'",
		"COPY progress_latest TO 'x.csv'", "COPY (SELECT 1) TO '" + other + "/x.csv'", "COPY progress_latest FROM '" + other + "/x.csv'",
		"EXPORT DATABASE 'x'", "IMPORT DATABASE '" + other + "'", "CREATE SECRET (TYPE S3)", "CREATE TABLE x AS SELECT * FROM '" + other + "/x.csv'",
		"SET enable_external_access = true", "SET autoinstall_known_extensions = true", "SET custom_extension_repository = '" + other + "'", "RESET enable_external_access",
		"PRAGMA enable_external_access", "CREATE MACRO m() AS TABLE SELECT * FROM '" + other + "/x.csv'", "WITH x AS (FROM '" + other + "/x.csv') SELECT * FROM x",
		"SELECT (SELECT count(*) FROM '" + other + "/x.csv')", "SELECT 1; SELECT * FROM '" + other + "/x.csv'",
	} {
		if got := d.ask(t, sql); got.Fault == "" || len(got.Rows) > 0 {
			t.Errorf("%s: %q, %d rows", sql, got.Told, len(got.Rows))
		}
	}
	if came := d.requests(); len(came) > 0 {
		t.Errorf("questions asked for %v", came)
	}
	if got := d.ask(t, "SELECT current_setting('enable_external_access') AS a, current_setting('lock_configuration') AS b"); got.first() != "Không|Có" {
		t.Errorf("the engine's settings: %q %s", got.first(), got.Fault)
	}
	d.Forget()
}

// unchanged tries to change a table under later questions.
func (d *desk) unchanged(t *testing.T) {
	const sql = "SELECT count(*) AS n, sum(arranged_m) AS m, max(unit_name) AS u FROM progress_latest"
	before := d.ask(t, sql).first()
	for _, change := range []string{
		"DELETE FROM progress_latest", "UPDATE progress_latest SET arranged_m = 0", "DROP TABLE progress_latest", "INSERT INTO progress_latest SELECT * FROM progress_latest",
		"CREATE OR REPLACE TABLE progress_latest AS SELECT 1 AS unit_name", "CREATE TEMP TABLE progress_latest AS SELECT 'x' AS unit_name, 0 AS arranged_m",
		"CREATE TEMP VIEW progress_latest AS SELECT 'x' AS unit_name, 0 AS arranged_m", "ALTER TABLE progress_latest RENAME TO y", "TRUNCATE progress_latest",
		"SELECT 1; DELETE FROM progress_latest", "SELECT 1;DELETE FROM progress_latest;SELECT 2", "/* ; */ DELETE FROM progress_latest", "BEGIN; DELETE FROM progress_latest; COMMIT",
		"SELECT $$'$$; DELETE FROM progress_latest; SELECT '1'", "SELECT 1) AS t; DELETE FROM progress_latest; SELECT 1 FROM (SELECT 1", "SELECT E'\\''; DELETE FROM progress_latest --'",
		"SELECT 1 /* /* */; DELETE FROM progress_latest -- */", "CREATE SCHEMA x", "USE x", "CREATE OR REPLACE MACRO sum(a) AS 0", "PREPARE q AS DELETE FROM progress_latest", "EXECUTE q", "EXPLAIN ANALYZE DELETE FROM progress_latest",
		"CALL pragma_version()", "VACUUM", "CHECKPOINT", "WITH x AS (SELECT 1) DELETE FROM progress_latest", "CREATE FUNCTION max(a) AS 'x'", "DETACH memory",
	} {
		d.ask(t, change)
		if after := d.ask(t, sql).first(); after != before {
			t.Fatalf("%s: later questions find %q, not %q", change, after, before)
		}
	}
}

func (d *desk) cut(t *testing.T) {
	got := d.ask(t, "SELECT * FROM range(50000)")
	if !strings.Contains(got.Told, "10.000") || len(got.Rows) == 0 || len(got.Rows) > 500 {
		t.Errorf("of 50,000 rows: %q, %d rows", got.Told, len(got.Rows))
	}
	if got := d.ask(t, "SELECT 7 AS a"); got.first() != "7" {
		t.Errorf("after a cut: %+v", got)
	}
}

const endless = `SELECT count(*) FROM range(1000000000000) AS a(i) WHERE i % 7 = 3`

func (d *desk) stop(t *testing.T) {
	d.Run(t, chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`document.querySelector(".ask-text").value = %q; document.querySelector(".ask-run").click()`, endless)))
	if !look.Ask[bool](t, d.Tab, `document.querySelector(".ask").getAttribute("aria-busy") === "true" && document.querySelector(".ask-stop").checkVisibility()`) {
		t.Error("nothing to stop it with")
	}
	got := look.Ask[told](t, d.Tab, `(document.querySelector(".ask-stop").click(), deskIdle())`)
	if !strings.Contains(got.Told, "Đã dừng") {
		t.Errorf("stopped: %+v", got)
	}
	if got := d.ask(t, "SELECT count(*) AS n FROM progress_latest"); got.first() != "31" {
		t.Errorf("after a stop: %+v", got)
	}
}

// late has a clock whose minute is over at once.
func (d *desk) late(t *testing.T) {
	script, err := chromedp.Call(d.tab, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: `(() => {
		const wait = window.setTimeout;
		window.setTimeout = (f, ms, ...rest) => wait(f, ms === 60000 ? 0 : ms, ...rest);
	})()`})
	if err != nil {
		t.Fatal(err)
	}
	d.sit(t, "", 1280, "light")
	got := d.ask(t, endless)
	look.Call(t, d.Tab, page.RemoveScriptToEvaluateOnNewDocument, page.RemoveScriptToEvaluateOnNewDocumentParams(script))
	if !strings.Contains(got.Told, "Quá 60 giây") {
		t.Errorf("an endless question: %+v", got)
	}
}

// link: what comes with a link stands there to be read, and is not run.
func (d *desk) link(t *testing.T) {
	const sql = "SELECT 'a&b=c #%+' AS x, 40 + 2 AS y -- đủ chữ"
	d.sit(t, "", 1280, "light")
	if got := d.ask(t, sql); got.first() != "a&b=c #%+|42" {
		t.Errorf("before it is sent: %+v", got)
	}
	address := look.Ask[string](t, d.Tab, `location.href`)
	hash := address[strings.Index(address, "#"):]
	if !strings.HasPrefix(address, d.under) || !strings.Contains(hash, "sql=") {
		t.Fatalf("the address is %s", address)
	}
	d.requests()
	d.sit(t, hash, 1280, "light")
	if got := look.Ask[string](t, d.Tab, `document.querySelector(".ask-text").value`); got != sql {
		t.Errorf("the link brings %q", got)
	}
	if got := look.Ask[told](t, d.Tab, `deskTold()`); len(got.Rows) > 0 || !strings.Contains(got.Told, "đường dẫn") {
		t.Errorf("what came with a link: %+v", got)
	}
	for _, path := range d.requests() {
		if strings.Contains(path, "/engine.") || strings.HasSuffix(path, ".json") {
			t.Errorf("a link loads %s by itself", path)
		}
	}
	if got := look.Ask[told](t, d.Tab, `(document.querySelector(".ask-run").click(), deskIdle())`); got.first() != "a&b=c #%+|42" {
		t.Errorf("when it is run: %+v", got)
	}
	// Another link on the open page, with the engine at hand, waits too.
	d.Run(t, chromedp.Evaluate[chromedp.Void](`new Promise(done => { addEventListener("hashchange", () => setTimeout(done)); location.hash = "#?sql=SELECT+99" })`, chromedp.EvalAwaitPromise))
	if got := look.Ask[told](t, d.Tab, `deskTold()`); strings.Contains(got.first(), "99") || !strings.Contains(got.Told, "đường dẫn") {
		t.Errorf("a second link: %+v", got)
	}
}

func (d *desk) accessible(t *testing.T) {
	for scheme, width := range map[string]int64{"light": 1280, "dark": 390} {
		d.sit(t, "", width, scheme)
		d.Run(t, chromedp.Evaluate[chromedp.Void](`document.querySelectorAll(".ask details").forEach(d => d.open = true)`))
		for _, sql := range []string{"", "SELECT unit_name, arranged_m, remaining_m FROM progress_latest", "SELECT * FROM progress_course", "SELECT unit_nam FROM progress_latest"} {
			if sql != "" {
				d.ask(t, sql)
				look.Ask[bool](t, d.Tab, `(() => { const type = document.querySelector(".ask-type"); type.value = "bar"; type.dispatchEvent(new Event("change")); return document.fonts.ready.then(() => true) })()`)
			}
			for _, fault := range d.Axe(t) {
				t.Errorf("%s, %d px, %q: %s", scheme, width, sql, fault)
			}
			if over := look.Ask[float64](t, d.Tab, `document.documentElement.scrollWidth - innerWidth`); over > 0 {
				t.Errorf("%d px, %q: the page is %v px wider than the window", width, sql, over)
			}
		}
	}
}

// packed opens the page on servers that say of the engine that it is packed,
// or pack it once more; and on one that lacks it.
func (d *desk) packed(t *testing.T) {
	folder := http.FileServer(http.Dir(d.folder))
	for name, serve := range map[string]func(http.ResponseWriter, *http.Request){
		"unpacked on the way": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			folder.ServeHTTP(w, r)
		},
		"packed twice": func(w http.ResponseWriter, r *http.Request) {
			data, err := os.ReadFile(filepath.Join(d.folder, filepath.FromSlash(r.URL.Path)))
			if err != nil {
				http.NotFound(w, r)
				return
			}
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			z.Write(data)
			z.Close()
		},
		"missing": http.NotFound,
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, ".wasm.gz") {
				serve(w, r)
				return
			}
			folder.ServeHTTP(w, r)
		}))
		at := desk{tab: d.tab, folder: d.folder, under: server.URL + "/"}
		at.sit(t, "", 1280, "light")
		got := at.ask(t, "SELECT count(*) AS n FROM progress_latest")
		if name == "missing" && (!strings.Contains(got.Fault, "404") || len(got.Rows) > 0) || name != "missing" && got.first() != "31" {
			t.Errorf("%s: %+v", name, got)
		}
		server.Close()
	}
}

func (d *desk) disk(t *testing.T) {
	d.Forget()
	under := (&url.URL{Scheme: "file", Path: filepath.ToSlash(d.folder) + "/"}).String()
	d.look(t, under+"hoi-so-lieu.html", 1280, "light")
	if !look.Ask[bool](t, d.Tab, `document.querySelector(".ask-disk").checkVisibility() && !document.querySelector(".ask-desk").checkVisibility()`) {
		t.Error("the page does not say that it cannot work from a disk")
	}
	links := look.Ask[[]string](t, d.Tab, `[...document.querySelectorAll(".ask-disk a")].map(a => a.href)`)
	if !slices.Contains(links, under+"kham-pha.html") || len(links) < 4 {
		t.Errorf("the ways instead are %v", links)
	}
	for _, link := range links {
		if _, err := os.Stat(filepath.Join(d.folder, strings.TrimPrefix(link, under))); err != nil {
			t.Error(err)
		}
	}
	d.Quiet(t, "hoi-so-lieu.html", under)
}
