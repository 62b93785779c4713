package charset

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
)

func TestOtherLanguages(t *testing.T) {
	for name, s := range map[string]string{
		"English": "The café on Zoë’s résumé costs £500 – £750; a naïve façade, © 2024 Smith® §5, 20 °C, 15 m²",
		"pounds":  "Budget £ 100, £ 200, £ 300 and £400",
		"French":  "État d’avancement à la fin de l’année : déjà traités, été, août, élève, où, ça, là, né, thé, «développé» à côté",
		"Danish":  "Så må vi få på øen og når året går; små æbler, grønne træer, både børn og kvinder, også før påske",
		"German":  "Die Größe der Straße für Köln, München und Düsseldorf ändert sich täglich über Nacht",
		"Spanish": "La niña española comió mañana también después según él",
		"Portug.": "Não são João, informação, coração, país, três, você, avó",
		"ASCII":   "unit,period,backlog_m\r\nSNV,2025-Q3,1000\r\n",
	} {
		b, err := charmap.Windows1252.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		want := Windows1252
		if name == "ASCII" {
			want = UTF8
		}
		d := Detect([]byte(b), nil)
		if d.Encoding != want || d.Misread != "" || d.Lossy() {
			t.Errorf("%s: %+v", name, d)
		}
		if got := read(t, d, []byte(b)); got != s {
			t.Errorf("%s: %q", name, got)
		}
		d = Detect([]byte(s), nil)
		if d.Encoding != UTF8 || d.Misread != "" || !d.Plain {
			t.Errorf("%s in UTF-8: %+v", name, d)
		}
	}
}

func TestIcelandic(t *testing.T) {
	b := []byte("\xD0a\xF0i l\xED\xF0ur, ma\xF0ur og \xFEorp")
	if got := read(t, Detect(b, nil), b); got != "Ðaði líður, maður og þorp" {
		t.Errorf("%q", got)
	}
	if got := DetectText([]string{"Ðồng Nai"}).Text("Ðồng Nai, ðã"); got != "Đồng Nai, đã" {
		t.Errorf("%q", got)
	}
}

func TestSyllable(t *testing.T) {
	for _, w := range strings.Fields(`nghiêng giếng gì gìn giết quốc quý quyển Nguyễn khuỷu thuở hòa hoà thúy thuý ĐỒNG Sở
		tỉnh chỉnh lý rượu người được yêu ý ở ỉa ô xoong đắk Lắk hoạch khuya nguệch ngoằn quang ban Trị giá già giữa giao bảo oán hoại khuỷu của phía Huỳnh Đăk`) {
		if !Syllable(w) {
			t.Errorf("%q is a syllable", w)
		}
	}
	for _, w := range strings.Fields(`Së Néi tØnh cê kà ghà ngê bỉên hoàá cat các̀ thươg café für så- Zoë ngnh q qu g đ 12 nghiêngg cáć trắcc bácd bac Xaõ taø nguoì cuả`) {
		if Syllable(w) {
			t.Errorf("%q is no syllable", w)
		}
	}
}
