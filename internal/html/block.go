package html

import (
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"tongket/internal/report"
)

// blockView holds one block: exactly one field is set.
type blockView struct {
	Heading   *headingView
	Paragraph []spanView
	List      *listView
	Figures   *figuresView
	Chart     *chartView
	Table     *tableView
	Code      *report.Code
	Notice    *noticeView
	Filter    *filterView
	Explore   *exploreView
	Ask       *askView
}

type headingView struct {
	Level int // of the element: 2 to 5
	ID    string
	Href  string
	Text  []spanView
	Plain string
}

// spanView is text under one link, or under none.
type spanView struct {
	Href string
	Runs []report.Run
}

type listView struct {
	Ordered bool
	Start   int
	Items   [][]blockView
}

type figuresView struct {
	Items  []figureView
	Notes  []string
	Source *sourceView
}

type figureView struct {
	report.Figure
	Long bool // Value needs smaller digits
	Bar  *barView
	Icon string
	Word string // what Status says
	Sign string // icon of the state that the figure counts
}

// barView is a bar of 100 by 6 units; Width is the filled part.
type barView struct{ Width, Text string }

type chartView struct {
	ID, Caption, Sentence string
	Height                int
	Still                 template.HTML
	Linked                bool // marks of the still picture lead to pages
	Shrinks               bool // to a narrow screen: a map that is not too wide for it
	Marks                 bool // it stays the picture: nothing is drawn over it
	Option                json.RawMessage
	Table                 *tableView
	Notes                 []string
	Source                *sourceView
}

// mostShrunk is the width of a map, in pixels, that is still read on a phone.
const mostShrunk = 560

type noticeView struct {
	Severity, Word string
	Text           []spanView
}

func (w *Writer) blocks(at place, blocks []report.Block) ([]blockView, error) {
	var views []blockView
	var faults []error
	for _, b := range blocks {
		switch b := b.(type) {
		case report.Heading:
			views = append(views, blockView{Heading: heading(at, b)})
		case report.Paragraph:
			views = append(views, blockView{Paragraph: spans(at, b.Text)})
		case report.List:
			list := &listView{Ordered: b.Ordered, Start: b.Start}
			for _, item := range b.Items {
				inner, err := w.blocks(at, item)
				if err != nil {
					faults = append(faults, err)
				}
				list.Items = append(list.Items, inner)
			}
			views = append(views, blockView{List: list})
		case report.Figures:
			views = append(views, blockView{Figures: w.figures(at, b)})
		case *report.Chart:
			chart, err := w.chart(at, b)
			if err != nil {
				faults = append(faults, fmt.Errorf("chart %s: %w", b.ID, err))
			}
			views = append(views, blockView{Chart: chart})
		case report.TableBlock:
			table := w.table(at, b)
			if n := len(views); n > 0 && views[n-1].Heading != nil {
				table.Headed = views[n-1].Heading.Plain == b.Caption
			}
			views = append(views, blockView{Table: table})
		case report.Code:
			views = append(views, blockView{Code: &b})
		case report.Explore:
			views = append(views, blockView{Explore: exploring(at, b)})
		case report.Ask:
			ask, err := w.asked(at, b)
			if err != nil {
				faults = append(faults, err)
			}
			views = append(views, blockView{Ask: ask})
		case report.Filter:
			views = append(views, blockView{Filter: &filterView{ID: b.ID}})
		case report.Notice:
			views = append(views, blockView{Notice: w.notice(at, b)})
		case report.PageBreak, report.Signature, report.Contents, report.Annex:
			// Paper only; annexes have been cut off before.
		default:
			faults = append(faults, fmt.Errorf("a page cannot show a block of type %T", b))
		}
	}
	return views, errors.Join(faults...)
}

func heading(at place, h report.Heading) *headingView {
	return &headingView{
		Level: min(max(h.Level, 1), 4) + 1, ID: h.ID, Href: fragment(h.ID),
		Text: spans(at, h.Text), Plain: report.Plain(h.Text),
	}
}

// spans joins neighbouring runs of the same link, so that a link with a bold
// word in it stays one link.
func spans(at place, runs []report.Run) []spanView {
	var list []spanView
	for _, r := range runs {
		href := at.link(r.Href)
		if n := len(list); n > 0 && list[n-1].Href == href {
			list[n-1].Runs = append(list[n-1].Runs, r)
			continue
		}
		list = append(list, spanView{Href: href, Runs: []report.Run{r}})
	}
	return list
}

// longValue is the number of characters from which a figure's digits shrink.
const longValue = 9

// figureIcons are the shapes that tell the states apart without colour.
var figureIcons = map[string]string{"good": "done", "warn": "behind", "bad": "stop"}

func (w *Writer) figures(at place, f report.Figures) *figuresView {
	v := &figuresView{Notes: f.Notes, Source: w.source(at, f.Source)}
	for _, item := range f.Items {
		view := figureView{Figure: item, Long: utf8.RuneCountInString(item.Value) > longValue}
		if icon, ok := figureIcons[item.Status]; ok {
			view.Icon, view.Word = icon, w.locale.Say("ui.figure."+item.Status)
		}
		if slices.Contains(report.Statuses, item.Status) {
			view.Sign = strings.ReplaceAll(item.Status, "_", "-")
		}
		if item.Meter {
			view.Bar = &barView{Width: width(item.Share), Text: w.locale.Percent(item.Share, 1)}
		}
		v.Items = append(v.Items, view)
	}
	return v
}

// width is a share 0–1 in hundredths of a bar, kept inside it.
func width(share float64) string {
	if math.IsNaN(share) {
		share = 0
	}
	return strconv.FormatFloat(math.Round(min(max(share, 0), 1)*1000)/10, 'f', -1, 64)
}

func (w *Writer) chart(at place, c *report.Chart) (*chartView, error) {
	if c.Drawing == nil {
		return nil, errors.New("not drawn")
	}
	still, bad := picture(c.Drawing.Screen.Markup)
	data, worse := option(c.Drawing.Option) // none for a chart without values
	if err := errors.Join(bad, worse); err != nil {
		return nil, err
	}
	still, linked := led(still, w.rowLinks(at, &c.Table))
	height := c.Spec.Height
	if height == 0 {
		height = int(math.Round(c.Drawing.Screen.Height))
	}
	if c.Spec.By != "" {
		at.filter = nil // its rows are spread over several pictures
	}
	twin := w.table(at, report.TableBlock{Table: c.Table, Caption: c.Caption, ID: c.ID + "-data"})
	twin.Notes, twin.Source = nil, nil // stand once, under the figure
	return &chartView{
		ID: c.ID, Caption: c.Caption, Sentence: c.Sentence, Height: height,
		Still: still, Linked: linked, Marks: data == nil, Shrinks: c.Spec.Type == "map" && c.Drawing.Screen.Width <= mostShrunk, Option: data, Table: twin, Notes: c.Table.Notes, Source: w.source(at, c.Table.Source),
	}, nil
}

// rowLinks are the addresses of the rows' pages, by the first column that has
// any.
func (w *Writer) rowLinks(at place, t *report.Table) []string {
	for _, c := range t.Columns {
		i := t.Index(c.Link)
		if c.Link == "" || i < 0 {
			continue
		}
		hrefs := make([]string, len(t.Rows))
		for n, row := range t.Rows {
			if to, ok := row[i].(string); ok {
				hrefs[n] = at.link(to)
			}
		}
		return hrefs
	}
	return nil
}

func (w *Writer) notice(at place, n report.Notice) *noticeView {
	severity := n.Severity
	if severity != "warn" && severity != "stop" {
		severity = "info"
	}
	return &noticeView{Severity: severity, Word: w.locale.Say("ui.notice." + severity), Text: spans(at, n.Text)}
}
