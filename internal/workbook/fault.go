package workbook

import "fmt"

// Fault says why a file is not read as a workbook.
type Fault struct {
	Reason Reason
	Detail string // for the log: which part, which row
}

func (f *Fault) Error() string { return string(f.Reason) + ": " + f.Detail }

// Reason is what a refused file is, or what is wrong with it.
type Reason string

const (
	OldExcel     Reason = "xls"
	OldWord      Reason = "doc"
	Encrypted    Reason = "encrypted"
	Word         Reason = "docx"
	OpenDocument Reason = "ods"
	Binary       Reason = "xlsb"
	Archive      Reason = "zip" // a zip that is no office file
	Damaged      Reason = "damaged"
	TooLarge     Reason = "large" // beyond a limit that no real workbook reaches
)

func fault(reason Reason, format string, args ...any) *Fault {
	return &Fault{Reason: reason, Detail: fmt.Sprintf(format, args...)}
}
