package pdf

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestArchive holds a paper with pictures, tables and attached files against
// what PDF/A-3, level B, asks for, as far as it can be read back; no validator
// is at hand.
func TestArchive(t *testing.T) {
	file := written(t, summary(t), "vi")
	plain := filepath.Join(t.TempDir(), "plain.pdf")
	tool(t, "qpdf", "--qdf", "--object-streams=disable", file, plain)
	data, err := os.ReadFile(plain)
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	for what, want := range map[string]string{
		"which standard it keeps":        `<pdfaid:part>3</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>`,
		"the profile of its colours":     `/S /GTS_PDFA1`,
		"an identity (6.1.3)":            `/ID [`,
		"its language":                   `/Lang (vi)`,
		"the packet can be found":        `<?xpacket begin="` + "\ufeff" + `" id="W5M0MpCehiHzreSzNTczkc9d"?>`,
		"title shown instead of a path":  `/DisplayDocTitle true`,
		"kind of the attached files":     `/Subtype /text#2fcsv`,
		"their relation to the paper":    `/AFRelationship /Data`,
		"files named in the catalog too": `/AF [`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%s: no %s", what, want)
		}
	}
	for what, never := range map[string]string{
		"encryption (6.1.3)": `/Encrypt`, "scripts": `/JavaScript `, "soft masks": `/SMask`, "actions": `/OpenAction`, "half-transparent paint": `/ca 0`, "external streams": `/FFilter`, "LZW (6.1.7)": `/LZWDecode`,
	} {
		if strings.Contains(text, never) {
			t.Errorf("%s: %s", what, never)
		}
	}
	count := func(pattern string) int { return len(regexp.MustCompile(pattern).FindAllString(text, -1)) }
	if fonts, embedded := count(`/Type /FontDescriptor`), count(`/FontFile2 \d+ 0 R`); fonts == 0 || fonts != embedded {
		t.Errorf("%d fonts, %d of them in the file", fonts, embedded)
	}
	if maps, fonts := count(`/CIDToGIDMap`), count(`/Subtype /CIDFontType2`); maps != fonts {
		t.Errorf("%d of %d fonts tell their letters' shapes", maps, fonts)
	}
	attached, named, related, dated := count(`/Type /EmbeddedFile`), count(`/F \([a-z_0-9-]+\.csv\)`), count(`/AFRelationship`), count(`/ModDate \(D:\d{14}`)
	if attached == 0 || named != attached || related != attached || dated != attached+1 { // and the paper's own
		t.Errorf("%d attached files, %d with names, %d with a relation, %d dates", attached, named, related, dated)
	}
	title := regexp.MustCompile(`(?s)<dc:title><rdf:Alt><rdf:li xml:lang="x-default">(.*?)</rdf:li>`).FindStringSubmatch(text)
	if title == nil || !strings.Contains(tool(t, "pdfinfo", file), title[1]) {
		t.Errorf("the title in the packet is %q", title)
	}
}

func TestProfile(t *testing.T) {
	p := sRGB()
	if int(binary.BigEndian.Uint32(p)) != len(p) || string(p[36:40]) != "acsp" || string(p[12:24]) != "mntrRGB XYZ " {
		t.Fatalf("%d bytes, the head says %d: %q", len(p), binary.BigEndian.Uint32(p), p[:40])
	}
	for i := range int(binary.BigEndian.Uint32(p[128:])) {
		at := 132 + 12*i
		start, length := binary.BigEndian.Uint32(p[at+4:]), binary.BigEndian.Uint32(p[at+8:])
		if start%4 != 0 || int(start+length) > len(p) {
			t.Errorf("%s: %d bytes from %d", p[at:at+4], length, start)
		}
	}
}
