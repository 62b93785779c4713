package sample

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
)

// firstYear is where the months of made-up programmes begin.
const firstYear = 2010

// Benchmark returns a programme of so many units, each with a report for each
// of so many months: one progress file a month.
func Benchmark(units, months int) []File {
	files := append(frame(units, months), benchmarkTargets(units, months))
	for m := range months {
		s := newSheet(bulkHeader...)
		var line []byte
		for u := range units {
			line = appendRow(line[:0], u, m, months)
			s.buf.Write(line)
		}
		files = append(files, s.file("progress/"+month(m)+".csv"))
	}
	return files
}

// WriteRows makes a programme in dir whose only progress file,
// progress/bulk.csv, has n rows, and enough units for each row to be a unit
// and month of its own.
func WriteRows(dir string, n int) (err error) {
	units := (n + bulkMonths - 1) / bulkMonths
	if err := Write(dir, frame(units, bulkMonths)); err != nil {
		return err
	}
	path := filepath.Join(dir, "progress", "bulk.csv")
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("data folder: %w", err)
	}
	f, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("data file: %w", err)
	}
	defer func() {
		if cerr := f.Close(); err == nil && cerr != nil {
			err = fmt.Errorf("data file: %w", cerr)
		}
	}()
	if err := rows(f, n); err != nil {
		return fmt.Errorf("data file: %w", err)
	}
	return nil
}

const bulkMonths = 120

// rows writes the header and n rows of about 58 bytes.
func rows(w io.Writer, n int) error {
	out := bufio.NewWriterSize(w, 1<<20)
	header := newSheet(bulkHeader...)
	out.Write(header.buf.Bytes())
	line := make([]byte, 0, 128)
	for i := range n {
		line = appendRow(line[:0], i/bulkMonths, i%bulkMonths, bulkMonths)
		if _, err := out.Write(line); err != nil {
			return err
		}
	}
	return out.Flush()
}

// bulkHeader is progressHeader's shorter sister: the columns that a report
// cannot do without, and a date.
var bulkHeader = []string{
	"Đơn vị", "Kỳ báo cáo", "Ngày báo cáo", "Khối lượng tồn đọng (mét)", "Khối lượng đã chỉnh lý (mét)",
	"Hồ sơ bảo quản vĩnh viễn", "Hồ sơ bảo quản có thời hạn", "Số hộp",
}

// appendRow writes unit u's report for month m of months: its backlog, worked
// off evenly.
func appendRow(line []byte, u, m, months int) []byte {
	backlog := 1000 + u*7919%9000 // tenths of a metre
	arranged := backlog * (m + 1) / months
	line = appendCode(line, u)
	line = append(line, ';')
	line = appendMonth(line, m)
	line = append(line, ';')
	line = appendDay(line, m+1)
	line = append(line, ';')
	line = appendTenths(line, backlog)
	line = append(line, ';')
	line = appendTenths(line, arranged)
	line = append(line, ';')
	line = strconv.AppendInt(line, int64(arranged*3), 10)
	line = append(line, ';')
	line = strconv.AppendInt(line, int64(arranged*7), 10)
	line = append(line, ';')
	line = strconv.AppendInt(line, int64(arranged), 10)
	return append(line, '\r', '\n')
}

func appendCode(line []byte, u int) []byte {
	line = append(line, 'U')
	for size := 100000; size > u+1 && size > 1; size /= 10 {
		line = append(line, '0')
	}
	return strconv.AppendInt(line, int64(u+1), 10)
}

func appendTenths(line []byte, n int) []byte {
	line = strconv.AppendInt(line, int64(n/10), 10)
	return append(line, ',', byte('0'+n%10))
}

// appendMonth writes a period: "2010-01".
func appendMonth(line []byte, m int) []byte {
	line = strconv.AppendInt(line, int64(firstYear+m/12), 10)
	n := m%12 + 1
	return append(line, '-', byte('0'+n/10), byte('0'+n%10))
}

// appendDay writes the 15th of a month: "15/02/2010".
func appendDay(line []byte, m int) []byte {
	n := m%12 + 1
	line = append(line, '1', '5', '/', byte('0'+n/10), byte('0'+n%10), '/')
	return strconv.AppendInt(line, int64(firstYear+m/12), 10)
}

func month(m int) string { return string(appendMonth(nil, m)) }

// frame returns the register of made-up units and a phase as long as the
// months. Tables that have no file stay empty.
func frame(units, months int) []File {
	s := newSheet("Mã đơn vị", "Tên đơn vị", "Tên viết tắt", "Loại đơn vị", "Khối")
	for u := range units {
		code := string(appendCode(nil, u))
		kind, block := "department", departments
		if u%3 == 0 {
			kind, block = "locality", localities
		}
		s.row(code, "Đơn vị "+code, code, kind, block)
	}
	phases := newSheet(phasesHeader...)
	phases.row("1", "Giai đoạn 1", whole(firstYear), whole(firstYear+(months-1)/12), whole(firstYear-1), "Quyết định phê duyệt", "", "")
	return []File{s.file("units.csv"), phases.file("phases.csv")}
}

func benchmarkTargets(units, months int) File {
	s := newSheet("Đơn vị", "Kỳ báo cáo", "Chỉ tiêu lũy kế (mét)")
	for u := range units {
		backlog := 1000 + u*7919%9000
		for m := range months {
			s.row(string(appendCode(nil, u)), month(m), metres(backlog*(m+1)/months))
		}
	}
	return s.file("targets.csv")
}
