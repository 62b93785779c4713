package html

import (
	"bytes"
	"fmt"
	"os/exec"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"tongket/internal/look"
	"tongket/internal/report"
)

// printed is the text of each sheet that a browser prints of a page.
func printed(t *testing.T, b *look.Tab, address string) []string {
	t.Helper()
	b.Run(t, chromedp.Navigate(address))
	css := true
	pdf, err := chromedp.Call(b, page.PrintToPDF, page.PrintToPDFParams{PreferCSSPageSize: &css})
	if err != nil {
		t.Fatal(err)
	}
	read := exec.Command("pdftotext", "-layout", "-", "-")
	read.Stdin = bytes.NewReader(pdf.Data)
	text, err := read.Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(text), "\f"), "\f")
}

// TestPrintedTables: wherever a table happens to break, neither its header nor
// its sum nor the name of a group stands on a sheet without rows.
func TestPrintedTables(t *testing.T) {
	if _, err := exec.LookPath("pdftotext"); err != nil {
		look.Lacking(t, "no pdftotext to read what is printed")
	}
	table := func(rows int) report.Table {
		out := demoTable()
		out.Rows = nil
		for i := range rows {
			out.Rows = append(out.Rows, []any{fmt.Sprintf("Nhóm %d", i*2/rows), fmt.Sprintf("Xã %d", i), 1.5, 1.0, 0.5, int64(i), "behind", nil, nil})
		}
		return out
	}
	var docs []*report.Document
	for rows := 24; rows < 56; rows += 2 {
		docs = append(docs, &report.Document{Path: fmt.Sprintf("p%d", rows), Title: "P", File: "reports/p.md", Outputs: []string{"html"}, Blocks: []report.Block{
			report.TableBlock{Table: table(rows), ID: "t", Caption: "Bảng thứ nhất", Group: "block"},
			report.TableBlock{Table: table(20), ID: "u", Caption: "Bảng thứ hai", Group: "block"},
		}})
	}
	dir := edition(t, demoSite(), docs...)
	b := look.Open(t)
	broken := 0
	for _, doc := range docs {
		sheets := printed(t, b, fileURL(dir, doc.Path+".html"))
		broken += len(sheets) - 1
		for n, sheet := range sheets {
			for _, part := range []string{"Đơn vị", "Tổng cộng", "Cộng: Nhóm", "Nhóm 0", "Nhóm 1"} {
				if strings.Contains(sheet, part) && !strings.Contains(sheet, "Xã ") {
					t.Errorf("%s: sheet %d has %q and no row:\n%s", doc.Path, n+1, part, sheet)
				}
			}
			lines := strings.Split(strings.TrimSpace(sheet), "\n")
			if last := strings.TrimSpace(lines[len(lines)-1]); strings.HasPrefix(last, "Nhóm ") || strings.Contains(last, "Khối lượng") {
				t.Errorf("%s: sheet %d ends with %q", doc.Path, n+1, last)
			}
		}
	}
	if broken < len(docs) {
		t.Errorf("%d breaks in %d documents prove nothing", broken, len(docs))
	}
}

// TestPrintedTools: what can only be pressed is not printed.
func TestPrintedTools(t *testing.T) {
	dir := edition(t, demoSite(), demoDocument())
	b := look.Open(t)
	b.Visit(t, fileURL(dir, "index.html"), 800, "light")
	const seen = `[...document.querySelectorAll("input, button, select, #project, #menu")].filter(e => !e.matches("th button") && e.checkVisibility()).map(e => e.id || e.className).join(" ")`
	if look.Ask[string](t, b, seen) == "" {
		t.Error("on the screen nothing can be pressed")
	}
	look.Call(t, b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
	if got := look.Ask[string](t, b, seen); got != "" {
		t.Errorf("printed: %s", got)
	}
}
