package chart

import (
	"strings"
	"testing"

	"tongket/internal/report"
)

func TestCheckNamesWhatIsWrong(t *testing.T) {
	table := ranked().Table
	table.Columns = append(table.Columns, meters, report.Column{Name: "vnd", Title: "Kinh phí", Format: report.Integer, Unit: "đồng"})
	for name, test := range map[string]struct {
		spec report.ChartSpec
		want []string
	}{
		"type":        {report.ChartSpec{Type: "lien", X: "unit_name", Y: []string{"done_share"}}, []string{`"lien" is not a chart type; there is "bar", "line", "area", "scatter"`}},
		"no type":     {report.ChartSpec{X: "unit_name", Y: []string{"done_share"}}, []string{"type: missing"}},
		"column":      {report.ChartSpec{Type: "bar", X: "unit_nam", Y: []string{"done_share"}}, []string{`x: progress_by_department has no column "unit_nam"; did you mean "unit_name"?`}},
		"empty y":     {report.ChartSpec{Type: "bar", X: "unit_name"}, []string{"y: empty"}},
		"text in y":   {report.ChartSpec{Type: "bar", X: "unit_name", Y: []string{"state"}}, []string{`y: column "state" is status, not a number`}},
		"units":       {report.ChartSpec{Type: "line", X: "unit_name", Y: []string{"arranged_m", "vnd"}}, []string{`"arranged_m" is in mét and "vnd" in đồng`}},
		"twice":       {report.ChartSpec{Type: "bar", X: "unit_name", Y: []string{"vnd", "vnd"}}, []string{"twice"}},
		"plan":        {report.ChartSpec{Type: "bar", X: "unit_name", Y: []string{"vnd"}, Plan: "arranged_m"}, []string{`plan: "arranged_m" is not one of y (vnd)`}},
		"plan alone":  {report.ChartSpec{Type: "bar", X: "unit_name", Y: []string{"vnd"}, Plan: "vnd"}, []string{"nothing to compare"}},
		"forecast":    {report.ChartSpec{Type: "line", X: "unit_name", Y: []string{"vnd"}, Forecast: "arranged_m"}, []string{`forecast: "arranged_m" is not one of y (vnd)`}},
		"forecast of": {report.ChartSpec{Type: "bar", X: "unit_name", Y: []string{"vnd"}, Forecast: "vnd"}, []string{"forecast: only for line charts"}},
		"color":       {report.ChartSpec{Type: "line", X: "unit_name", Y: []string{"vnd"}, Color: "unit_name"}, []string{"not a status", "a line takes no colours"}},
		"scatter":     {report.ChartSpec{Type: "scatter", X: "unit_name", Y: []string{"vnd"}}, []string{`x: column "unit_name" is text`}},
		"options":     {report.ChartSpec{Type: "line", X: "unit_name", Y: []string{"vnd"}, Horizontal: true, Stack: true, Height: 10}, []string{"horizontal:", "stack:", "height: 10"}},
		"all":         {report.ChartSpec{Type: "pie", X: "", Y: nil}, []string{"type:", "x: missing", "y: empty"}},
	} {
		t.Run(name, func(t *testing.T) {
			err := Check(test.spec, table)
			if err == nil {
				t.Fatal("no error")
			}
			for _, want := range test.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%q lacks %q", err, want)
				}
			}
		})
	}
	if c := ranked(); Check(c.Spec, c.Table) != nil {
		t.Error("a good chart is refused")
	}
}
