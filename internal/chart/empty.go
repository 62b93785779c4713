package chart

import (
	"bytes"
	"encoding/xml"
	"fmt"

	"tongket/internal/report"
)

// emptyDrawing says that there are no figures yet, in a quiet frame.
func emptyDrawing(l *report.Locale) *report.Drawing {
	var words bytes.Buffer
	xml.EscapeText(&words, []byte(l.Say("chart.empty")))
	frame := func(width int, family, frameClass, textClass, line, ink string) report.SVG {
		const height = 120
		markup := fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" role="img" width="%[1]d" height="%[2]d" viewBox="0 0 %[1]d %[2]d" font-family="%[3]s">`+
			`<rect%[4]s x="0.5" y="0.5" width="%[5]d" height="%[6]d" fill="none" stroke="%[7]s"></rect>`+
			`<text%[8]s x="%[9]d" y="%[10]d" text-anchor="middle" dominant-baseline="central" font-size="14" fill="%[11]s">%[12]s</text></svg>`,
			width, height, family, frameClass, width-1, height-1, line, textClass, width/2, height/2, ink, words.String())
		return report.SVG{Width: float64(width), Height: height, Markup: []byte(markup)}
	}
	return &report.Drawing{
		Screen: frame(ScreenWidth, screenFamily, ` class="s-grid"`, ` class="f-text"`, "#e4e9ec", "#37454f"),
		Paper:  frame(PaperWidth, paperFamily, "", "", "#dcdcdc", "#111111"),
	}
}
