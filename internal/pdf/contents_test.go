package pdf

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"tongket/internal/report"
)

// The list of contents tells the page on which each part begins, and leads
// there; annexes of an official paper count their own pages.
func TestContents(t *testing.T) {
	for _, paper := range []*report.Paper{nil, {Kind: "BÁO CÁO", Code: "BC"}} {
		doc := tableDoc(report.Contents{})
		doc.Paper = paper
		for i := range 6 {
			doc.Blocks = append(doc.Blocks, report.Heading{Level: 1 + i%2, ID: fmt.Sprint("h", i), Text: []report.Run{{Text: fmt.Sprintf("Phầnthứ%d", i)}}})
			for range 14 {
				doc.Blocks = append(doc.Blocks, para(strings.Repeat("Kết quả thực hiện. ", 12)))
			}
		}
		doc.Blocks = append(doc.Blocks, report.Heading{Level: 3, ID: "deep", Text: []report.Run{{Text: "Khôngnêu"}}}, units0(),
			report.Annex{ID: "annex", Title: "Danh sách", Landscape: true}, para("Hết."))
		file := written(t, doc, "vi")
		pages := sheets(t, file)
		for i := range 6 {
			name := fmt.Sprintf("Phầnthứ%d", i)
			listed, begins := "", 0
			for n, s := range pages {
				for at, w := range s.Words {
					switch {
					case w.Text != name:
					case listed == "":
						for _, next := range s.Words[at+1:] {
							if next.Text != "." {
								listed = next.Text
								break
							}
						}
					case begins == 0:
						begins = n + 1
					}
				}
			}
			if begins == 0 || listed != fmt.Sprint(begins) {
				t.Errorf("%s begins on page %d, the list says %q", name, begins, listed)
			}
		}
		plain := filepath.Join(t.TempDir(), "plain.pdf")
		tool(t, "qpdf", "--qdf", "--object-streams=disable", file, plain)
		data, err := os.ReadFile(plain)
		if err != nil {
			t.Fatal(err)
		}
		text := string(data)
		page := map[string]bool{}
		for _, m := range regexp.MustCompile(`(?m)^(\d+) 0 obj\n<<(?:\n  /.*)*?\n  /Type /Page\n`).FindAllStringSubmatch(text, -1) {
			page[m[1]] = true
		}
		links := regexp.MustCompile(`(?s)/Dest \[\s+(\d+) 0 R\s+/XYZ\s+0\s.*?/F (\d+)`).FindAllStringSubmatch(text, -1)
		if n := strings.Count(text, "/Subtype /Link"); n != 7 || strings.Count(text, "/F 4\n") != 7 {
			t.Errorf("%d links, %d targets", n, len(links))
		}
		for _, m := range links {
			if len(page) > 0 && !page[m[1]] {
				t.Errorf("a link leads to object %s, no page", m[1])
			}
		}
	}
}

// units0 is a table, which brings an attached file along.
func units0() report.TableBlock {
	return report.TableBlock{Caption: "Đơn vị", ID: "t", Table: report.Table{Name: "t", Columns: []report.Column{{Name: "a", Title: "Tên", Format: report.Text}}, Rows: [][]any{{"A"}}}}
}
