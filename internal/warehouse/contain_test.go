package warehouse

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A way out of the warehouse. The places %[1]s (a folder outside), %[2]s (a
// file in it with a secret), %[3]s (the folder of the warehouse) and %[4]s (a
// link to the file) are filled in.
type wayOut struct {
	name, sql string
	alone     bool // the engine refuses it too, without our looking at the text
}

var waysOut = []wayOut{
	// writing files
	{"copy to", `COPY progress TO '%[1]s/out.csv'`, true},
	{"copy of a select", `COPY (SELECT 1) TO '%[1]s/out.csv' (FORMAT csv)`, true},
	{"copy to parquet", `COPY progress TO '%[1]s/out.parquet' (FORMAT parquet)`, true},
	{"copy to stdout", `COPY progress TO '/dev/stdout'`, true},
	{"copy to a program", `COPY progress TO PROGRAM 'touch %[1]s/out'`, true},
	{"copy partitioned", `COPY progress TO '%[1]s/parts' (FORMAT csv, PARTITION_BY (unit))`, true},
	{"copy from", `COPY settings FROM '%[2]s'`, true},
	{"copy database", `COPY FROM DATABASE warehouse TO memory`, false},
	{"export", `EXPORT DATABASE '%[1]s/export'`, true},
	{"import", `IMPORT DATABASE '%[1]s'`, true},
	{"copy in a CTE", `WITH a AS (COPY progress TO '%[1]s/out.csv') SELECT * FROM a`, true},
	// reading files
	{"read_text", `SELECT * FROM read_text('%[2]s')`, true},
	{"read_blob", `SELECT * FROM read_blob('%[2]s')`, true},
	{"read_csv", `SELECT * FROM read_csv('%[2]s', header = false, columns = {'a': 'VARCHAR'})`, true},
	{"read_csv_auto", `SELECT * FROM read_csv_auto('%[2]s')`, true},
	{"read_json", `SELECT * FROM read_json('%[2]s')`, true},
	{"read_json_objects", `SELECT * FROM read_json_objects('%[2]s')`, true},
	{"read_ndjson", `SELECT * FROM read_ndjson_auto('%[2]s')`, true},
	{"read_parquet", `SELECT * FROM read_parquet('%[2]s')`, true},
	{"parquet_scan", `SELECT * FROM parquet_scan(['%[2]s'])`, true},
	{"parquet_metadata", `SELECT * FROM parquet_metadata('%[2]s')`, true},
	{"parquet_schema", `SELECT * FROM parquet_schema('%[2]s')`, true},
	{"parquet_kv_metadata", `SELECT * FROM parquet_kv_metadata('%[2]s')`, true},
	{"read_duckdb", `SELECT * FROM read_duckdb('%[2]s')`, true},
	{"sniff_csv", `SELECT * FROM sniff_csv('%[2]s')`, true},
	{"glob", `SELECT * FROM glob('%[1]s/*')`, true},
	{"glob upwards", `SELECT * FROM glob('%[3]s/../**')`, true},
	{"a file as a table", `SELECT * FROM '%[2]s'`, true},
	{"a file as a quoted name", `SELECT * FROM "%[2]s"`, true},
	{"a link to a file", `SELECT * FROM read_text('%[4]s')`, true},
	{"a link as a table", `FROM '%[4]s'`, true},
	{"the process's environment", `SELECT * FROM read_text('/proc/self/environ')`, true},
	{"the machine's accounts", `SELECT * FROM read_csv('/etc/passwd', sep = ':')`, true},
	{"query_table", `SELECT * FROM query_table('%[2]s')`, true},
	{"query", `SELECT * FROM query('SELECT * FROM read_text(''%[2]s'')')`, true},
	{"SQL as JSON", `SELECT * FROM json_execute_serialized_sql(json_serialize_sql('SELECT * FROM read_text(''%[2]s'')'))`, true},
	{"a plan as JSON", `SELECT json_serialize_plan('SELECT * FROM read_text(''%[2]s'')')`, false},
	{"read in a subquery", `SELECT (SELECT content FROM read_text('%[2]s')) AS a FROM progress`, true},
	{"read behind a CTE of the same name", `WITH read_text AS (SELECT 1) SELECT * FROM read_text('%[2]s')`, true},
	{"read in a lateral join", `SELECT * FROM progress, LATERAL (SELECT * FROM read_text('%[2]s'))`, true},
	{"read in IN", `SELECT 1 WHERE 'a' IN (FROM read_text('%[2]s') SELECT content)`, true},
	{"read in a union", `SELECT unit FROM progress UNION ALL SELECT content FROM read_text('%[2]s')`, true},
	{"read in DESCRIBE", `DESCRIBE SELECT * FROM read_csv('%[2]s')`, true},
	{"read in SUMMARIZE", `SUMMARIZE SELECT * FROM read_text('%[2]s')`, true},
	{"read in PIVOT", `SELECT * FROM (PIVOT (SELECT * FROM read_text('%[2]s')) ON filename IN ('a') USING count(*))`, true},
	{"read with capitals", `SELECT * FROM ReAd_TeXt('%[2]s')`, true},
	{"read by its full name", `SELECT * FROM system.main.read_text('%[2]s')`, true},
	{"read in quotes", `SELECT * FROM "read_text"('%[2]s')`, true},
	{"a comment before", "/* SELECT */ COPY progress TO '%[1]s/out.csv'", true},
	{"comments between", "SELECT/**/*/**/FROM/**/read_text/**/('%[2]s')", true},
	{"blanks that are none", "SELECT *\u00a0FROM read_text('%[2]s')", true},
	{"quotes that are none", "SELECT * FROM read_text(\u2019%[2]s\u2019)", true},
	{"a query that hides it", `SELECT * FROM hides`, true},
	{"a query with a parameter that hides it", `SELECT * FROM opens('%[2]s')`, true},
	// network
	{"over the network", `SELECT * FROM read_csv('https://example.invalid/a.csv')`, true},
	{"from a bucket", `SELECT * FROM 's3://bucket/a.parquet'`, true},
	{"install httpfs", `INSTALL httpfs`, true},
	{"load httpfs", `LOAD httpfs`, true},
	{"load a file", `LOAD '%[2]s'`, true},
	{"install from elsewhere", `INSTALL spatial FROM 'https://example.invalid'`, true},
	{"a secret", `CREATE SECRET s (TYPE s3, KEY_ID 'a', SECRET 'b')`, false},
	// other databases
	{"attach", `ATTACH '%[1]s/other.duckdb' AS other`, true},
	{"attach what is there", `ATTACH '%[2]s' AS other (READ_ONLY)`, true},
	{"attach the warehouse to write", `ATTACH '%[3]s/warehouse.duckdb' AS again`, true},
	{"attach sqlite", `ATTACH '%[1]s/a.db' (TYPE sqlite)`, true},
	{"detach", `DETACH warehouse`, false},
	{"use", `USE warehouse`, false},
	{"checkpoint", `CHECKPOINT warehouse`, false},
	{"force checkpoint", `FORCE CHECKPOINT`, false},
	{"checkpoint as a function", `SELECT * FROM checkpoint('warehouse')`, false},
	// settings
	{"set", `SET enable_external_access = true`, true},
	{"set global", `SET GLOBAL lock_configuration = false`, true},
	{"reset", `RESET enable_external_access`, true},
	{"set the memory", `SET memory_limit = '100GB'`, true},
	{"set the temporary folder", `SET temp_directory = '%[1]s'`, true},
	{"set the allowed folders", `SET allowed_directories = ['/']`, true},
	{"set the extensions", `SET autoinstall_known_extensions = true`, true},
	{"pragma", `PRAGMA memory_limit = '100GB'`, true},
	{"pragma that tells", `PRAGMA database_list`, false},
	{"profile to a file", `PRAGMA profiling_output = '%[1]s/profile.json'`, true},
	{"enable profiling", `CALL enable_profiling(save_location = '%[1]s/profile.json')`, false},
	{"log to a folder", `CALL enable_logging(storage = 'file', storage_path = '%[1]s/log')`, false},
	{"log", `SELECT write_log('a')`, false},
	{"a variable", `SET VARIABLE a = 1`, false},
	// what tells of the machine
	{"getenv", `SELECT getenv('TONGKET_SECRET')`, true},
	{"getenv as a method", `SELECT note.getenv() FROM progress`, true},
	{"getenv in a lambda", `SELECT list_transform(['TONGKET_SECRET'], lambda x: getenv(x))`, true},
	{"settings", `SELECT * FROM duckdb_settings()`, false},
	{"current_setting", `SELECT current_setting('temp_directory')`, false},
	{"settings as a view", `SELECT * FROM pg_catalog.pg_settings`, false},
	{"databases", `SELECT path FROM duckdb_databases()`, false},
	{"databases as a view", `SELECT * FROM duckdb_databases`, false},
	{"secrets", `SELECT * FROM duckdb_secrets()`, false},
	{"extensions", `SELECT install_path FROM duckdb_extensions()`, false},
	{"temporary files", `SELECT * FROM duckdb_temporary_files()`, false},
	{"logs", `SELECT * FROM duckdb_logs`, false},
	{"pragma_database_list", `SELECT * FROM pragma_database_size()`, false},
	{"platform", `SELECT * FROM pragma_platform()`, false},
	{"the catalog", `SELECT sql FROM sqlite_master`, false},
	{"information_schema", `SELECT * FROM information_schema.tables`, false},
	{"our own tables", `SELECT * FROM __stood`, false},
	{"the warehouse itself", `SELECT * FROM warehouse.main.progress`, false},
	{"the past", `SELECT * FROM warehouse.past.progress`, false},
	{"memory by its address", `SELECT * FROM arrow_scan(1, 2, 3)`, false},
	{"memory by its address, plainly", `SELECT * FROM arrow_scan_dumb(1, 2, 3)`, false},
	{"a table without its name", `SELECT * FROM seq_scan()`, false},
	// names that mean one thing to the walk and another to the engine
	{"a view behind a table that builds on itself", `WITH RECURSIVE duckdb_databases AS (SELECT path FROM duckdb_databases UNION SELECT path FROM duckdb_databases WHERE false) FROM duckdb_databases`, false},
	{"the same without an end", `WITH RECURSIVE sqlite_master AS (SELECT sql FROM sqlite_master UNION ALL SELECT sql FROM sqlite_master WHERE false) FROM sqlite_master`, false},
	{"the same behind another", `WITH duckdb_views AS (SELECT 1 AS sql), b AS (WITH RECURSIVE duckdb_views AS (SELECT sql FROM duckdb_views UNION SELECT sql FROM duckdb_views WHERE false) FROM duckdb_views) FROM b`, false},
	{"a sign like a k", "WITH \"duc\u212adb_databases\" AS (SELECT 1) SELECT path FROM duckdb_databases", false},
	{"a sign like an i", "WITH \"duckdb_v\u0130ews\" AS (SELECT 1) SELECT sql FROM duckdb_views", false},
	{"a table of the engine by WITH", `WITH duckdb_databases AS (SELECT 1 AS path) SELECT path FROM duckdb_databases`, false},
	{"a table of the catalog by WITH", `WITH "PG_Class" AS (SELECT 1 AS a) FROM pg_class`, false},
	// writing to the warehouse
	{"insert", `INSERT INTO warehouse.progress SELECT * FROM warehouse.progress`, true},
	{"update", `UPDATE warehouse.progress SET note = 'x'`, true},
	{"delete", `DELETE FROM warehouse.submissions`, true},
	{"drop", `DROP TABLE warehouse.progress`, true},
	{"truncate", `TRUNCATE warehouse.progress`, true},
	{"merge", `MERGE INTO warehouse.progress USING (SELECT 1) ON true WHEN MATCHED THEN DELETE`, true},
	{"create in the warehouse", `CREATE TABLE warehouse.mine AS SELECT 1`, true},
	{"create", `CREATE TABLE mine AS SELECT 1`, false},
	{"a macro", `CREATE MACRO opens2(p) AS TABLE SELECT * FROM read_text(p)`, false},
	{"a view in place of a table", `CREATE OR REPLACE VIEW progress AS SELECT 1`, false},
	{"settings of ours", `UPDATE settings SET value = '1'`, false},
	{"write in a CTE", `WITH a AS (INSERT INTO settings VALUES ('a', 'b') RETURNING *) SELECT * FROM a`, true},
	{"delete in a CTE", `WITH a AS (DELETE FROM settings RETURNING *) SELECT * FROM a`, true},
	{"alter", `ALTER TABLE settings ADD COLUMN x INT`, false},
	{"a sequence", `SELECT nextval('warehouse.submission_ids')`, true},
	{"vacuum", `VACUUM`, false},
	{"a transaction", `BEGIN`, false},
	{"explain analyze", `EXPLAIN ANALYZE SELECT 1`, false},
	{"analyze", `ANALYZE SELECT 1`, false},
	{"call", `CALL pragma_version()`, false},
	{"prepare", `PREPARE p AS SELECT 1`, false},
	{"execute", `EXECUTE p`, false},
	{"a parameter", `SELECT $1`, false},
	// what the process falls over
	{"a deep structure", `SELECT json_structure(repeat('[', 100000) || repeat(']', 100000))`, false},
	{"deep patches", `SELECT json_merge_patch(repeat('{"a":', 100000) || '1' || repeat('}', 100000), repeat('{"a":', 100000) || '1' || repeat('}', 100000))`, false},
	{"deep in deep", `SELECT json_contains(repeat('[', 100000) || repeat(']', 100000), repeat('[', 100000) || repeat(']', 100000))`, false},
	{"a deep type", `SELECT from_json('1', repeat('[', 100000) || repeat(']', 100000))`, false},
	{"a deep VARIANT", `SELECT (repeat('[', 100000) || repeat(']', 100000))::JSON::VARIANT`, false},
	{"a deep VARIANT in a structure", `SELECT {'a': repeat('[', 100000)::JSON}::STRUCT(a VARIANT)`, false},
	{"a deep VARIANT by itself", `SELECT variant_typeof((repeat('[', 100000) || repeat(']', 100000))::JSON)`, false},
	{"a step of lag without a counterpart", `SELECT lag(i, -9223372036854775808) OVER () FROM range(3) AS t(i)`, false},
	{"the same as a text", `SELECT lag(i, '-9223372036854775808') OVER () FROM range(3) AS t(i)`, false},
	{"the same computed", `SELECT lead(i, -9223372036854775807 - 1) OVER () FROM range(3) AS t(i)`, false},
	{"the same from elsewhere", `SELECT lag(i, s) OVER () FROM (SELECT i, -9223372036854775807 - 1 AS s FROM range(3) AS t(i))`, false},
	// several statements
	{"two statements", `SELECT 1; COPY progress TO '%[1]s/out.csv'`, true},
	{"a statement behind a comment", "SELECT 1 -- x\n; DROP TABLE settings", false},
	{"a statement behind a bracket", `SELECT 1); COPY progress TO '%[1]s/out.csv'; SELECT (1`, true},
	{"a statement behind a quote", `SELECT '''); COPY progress TO ''%[1]s/out.csv'''; DROP TABLE settings`, false},
	{"NUL", "SELECT 1\x00; DROP TABLE settings", false},
	{"no statement", ";;;", false},
	{"a comment", "-- nothing", false},
	{"a comment without an end", "SELECT 1 /* x", true},
	// waiting
	{"sleep", `SELECT pg_sleep(100)`, false},
	{"sleep_ms", `SELECT sleep_ms(100000)`, false},
}

// TestWaysOut: nothing outside is read or written, whatever is asked.
func TestWaysOut(t *testing.T) {
	const secret = "bí mật 4711"
	t.Setenv("TONGKET_SECRET", secret)
	r := asker(t, map[string]string{
		"queries/hides.sql": "-- title: x\n-- columns: {content: {title: y}}\nSELECT content FROM read_text('/etc/hostname')",
		"queries/opens.sql": "-- title: x\n-- params: {p: {}}\n-- columns: {content: {title: y}}\nSELECT content FROM read_text(p)",
	})
	outside := t.TempDir()
	file, link := filepath.Join(outside, "secret.csv"), filepath.Join(outside, "link.csv")
	if err := errors.Join(os.WriteFile(file, []byte(secret+"\n"), 0o644), os.Symlink(file, link)); err != nil {
		t.Fatal(err)
	}
	var path string
	if err := r.db.QueryRow("SELECT path FROM duckdb_databases() WHERE database_name = 'warehouse'").Scan(&path); err != nil {
		t.Fatal(err)
	}
	own := filepath.Dir(path)
	before, held := contents(t, outside), contents(t, own)
	ctx := context.Background()
	if len(waysOut) < 60 {
		t.Fatalf("%d ways", len(waysOut))
	}
	for _, w := range waysOut {
		sql := w.sql
		if strings.Contains(sql, "%[") {
			args := []any{outside, file, own, link}
			sql = fmt.Sprintf(sql+"%[5]s", append(args, "")...)
		}
		t.Run(w.name, func(t *testing.T) {
			a, err := r.Ask(ctx, Question{SQL: sql, Limits: Limits{Time: 20 * time.Second}})
			if err == nil {
				table, e := a.Table(ctx)
				t.Errorf("%s is answered: %v, %v", sql, table, e)
			} else if strings.Contains(Shown(err), secret) {
				t.Errorf("the error tells the secret: %s", Shown(err))
			}
			if !w.alone {
				return
			}
			// What the engine would do without our looking at the text.
			var out []string
			rows, err := r.asking.QueryContext(ctx, sql)
			if err == nil {
				for rows.Next() {
					out = append(out, "row")
				}
				err = errors.Join(rows.Err(), rows.Close())
			}
			if err == nil {
				t.Errorf("the engine alone does it: %d rows", len(out))
			}
		})
	}
	if after := contents(t, outside); fmt.Sprint(after) != fmt.Sprint(before) {
		t.Errorf("outside is changed: %v", after)
	}
	if after := contents(t, own); fmt.Sprint(after) != fmt.Sprint(held) {
		t.Error("the warehouse is changed")
	}
	// The reader still answers, and its settings are as they were.
	a, err := r.Ask(ctx, Question{SQL: "SELECT count(*) AS n FROM progress"})
	if err != nil {
		t.Fatal(err)
	}
	if table, err := a.Table(ctx); err != nil || fmt.Sprint(table.Rows) != "[[2]]" {
		t.Errorf("%v, %v", table, err)
	}
	var locked bool
	if err := r.db.QueryRow("SELECT current_setting('lock_configuration') AND NOT current_setting('enable_external_access')").Scan(&locked); err != nil || !locked {
		t.Errorf("locked: %t, %v", locked, err)
	}
}

// contents is every file of a folder with its bytes.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		out[path] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestHarmless: what a question may do.
func TestHarmless(t *testing.T) {
	r := asker(t, map[string]string{
		"queries/mid.sql":    "-- title: Giữa\n-- columns: {half: {title: Một nửa, format: number}}\nSELECT unit, backlog_m / 2 AS half FROM progress",
		"queries/of.sql":     "-- title: Một\n-- params: {wanted: {title: Đơn vị}}\nSELECT unit, half FROM mid WHERE unit = wanted",
		"queries/broken.sql": "-- title: Hỏng\nSELECT nope FROM progress",
	})
	ctx := context.Background()
	for sql, want := range map[string]string{
		"FROM mid ORDER BY unit":                              "[[731 100] [SNV 50]]",
		"SELECT * FROM of('SNV')":                             "[[SNV 50]]",
		"WITH a AS (FROM mid) SELECT count(*) FROM a -- ende": "[[2]]",
		"VALUES (1, 'x'), (2, NULL)":                          "[[1 x] [2 <nil>]]",
		"SELECT 'a;b', '--', '/*';":                           "[[a;b -- /*]]",
		"TABLE settings":                                      "[[share 0.1]]",
		"SELECT count(*) FROM (DESCRIBE progress)":            "[[10]]",
		"SELECT column_name FROM (SUMMARIZE mid)":             "[[unit] [half]]",
		"SELECT count(*) FROM progress_as_of('2000-01-01')":   "[[0]]",
		"SELECT count(*) FROM submissions":                    "[[2]]",
		"SELECT i FROM range(3) AS t(i)":                      "[[0] [1] [2]]",
		"SELECT unnest([1, 2])":                               "[[1] [2]]",
		"SELECT read_text FROM (SELECT 1 AS read_text)":       "[[1]]",
		"WITH RECURSIVE r AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM r WHERE i < 3) SELECT max(i) FROM r":                                                  "[[3]]",
		"SELECT * FROM (SELECT unit, backlog_m FROM progress) PIVOT (sum(backlog_m) FOR unit IN ('SNV', '731'))":                                              "[[100 200]]",
		"SELECT 123456789012345678.25::DECIMAL(20,2), 1e300, 18446744073709551615::UBIGINT, 'NaN'::DOUBLE":                                                    "[[123456789012345678.25 1e+300 18446744073709551615 <nil>]]",
		"SELECT TIMESTAMP '2021-12-31 23:59:59', DATE '2021-12-31' - 1, [1, NULL], INTERVAL 1 DAY":                                                            "[[2021-12-31T23:59:59 2021-12-30 00:00:00 +0000 UTC [1, NULL] 1 day]]",
		"WITH RECURSIVE progress AS (SELECT unit, 1 AS n FROM progress UNION ALL SELECT unit, n + 1 FROM progress WHERE n < 3) SELECT count(*) FROM progress": "[[6]]",
		"WITH a AS (SELECT 1 AS i), b AS (WITH RECURSIVE a AS (SELECT i FROM a UNION ALL SELECT i + 1 FROM a WHERE i < 4) FROM a) SELECT max(i) FROM b":       "[[4]]",
		"WITH columns AS (SELECT 1 AS a), tables AS (FROM columns), meta AS (FROM tables) FROM meta":                                                          "[[1]]",
		"SELECT lag(i, 1) OVER (ORDER BY i), lead(i, -1, 7) OVER (ORDER BY i), lag(i) OVER () FROM range(2) AS t(i) ORDER BY i":                               "[[<nil> 7 <nil>] [0 0 0]]",
		"SELECT count(*) FROM trail_sources": "",
	} {
		a, err := r.Ask(ctx, Question{SQL: sql})
		if want == "" { // a trail tells of all queries, and one is broken
			if err == nil || !strings.Contains(err.Error(), "queries/broken.sql:2:8: Không có cột “nope”") {
				t.Errorf("%s: %v", sql, err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %s", sql, Shown(err))
			continue
		}
		table, err := a.Table(ctx)
		if err != nil || fmt.Sprint(table.Rows) != want {
			t.Errorf("%s:\n%v, %v, want\n%s", sql, table, err, want)
		}
	}
}

// TestNested: no text is so deep that the process falls over it.
func TestNested(t *testing.T) {
	r := asker(t, nil)
	ctx := context.Background()
	around := func(before, inner, after string) func(n int) string {
		return func(n int) string { return strings.Repeat(before, n) + inner + strings.Repeat(after, n) }
	}
	for name, build := range map[string]func(n int) string{
		"brackets":   around("(", "1", ")"),
		"lists":      around("[", "1", "]"),
		"structs":    around("{'a': ", "1", "}"),
		"minus":      around("- ", "1", ""),
		"not":        around("NOT ", "true", ""),
		"case":       around("CASE WHEN true THEN ", "1", " END"),
		"casts":      around("", "1", "::INT"),
		"functions":  around("abs(", "1", ")"),
		"plus":       around("1 + ", "1", ""),
		"and":        around("true AND ", "true", ""),
		"subqueries": around("(SELECT ", "1", ")"),
		"exists":     around("EXISTS (SELECT ", "1", ")"),
		"fields":     around("", "{'a': 1}", ".a"),
		"lambdas":    around("list_transform([1], lambda x: ", "1", ")"),
		"from":       func(n int) string { return strings.Repeat("(FROM ", n) + "range(1)" + strings.Repeat(")", n) },
		"unions":     func(n int) string { return "(SELECT 1" + strings.Repeat(" UNION SELECT 1", n) + ")" },
		"joins":      func(n int) string { return "(SELECT 1 FROM range(1)" + strings.Repeat(" CROSS JOIN range(1)", n) + ")" },
		"with": func(n int) string {
			return "(" + strings.Repeat("WITH a AS (", n) + "SELECT 1" + strings.Repeat(") FROM a", n) + ")"
		},
		"types":    func(n int) string { return "NULL::" + strings.Repeat("STRUCT(a ", n) + "INT" + strings.Repeat(")", n) },
		"comments": around("/* ", "1", " */"),
	} {
		for _, n := range []int{12, 300, 5000, 20000} {
			a, err := r.Ask(ctx, Question{SQL: "SELECT " + build(n), Limits: Limits{Time: 10 * time.Second}})
			if errors.Is(err, ErrStuck) {
				t.Fatalf("%s: %d deep: %v", name, n, err)
			}
			if err == nil {
				var out bytes.Buffer
				err = a.Write(ctx, &out, CSV)
			}
			if n == 20000 && err == nil {
				t.Errorf("%s: %d deep is answered", name, n)
			}
			if n == 12 && err != nil && name != "fields" && name != "comments" {
				t.Errorf("%s: %d deep: %v", name, n, err)
			}
		}
	}
}
