package report

import "strings"

// Document is one page or paper, finished but for its looks: what a writer
// turns into HTML or PDF.
type Document struct {
	Path        string   // without extension and with slashes, e.g. "index", "don-vi/731"
	Title       string   // plain text
	Description string   // one sentence, plain text; may be empty
	Also        string   // other words by which the search box finds the page, e.g. "Sở GTVT SGTVT"; may be empty
	Menu        string   // label in the site's menu; empty: not in the menu
	Order       int      // place in the menu, ascending
	Parent      string   // path of the page whose menu entry stays marked, and under which Menu stands; may be empty
	Outputs     []string // of "html", "pdf", "docx", "xlsx"
	Paper       *Paper   // the official layout; nil for a plain document
	Alert       string   // what speaks against its figures, above everything: "Công bố khi còn 2 điểm kiểm tra chưa đạt"; may be empty
	Blocks      []Block
	File        string // the Markdown it was written in, e.g. "reports/index.md"
}

// Has reports whether the document is to be written in this form.
func (d *Document) Has(output string) bool {
	for _, o := range d.Outputs {
		if o == output {
			return true
		}
	}
	return false
}

// Warned returns the blocks as they stand on paper: after the alert.
func (d *Document) Warned() []Block {
	if d.Alert == "" {
		return d.Blocks
	}
	return append([]Block{Notice{Severity: "warn", Text: []Run{{Text: d.Alert, Bold: true}}}}, d.Blocks...)
}

// Block is one piece of a document, in reading order. It is one of Heading,
// Paragraph, List, Figures, *Chart, TableBlock, Code, Explore, Ask, Filter, Notice, PageBreak,
// Signature, Contents.
type Block interface{ block() }

// Heading opens a section. Level is 1 to 4; 1 stands below the document's
// title. ID is unique in the document, for links and bookmarks.
type Heading struct {
	Level int
	ID    string
	Text  []Run
}

// Paragraph is a run of text.
type Paragraph struct{ Text []Run }

// List is a bulleted or numbered list; each item holds blocks of its own.
type List struct {
	Ordered bool
	Start   int // number of the first item of an ordered list
	Items   [][]Block
}

// Run is text of one style. Text is plain: writers escape it. Break is a
// forced line break and carries no text.
type Run struct {
	Text   string
	Bold   bool
	Italic bool
	Code   bool
	Href   string // a relative page path without extension ("don-vi/731"), "#id" or an absolute address; empty for none
	Break  bool
}

// Plain returns the text of runs without their styles.
func Plain(runs []Run) string {
	var s []byte
	for _, r := range runs {
		if r.Break {
			s = append(s, ' ')
		}
		s = append(s, r.Text...)
	}
	return string(s)
}

// Figures are headline numbers in a row.
type Figures struct {
	Items  []Figure
	Source Source
	Notes  []string
}

// Figure is one headline number, already written in the locale.
type Figure struct {
	Label  string
	Value  string // "12.345,6"
	Unit   string // "mét"; empty for none
	Note   string // a line below, e.g. "85,2% kế hoạch"
	Status string // "", "good", "warn", "bad": how to read it; or of Statuses: what it counts; never shown by colour alone
	Change []Change
	Share  float64
	Meter  bool // draw Share (0–1) as a bar under the number
}

// Change tells how a figure differs from an earlier one, in words.
type Change struct {
	Way  string // "up", "down", "same"
	Text string // "tăng 12,5 mét so với quý III/2021"
}

// Arrow is the sign before the words of a change.
func (c Change) Arrow() string {
	switch c.Way {
	case "up":
		return "↑"
	case "down":
		return "↓"
	}
	return "="
}

// Chart is a picture of a table, with the table itself, so that every surface
// can show both.
type Chart struct {
	ID       string // unique in the document and stable between runs: made from the query's name
	Spec     ChartSpec
	Table    Table  // what is drawn: exactly the columns that Spec names, plus hidden link columns
	Caption  string // plain text, never empty
	Sentence string // computed from the data: highest, lowest, change
	Drawing  *Drawing
}

// ChartSpec says what to draw. The columns are columns of the chart's table.
type ChartSpec struct {
	Type       string   // "bar", "line", "area", "scatter", "bullet", "heatmap", "treemap", "map"
	X          string   // category, period or (scatter) number; of a map the names of the places
	Y          []string // one series each; of a heatmap the one column of its rows
	Value      string   // heatmap: what a cell shows, a number or a status
	Name       string   // scatter: what each point is called
	Band       []string // scatter: the columns of a range in the measure of y, drawn behind the points; none, or its two ends
	Group      string   // treemap: rows with the same value stand together
	By         string   // bar, line, area: one small picture for each value, on a common scale
	Stack      bool     // series on top of each other
	Horizontal bool     // bars from left to right, for long names
	Plan       string   // of Y: drawn as a dashed line, the plan to be compared with; of a bullet the target
	Forecast   string   // of Y: a line's continuation at the present pace, dashed; it begins where the first of Y ends
	Color      string   // a status column of the table: each bar takes its status colour
	Height     int      // CSS pixels; 0: chosen from the data
	Line       int      // line of the block in the report's file
	GridX      string   // map of tiles: the column of a place's column, counted from the west
	GridY      string   // map of tiles: the column of its row, counted from the north
	Key        string   // map of shapes: the column that names a row's shape
	Shapes     *Shapes  // the boundaries of a map; nil: tiles
}

// Shapes are boundaries as a map draws them, flat and simplified.
type Shapes struct {
	File          string  // "data/xa.geojson"
	Width, Height float64 // CSS pixels of the picture they fill
	List          []Shape
}

// Shape is one place: its key, and rings of points in CSS pixels, filled by
// the even-odd rule, so that a ring within another is a hole.
type Shape struct {
	Key   string
	Rings [][][2]float64
}

// Drawing is a chart made visible.
type Drawing struct {
	Option []byte // ECharts option (JSON), tokens for colours and formats still in it; nil for what is drawn without the engine
	Screen SVG    // for pages: classes for colours, so that CSS can change the theme; <a data-row="0"> is what leads to the page of a row
	Paper  SVG    // for paper: plain colours that survive a black-and-white printer
}

// SVG is a picture and its size in CSS pixels.
type SVG struct {
	Width, Height float64
	Markup        []byte // one <svg> element, no script, no style element or attribute, no ids
}

// TableBlock shows a table.
type TableBlock struct {
	Table     Table
	Caption   string // plain text, never empty
	Group     string // a column whose runs of equal values become group rows; empty for none
	Numbered  bool   // a first column STT counts the rows
	Landscape bool   // on paper: a turned page
	Search    bool   // pages: a box that filters the rows
	ID        string // unique in the document
}

// Code is text that keeps its lines and spaces, such as the SQL of a query.
type Code struct {
	Text    string
	Caption string // plain text, never empty
	ID      string // unique in the document
}

// Explore lets the reader of a page put together a chart and a table of the
// whole results of queries. Paper leaves it out.
type Explore struct {
	Tables []Table
	ID     string // unique in the document
}

// Ask lets the reader of a page question tables with SQL, in the browser. Paper
// leaves it out.
type Ask struct {
	Tables   []AskTable
	Examples []Example
	ID       string // unique in the document
}

// AskTable is a query's result and the engine's types of its columns.
type AskTable struct {
	Table
	Types []string
}

// Example is a question as people put it, and as the engine takes it.
type Example struct{ Question, SQL string }

// Filter lets the reader of a page choose the rows of its charts and tables by
// the values of columns. Blocks that lack a column in what they show carry it
// hidden. Paper leaves it out.
type Filter struct {
	Columns []string
	ID      string // unique in the document
}

// Notice is a remark with weight, e.g. an invented sample or a finding.
type Notice struct {
	Severity string // "info", "warn", "stop"
	Text     []Run
}

// Annex opens an annex: the blocks after it belong to it, on pages of their
// own with their own numbers. Number is its Roman numeral, empty when it is
// the only one.
type Annex struct {
	Number    string
	ID        string
	Title     string
	Landscape bool
}

// PageBreak begins a new page on paper and is nothing on screen.
type PageBreak struct{}

// Signature is the place where the signature block and the recipients stand
// (their text is in Paper). Pages leave it out.
type Signature struct{}

// Contents is the list of the document's parts and annexes, on paper with
// their pages. Pages leave it out: their headings are at hand anyway.
type Contents struct{}

func (Heading) block()    {}
func (Paragraph) block()  {}
func (List) block()       {}
func (Figures) block()    {}
func (*Chart) block()     {}
func (TableBlock) block() {}
func (Code) block()       {}
func (Filter) block()     {}
func (Explore) block()    {}
func (Ask) block()        {}
func (Notice) block()     {}
func (Annex) block()      {}
func (PageBreak) block()  {}
func (Signature) block()  {}
func (Contents) block()   {}

// Paper is what the official layout needs besides the text (Nghị định
// 30/2020/NĐ-CP, Annex I). An empty field leaves its space to be filled by
// hand.
type Paper struct {
	Superior   []string // body above, one line each: "UBND TỈNH ĐỒNG NAI"; none for a body that has none above it
	Agency     []string // issuing body, one line each: "SỞ NỘI VỤ"
	Code       string   // after the number: "BC-SNV"
	Number     string   // "123"; empty: to be filled
	Place      string   // "Đồng Nai"
	Date       string   // ISO "2022-10-28", "2022-10" (day to be filled) or empty
	Kind       string   // "BÁO CÁO"; "CÔNG VĂN" is a letter
	Subject    string   // trích yếu
	To         []string // kính gửi
	Authority  []string // lines above the signature: "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"
	Signer     string   // full name
	Recipients []string // nơi nhận, without the leading dash
}

// Site is what the pages of one edition share.
type Site struct {
	Title    string // "Tổng kết đề án chỉnh lý tài liệu tồn đọng"
	Agency   string
	Notice   string // shown at the top of every page, e.g. "Số liệu minh họa"; may be empty
	Edition  string // what the figures stand for: "Số liệu đến quý IV/2021"
	Menu     []MenuItem
	Findings int      // open warnings
	Feed     string   // of the editions, beside the page; empty for none
	Data     []string // queries whose result is a file of the edition, data/<query>.csv

	ExplorePage  string // page on which charts and tables are put together; empty for none
	FindingsPage string // page that lists them, "tinh-hinh-bao-cao#findings"; empty for none
}

// MenuItem is one entry of the site's menu.
type MenuItem struct {
	Path, Label string
	Under       string // path of the entry in whose second row it stands; empty: in the first
}

// Letter reports whether the paper is a công văn, the one kind that has no
// title: neither its name nor its subject stands above the text.
func (p *Paper) Letter() bool { return strings.EqualFold(strings.TrimSpace(p.Kind), "CÔNG VĂN") }
