package main

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"strings"
	"time"

	"tongket/internal/author"
	"tongket/internal/chart"
	"tongket/internal/report"
	"tongket/templates"
)

func main() {
	var in struct {
		Tables map[string]*report.Table
		Vars   map[string]any
	}
	data, _ := os.ReadFile("/tmp/dump.json")
	if err := json.Unmarshal(data, &in); err != nil {
		panic(err)
	}
	for _, t := range in.Tables {
		for _, r := range t.Rows {
			for i, v := range r {
				switch x := v.(type) {
				case float64:
					if f := t.Columns[i].Format; (f == report.Integer || f == report.Year) && x == math.Trunc(x) {
						r[i] = int64(x)
					}
				case map[string]any:
					d, _ := time.Parse("2006-01-02", x["d"].(string))
					r[i] = d
				}
			}
		}
	}
	cat, _ := templates.Files.ReadFile("lang/vi.json")
	loc, err := report.NewLocale(cat)
	if err != nil {
		panic(err)
	}
	c := author.Context{CheckChart: chart.Check, Locale: loc, Vars: in.Vars, Query: func(name string, params map[string]string) (*report.Table, error) {
		key := name
		if u, ok := params["unit"]; ok {
			key += "|" + u
		}
		if t := in.Tables[key]; t != nil {
			return t, nil
		}
		return nil, fmt.Errorf("no query %q %v", name, params)
	}}
	reps, err := author.Parse(os.DirFS("reports"), "reports")
	if err != nil {
		fmt.Println(err)
	}
	docs, err := author.All(reps, c)
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	e, err := author.Expand(c, "tongket.yaml", `Số liệu đến {{ with one "progress_total" }}{{ period .period }}{{ end }}`)
	fmt.Println(e, err, len(docs))
	for _, d := range docs {
		if len(os.Args) > 1 && !strings.HasPrefix(d.Path, os.Args[1]) {
			continue
		}
		fmt.Println("=====", d.Path, "|", d.Title, "|", d.Menu, d.Order, d.Parent, "|", d.Description)
		if d.Paper != nil {
			fmt.Printf("%+v\n", *d.Paper)
		}
		for _, b := range d.Blocks {
			switch b := b.(type) {
			case report.Heading:
				fmt.Println(strings.Repeat("#", b.Level), report.Plain(b.Text))
			case report.Paragraph:
				fmt.Println(report.Plain(b.Text))
			case report.List:
				for _, it := range b.Items {
					for _, x := range it {
						if p, ok := x.(report.Paragraph); ok {
							fmt.Println(" -", report.Plain(p.Text))
						}
					}
				}
			case report.Figures:
				for _, f := range b.Items {
					fmt.Println("  [", f.Label, f.Value, f.Unit, "|", f.Note, f.Status, f.Share)
				}
			case *report.Chart:
				fmt.Println("  CHART", b.ID, b.Caption, b.Spec.Type, b.Spec.Y, len(b.Table.Rows), b.Sentence)
			case report.TableBlock:
				fmt.Println("  TABLE", b.ID, b.Caption, len(b.Table.Rows), "rows")
				for i, r := range b.Table.Rows {
					if i > 3 {
						break
					}
					var s []string
					for _, k := range b.Table.Shown() {
						s = append(s, loc.Cell(b.Table.Columns[k], r[k]))
					}
					fmt.Println("     ", strings.Join(s, " | "))
				}
			default:
				fmt.Printf("  %T %+v\n", b, b)
			}
		}
	}
}
