package pdf

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var (
	outlineTarget = regexp.MustCompile(`/Dest \[(\d+) 0 R /XYZ`)
	attachmentKey = regexp.MustCompile(`\(Attachement(\d+)\) (\d+) 0 R`)
	catalog       = regexp.MustCompile(`(?m)^/Type /Catalog\n`)
	fileStream    = regexp.MustCompile(`/EF << /F (\d+) 0 R >>`)
	infoOf        = regexp.MustCompile(`/Info \d+ 0 R`)
	crossTable    = regexp.MustCompile(`(?s)\nxref\n0 (\d+)\n(.*)trailer\n(.*)>>\nstartxref\n(\d+)\n`)
)

// mending is what the library cannot write.
type mending struct {
	labels string   // of the pages, as the catalog writes them
	names  []string // of the attached files, in their order
	date   string   // of these, as PDF writes it
}

// repair writes the file anew with what an archive asks for (PDF/A-3,
// ISO 19005-3) and the library leaves out: the labels of the pages, the title
// in the window, the relation of the attached files to the paper, their names
// and kinds, an identity of the file. It puts right what the library does
// wrong in a file with attached files: it writes two objects for each before
// the pages, but numbers the outline's targets as if the pages came first; and
// it leaves the names of the files out of order from the tenth on, where a
// name tree must be sorted; and with a profile of colours it takes that for the
// properties of the file.
func repair(file []byte, m mending) ([]byte, error) {
	table := crossTable.FindSubmatchIndex(file)
	if table == nil {
		return nil, fmt.Errorf("no cross-reference table")
	}
	entries := file[table[4]:table[5]]
	count, err := strconv.Atoi(string(file[table[2]:table[3]]))
	if err != nil || len(entries) < 20*count {
		return nil, fmt.Errorf("the cross-reference table is broken")
	}
	starts := make([]int, count) // by the number of the object
	order := []int{}
	for n := 1; n < count; n++ {
		if starts[n], err = strconv.Atoi(string(entries[20*n : 20*n+10])); err != nil {
			return nil, fmt.Errorf("object %d is not in the cross-reference table", n)
		}
		order = append(order, n)
	}
	slices.SortFunc(order, func(a, b int) int { return starts[a] - starts[b] })
	if len(order) == 0 {
		return nil, fmt.Errorf("no objects")
	}
	out := append([]byte("%PDF-1.7\n"), file[bytes.IndexByte(file, '\n')+1:starts[order[0]]]...)
	places, info := make([]int, count), 0
	for i, n := range order {
		end := table[0] + 1
		if i+1 < len(order) {
			end = starts[order[i+1]]
		}
		places[n] = len(out)
		head, stream := file[starts[n]:end], []byte(nil)
		if at := bytes.Index(head, []byte("\nstream\n")); at >= 0 {
			head, stream = head[:at], head[at:]
		}
		if bytes.Contains(head, []byte("\n/CreationDate ")) {
			info = n
		}
		out = append(append(out, m.object(head)...), stream...)
	}
	at := len(out)
	out = fmt.Appendf(out, "xref\n0 %d\n0000000000 65535 f \n", count)
	for n := 1; n < count; n++ {
		out = fmt.Appendf(out, "%010d 00000 n \n", places[n])
	}
	id := sha256.Sum256(out)
	trailer := infoOf.ReplaceAll(file[table[6]:table[7]], fmt.Appendf(nil, "/Info %d 0 R", info))
	return fmt.Appendf(out, "trailer\n%s/ID [<%x> <%[2]x>]\n>>\nstartxref\n%d\n%%%%EOF\n", trailer, id[:16], at), nil
}

// object mends what stands before the stream of an object, or all of it.
func (m mending) object(head []byte) []byte {
	text := string(head)
	switch {
	case strings.Contains(text, "/Type /Catalog"):
		files := ""
		text = attachmentKey.ReplaceAllStringFunc(text, func(key string) string {
			parts := attachmentKey.FindStringSubmatch(key)
			n, _ := strconv.Atoi(parts[1])
			files += " " + parts[2] + " 0 R"
			return fmt.Sprintf("(%06d) %s 0 R", n, parts[2])
		})
		more := m.labels + "/ViewerPreferences << /DisplayDocTitle true >>\n"
		if files != "" {
			more += "/AF [" + files + " ]\n"
		}
		text = catalog.ReplaceAllLiteralString(text, "/Type /Catalog\n"+more)
	case strings.Contains(text, "/Dest ["):
		text = outlineTarget.ReplaceAllStringFunc(text, func(target string) string {
			n, _ := strconv.Atoi(outlineTarget.FindStringSubmatch(target)[1])
			return fmt.Sprintf("/Dest [%d 0 R /XYZ", n+2*len(m.names))
		})
		text = strings.ReplaceAll(text, "/Subtype /Link ", "/Subtype /Link /F 4 ") // is there when printed: 6.3.2
	case strings.Contains(text, "/Type /Filespec"):
		// Two objects a file, from the first on: the stream and its name.
		n, _ := strconv.Atoi(text[:strings.IndexByte(text, ' ')])
		if i := (n - 3) / 2; i >= 0 && i < len(m.names) {
			text = strings.Replace(text, "/F () ", "/F ("+m.names[i]+") /AFRelationship /Data ", 1)
		}
		text = fileStream.ReplaceAllString(text, "/EF << /F $1 0 R /UF $1 0 R >>")
	case strings.Contains(text, "/Type /EmbeddedFile"):
		text = strings.Replace(text, "/Type /EmbeddedFile", "/Type /EmbeddedFile /Subtype /text#2Fcsv", 1)
		text = strings.Replace(text, "/Params << ", "/Params << /ModDate ("+m.date+") ", 1)
	}
	return []byte(text)
}
