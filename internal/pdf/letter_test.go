package pdf

import (
	"testing"

	"tongket/internal/report"
)

// TestLetterHasItsSubjectUnderTheNumber: a công văn has no title (Nghị định
// 30/2020/NĐ-CP, Annex I, section II, point 5).
func TestLetterHasItsSubjectUnderTheNumber(t *testing.T) {
	p := paper()
	p.Kind, p.Code, p.Subject = "Công văn", "SNV-CCVTLT", "đôn đốc thực hiện Đề án"
	p.To = []string{"Sở Y tế"}
	doc := &report.Document{Path: "don-doc", Title: "Công văn", Outputs: []string{"pdf"}, Paper: p,
		Blocks: []report.Block{report.Paragraph{Text: []report.Run{{Text: "Thực hiện Đề án."}}}, report.Signature{}}}
	first := sheets(t, written(t, doc, "vi"))[0]
	number, about, to := first.find(t, "Số: /SNV-CCVTLT"), first.find(t, "V/v đôn đốc thực hiện Đề án"), first.find(t, "Kính gửi: Sở Y tế")
	near(t, "subject size", about.size(), 13, 0.2)
	near(t, "subject under the number", about.middle(), number.middle(), 0.5)
	if gap := about.Y1 - number.Y2; gap < 0.5 || gap > 5 {
		t.Errorf("%.1f mm between number and subject", gap)
	}
	if to.Y1 < about.Y2 {
		t.Error("the receiver stands above the subject")
	}
	near(t, "receiver middle", to.middle(), 30+165.0/2, 0.5)
	if at, titled := first.look("CÔNG VĂN"); titled {
		t.Errorf("a title at %.1f mm", at.Y1)
	}
}
