// Package starter makes the files of a new programme folder: the sample, the
// sample without its figures, or a contract proposed from files at hand.
package starter

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// File is one file of a new folder, its path with slashes.
type File struct {
	Path string
	Data []byte
}

//go:embed files
var texts embed.FS

// Sample returns the sample programme, figures and all.
func Sample(sample fs.FS) ([]File, error) {
	files, err := read(sample)
	if err != nil {
		return nil, err
	}
	return finish(files, "mau.md", []edit{
		{"data/README.md", "\nCác tệp CSV ở đây do `go run ./cmd/tongket-sample -out data` tạo ra; chạy lại luôn cho cùng kết quả.\n", ""},
	})
}

// Empty returns the sample programme without its figures: places to fill, and
// three units as examples.
func Empty(sample fs.FS) ([]File, error) {
	all, err := read(sample)
	if err != nil {
		return nil, err
	}
	var files []File
	for _, f := range all {
		switch dir, name := path.Split(f.Path); {
		case f.Path == "data/README.md":
		case f.Path == "data/units.csv":
			examples, err := texts.ReadFile("files/units.csv")
			if err != nil {
				return nil, fmt.Errorf("units: %w", err)
			}
			files = append(files, File{f.Path, append(header(f.Data), crlf(examples)...)})
		case f.Path == "data/targets.csv":
			files = append(files, File{"bieu-mau/ke-hoach.csv", header(f.Data)})
		case dir == "data/progress/":
			if !slices.ContainsFunc(files, func(x File) bool { return x.Path == "bieu-mau/bao-cao-tien-do.csv" }) {
				files = append(files, File{"bieu-mau/bao-cao-tien-do.csv", header(f.Data)})
			}
		case dir == "data/" && path.Ext(name) == ".csv":
			files = append(files, File{f.Path, header(f.Data)})
		default:
			files = append(files, f)
		}
	}
	for from, to := range map[string]string{"du-lieu.md": "data/README.md", "tien-do.md": "data/progress/README.md"} {
		text, err := texts.ReadFile("files/" + from)
		if err != nil {
			return nil, fmt.Errorf("data: %w", err)
		}
		files = append(files, File{to, text})
	}
	return finish(files, "trong.md", blanks)
}

// blanks turn what the sample says of itself into places to fill.
var blanks = []edit{
	{"tongket.yaml", "# Chương trình mẫu: giai đoạn 1 (2018–2021) của Đề án chỉnh lý tài liệu tồn đọng tỉnh Đồng Nai.\n", "# Khai báo của chương trình. Chỗ nào trong dấu [ ] là chỗ phải điền.\n"},
	{"tongket.yaml", "title: Tổng kết Đề án chỉnh lý tài liệu tồn đọng tỉnh Đồng Nai\n", "title: '[Tên chương trình, đề án]'\n"},
	{"tongket.yaml", "agency: Sở Nội vụ tỉnh Đồng Nai\n", "agency: '[Tên cơ quan chủ trì]'\n"},
	{"tongket.yaml", "xóa dòng này khi đã thay bằng số liệu thật.", "xóa ba dòng dưới đây khi đã khai báo xong."},
	{"tongket.yaml", `  Số liệu minh họa: tên cơ quan, Đề án và lần giao nộp ngày 05/12/2024 là có thật;
  mọi số liệu tiến độ, kinh phí, chất lượng và tên người đều là giả định, không phản ánh tình hình thực tế của đơn vị nào.
`, `  Chương trình đang được thiết lập: các đơn vị trong danh mục là ví dụ,
  chưa có số liệu nào của đơn vị thật.
`},
	{"tongket.yaml", "superior: [UBND TỈNH ĐỒNG NAI]", "superior: ['[CƠ QUAN CHỦ QUẢN]']"},
	{"tongket.yaml", "agency: [SỞ NỘI VỤ]", "agency: ['[CƠ QUAN BAN HÀNH]']"},
	{"tongket.yaml", "code: BC-SNV", "code: BC"},
	{"tongket.yaml", "place: Đồng Nai", "place: '[Địa danh]'"},
	{"tongket.yaml", `date: "2022-10"`, `date: ""                             # ngày ban hành, ví dụ "2025-10-28"; "2025-10" khi chưa rõ ngày`},
	{"tongket.yaml", "to: [UBND tỉnh Đồng Nai]", "to: ['[Nơi nhận báo cáo]']"},
	{"tongket.yaml", `  # Văn bản ghi ngày từ mốc nào thì theo tên gọi từ mốc ấy. Không ghi ngày: theo ngày chung ở trên, không có nữa thì theo mốc sau cùng.
  later:
    - from: "2025-07-01"               # không còn cấp huyện (Nghị quyết số 202/2025/QH15, 1662/NQ-UBTVQH15)
      recipients: [Như trên, "Giám đốc, các Phó Giám đốc Sở", "Các sở, ban, ngành", "UBND các xã, phường", "Lưu: VT, CCVTLT"]
    - from: "2026-04-30"               # thành phố trực thuộc trung ương (Nghị quyết số 30/2026/QH16)
      superior: [UBND THÀNH PHỐ, ĐỒNG NAI]
      to: [UBND thành phố Đồng Nai]
      vars: {province: thành phố}
`, `  # Tên cơ quan, cách gọi đổi từ một ngày thì khai thêm; văn bản ghi ngày từ đó theo tên mới:
  # later:
  #   - {from: "2026-04-30", superior: ['[TÊN MỚI]'], vars: {province: thành phố}}
`},
	{"tongket.yaml", "  sample: true                         # chương trình mẫu: báo cáo in mang dòng \"Số liệu minh họa\"; đổi thành false khi đã thay bằng số liệu thật\n",
		"  sample: false                        # true: báo cáo in mang dòng \"Số liệu minh họa\"\n"},
	{"tongket.yaml", "  issuing_unit: SNV                    # mã", "  issuing_unit: \"\"                     # mã"},
	{"data/datapackage.yaml", "name: chinh-ly-tai-lieu-ton-dong\n", "name: chuong-trinh\n"},
	{"data/datapackage.yaml", "title: Chỉnh lý tài liệu tồn đọng từ năm 2015 trở về trước\n", "title: '[Tên chương trình, đề án]'\n"},
	{"data/datapackage.yaml", "description: Số liệu minh họa theo Đề án của tỉnh Đồng Nai giai đoạn 2018–2021; xem README.md.\n", ""},
	{"data/datapackage.yaml", "    description: Các lần bàn giao tài liệu đã công bố; số liệu thật, giữ nguyên như nguồn in.\n", "    description: Các lần bàn giao tài liệu vào Lưu trữ lịch sử.\n"},
}

// edit replaces the one place of a text in a file.
type edit struct{ path, old, new string }

// finish makes the edits and adds the page that is to be read first.
func finish(files []File, guide string, edits []edit) ([]File, error) {
	var errs []error
	for _, e := range edits {
		i := slices.IndexFunc(files, func(f File) bool { return f.Path == e.path })
		if i < 0 || strings.Count(string(files[i].Data), e.old) != 1 {
			errs = append(errs, fmt.Errorf("sample: %s does not hold %q once", e.path, e.old))
			continue
		}
		files[i].Data = []byte(strings.Replace(string(files[i].Data), e.old, e.new, 1))
	}
	text, err := texts.ReadFile("files/" + guide)
	if err != nil {
		errs = append(errs, fmt.Errorf("guide: %w", err))
	}
	return append(files, File{"DOC-TRUOC.md", text}), errors.Join(errs...)
}

func read(sample fs.FS) ([]File, error) {
	var out []File
	err := fs.WalkDir(sample, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(sample, name)
		out = append(out, File{name, data})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("sample: %w", err)
	}
	return out, nil
}

// header is the first line of a CSV file, its end included.
func header(data []byte) []byte {
	line, _, _ := strings.Cut(string(data), "\n")
	return []byte(line + "\n")
}

// crlf ends lines as spreadsheets do, and as the sample's headers are ended.
func crlf(text []byte) []byte { return bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n")) }

// Occupied is the error of a folder that holds something already.
type Occupied struct {
	Dir   string
	Names []string // what is there, in order
}

func (o *Occupied) Error() string {
	return fmt.Sprintf("%s is not empty: %s", o.Dir, strings.Join(o.Names, ", "))
}

// Write makes the folder with these files, all of them or none. A folder that
// is there must be empty, else the error is an *Occupied.
func Write(dir string, files []File) error {
	entries, err := os.ReadDir(dir)
	entries = slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return staged.MatchString(e.Name()) })
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return create(dir, files)
	case err != nil:
		return fmt.Errorf("folder: %w", err)
	case len(entries) > 0:
		o := &Occupied{Dir: dir}
		for _, e := range entries {
			o.Names = append(o.Names, e.Name())
		}
		return o
	}
	return fill(dir, files)
}

// staged is what the folder holds of a job that was killed: nothing of it was
// in its place yet.
var staged = regexp.MustCompile(`^\.tongket-\d+$`)

// create makes the folder beside its place and gives it its name at the end.
func create(dir string, files []File) error {
	dir = filepath.Clean(dir)
	parent := filepath.Dir(dir)
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return fmt.Errorf("folder: %w", err)
	}
	stage, err := os.MkdirTemp(parent, ".tongket-")
	if err != nil {
		return fmt.Errorf("folder: %w", err)
	}
	err = put(stage, files)
	if err == nil {
		err = errors.Join(os.Chmod(stage, 0o755), os.Rename(stage, dir))
	}
	if err != nil {
		return errors.Join(fmt.Errorf("folder: %w", err), os.RemoveAll(stage))
	}
	return nil
}

// fill writes into a folder that is there: whoever made it may own nothing
// beside it.
func fill(dir string, files []File) error {
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		if staged.MatchString(e.Name()) {
			err = errors.Join(err, os.RemoveAll(filepath.Join(dir, e.Name())))
		}
	}
	if err != nil {
		return fmt.Errorf("folder: %w", err)
	}
	stage, err := os.MkdirTemp(dir, ".tongket-")
	if err != nil {
		return fmt.Errorf("folder: %w", err)
	}
	var moved []string
	err = put(stage, files)
	for _, f := range files {
		top, _, _ := strings.Cut(f.Path, "/")
		if err != nil || slices.Contains(moved, top) {
			continue
		}
		if err = os.Rename(filepath.Join(stage, top), filepath.Join(dir, top)); err == nil {
			moved = append(moved, top)
		}
	}
	if err != nil {
		err = fmt.Errorf("folder: %w", err)
		for _, top := range moved {
			err = errors.Join(err, os.RemoveAll(filepath.Join(dir, top)))
		}
	}
	return errors.Join(err, os.RemoveAll(stage))
}

func put(dir string, files []File) error {
	for _, f := range files {
		name := filepath.Join(dir, filepath.FromSlash(f.Path))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(name, f.Data, 0o644); err != nil {
			return err
		}
	}
	return nil
}
