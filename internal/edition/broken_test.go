package edition_test

import (
	"archive/zip"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"tongket/internal/edition"
	"tongket/internal/look"
)

// TestFaultsShowFaults: a page that fails only because it tells of another's
// fault is told, too; and rows of the findings can be picked as those of a
// query.
func TestFaultsShowFaults(t *testing.T) {
	p := newPress(t)
	p.put(t, "reports/told.md", "---\ntitle: Kiểm tra\n---\nBáo cáo.\n\n{{ range rows \"findings\" \"severity\" \"Chặn công bố\" \"cases\" \"01\" }}{{ .nothing }}{{ end }}\n")
	o := p.order().Order
	if found, err := edition.Check(t.Context(), o); err != nil || len(found) > 0 {
		t.Fatalf("sound: %v, %v", found, err)
	}
	p.put(t, "reports/a.md", "---\ntitle: Hỏng\n---\nMột.\n\n{{ nope }}\n")
	found, err := edition.Check(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, f := range found {
		if !f.Broken() || f.Severity != "stop" {
			t.Errorf("%+v", f)
		}
		told = append(told, f.Faults...)
	}
	all := strings.Join(told, "\n")
	if len(told) != 2 || !strings.Contains(all, "reports/a.md:6") || !strings.Contains(all, "reports/told.md:6") {
		t.Errorf("told:\n%s", all)
	}
}

// TestExamplesAtFault: what a page offers to ask is tried when it is made; all
// that is wrong is told at once, by file and line.
func TestExamplesAtFault(t *testing.T) {
	p := newPress(t)
	const table = "progress_total"
	p.put(t, "queries/"+table+".sql", "-- title: Cộng\n-- columns:\n--   word: {title: Chữ}\n--   n: {title: Số}\nSELECT 'x' AS word, 1 AS n\n")
	page := func(examples string) {
		p.put(t, "reports/hoi.md", "---\ntitle: Hỏi\n---\n```ask\ntables: ["+table+"]\nexamples:\n"+examples+"```\n")
	}
	page("  - question: Đúng?\n    sql: SELECT n FROM " + table + "\n")
	o := p.order().Order
	if found, err := edition.Check(t.Context(), o); err != nil || len(found) > 0 {
		t.Fatalf("sound: %v, %v", found, err)
	}
	page("  - question: Sai cột?\n    sql: SELECT m FROM " + table + "\n" +
		"  - question: Bảng khác?\n    sql: SELECT * FROM units\n" +
		"  - question: Không tính được?\n    sql: SELECT CAST(word AS INTEGER) FROM " + table + "\n" +
		"  - question: Không phải câu hỏi?\n    sql: DROP TABLE " + table + "\n" +
		"  - question: Thiếu câu lệnh?\n    sgl: SELECT 1\n")
	found, err := edition.Check(t.Context(), o)
	if err != nil || len(found) != 1 {
		t.Fatalf("%v, %v", found, err)
	}
	all := strings.Join(found[0].Faults, "\n")
	for _, want := range []string{"reports/hoi.md:8:", "reports/hoi.md:10:", "units", "reports/hoi.md:12:", "reports/hoi.md:14:", "reports/hoi.md:15:", "reports/hoi.md:16:", "sgl"} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is not told in\n%s", want, all)
		}
	}
}

// TestManifestKeptBack: an edition whose manifest the system keeps back is
// still the one that readers are led to, and nothing is published beside it.
func TestManifestKeptBack(t *testing.T) {
	p := newPress(t)
	first := p.publish(t).Edition
	p.report(t, 130)
	manifest := filepath.Join(p.target, "editions", first, "manifest.json")
	if err := errors.Join(os.Rename(manifest, manifest+".aside"), os.Symlink("manifest.json", manifest)); err != nil {
		t.Fatal(err)
	}
	if _, err := edition.Publish(t.Context(), p.order()); err == nil || p.shown(t) != first {
		t.Errorf("published though the current edition is not known: %v", err)
	}
	if err := os.Rename(manifest+".aside", manifest); err != nil {
		t.Fatal(err)
	}
	if done := p.publish(t); done.Before != first {
		t.Errorf("once it can be read: %+v", done)
	}
}

// TestAlertOnPaper: what speaks against an edition stands on everything that
// is signed and filed.
func TestAlertOnPaper(t *testing.T) {
	if _, err := exec.LookPath("pdftotext"); err != nil {
		look.Lacking(t, "no pdftotext to read papers with")
	}
	p := newPress(t)
	p.put(t, "reports/giay.md", "---\ntitle: Giấy\noutputs: [html, pdf, docx, xlsx]\n---\nMột câu.\n\n```table\nquery: by_unit\n```\n")
	p.report(t, 9500)
	done := p.publish(t, force)
	const alert = "Công bố khi còn"
	at := "editions/" + done.Edition + "/giay."
	text, err := exec.Command("pdftotext", "-raw", filepath.Join(p.target, filepath.FromSlash(at+"pdf")), "-").Output()
	if err != nil || !strings.Contains(strings.Join(strings.Fields(string(text)), " "), alert) {
		t.Errorf("the PDF says %q, %v", text, err)
	}
	for form, part := range map[string]string{"docx": "word/document.xml", "xlsx": "xl/sharedStrings.xml"} {
		z, err := zip.OpenReader(filepath.Join(p.target, filepath.FromSlash(at+form)))
		if err != nil {
			t.Fatal(err)
		}
		defer z.Close()
		f, err := z.Open(part)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(f)
		if err != nil || !strings.Contains(string(body), alert) {
			t.Errorf("the %s does not say so: %v", form, err)
		}
	}
}

// TestBoxes: a character that no font of a paper has is a warning that names it
// with its place; papers that are as before are told of again, and it holds no
// edition up.
func TestBoxes(t *testing.T) {
	p := newPress(t)
	o := p.order().Order
	o.Out = filepath.Join(t.TempDir(), "dist")
	p.put(t, "reports/a.md", "---\ntitle: Giấy\noutputs: [pdf]\n---\nĐạt kế hoạch 🎉.\n\n| Tên | Ghi chú |\n|---|---|\n| A | 漢字 |\n\nHết 🎉.\n")
	p.put(t, "reports/b.md", "---\ntitle: Trang\noutputs: [html]\n---\nTrên màn hình 🎉.\n")
	for range 2 {
		made, err := edition.Build(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		if len(made.Findings) != 1 {
			t.Fatalf("%+v", made.Findings)
		}
		f := made.Findings[0]
		if f.Name != "character_missing" || f.Severity != "warn" || f.Broken() || f.File != "reports/a.md" || f.Rows != 3 {
			t.Errorf("%+v", f)
		}
		for _, want := range []string{"🎉 (U+1F389), 漢 (U+6F22), 字 (U+5B57)", "a.pdf: “Đạt kế hoạch 🎉.”", "dòng 1, cột “Ghi chú”", "1 chỗ khác"} {
			if !strings.Contains(f.Title, want) {
				t.Errorf("%s: no %s", f.Title, want)
			}
		}
	}
	table, err := edition.Explain(t.Context(), o, "character_missing")
	if err != nil || len(table.Rows) != 3 {
		t.Fatalf("%v, %v", table, err)
	}
}
