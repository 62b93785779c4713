package edition_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"testing"

	"tongket/internal/look"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// stands holds the still picture of every kind of chart against the live one:
// what the library draws must stand where ours stood, or a page jumps when
// its script has come and a paper shows another picture than the screen.
func (b *tab) stands(t *testing.T, under string) {
	const most = 0.0005 // of the pixels
	for _, name := range []string{"index.html", "so-nganh.html", "kinh-phi.html", "giai-doan-2.html", "don-vi/731.html"} {
		b.look(t, under+name, 1440, "light")
		b.Run(t, chromedp.Evaluate[chromedp.Void](`document.querySelectorAll(".chart-box").forEach(box => { box.style.width = "720px"; box.style.background = "#fff"; })`))
		look.Ask[bool](t, b.Tab, `new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))`)
		charts := look.Ask[int](t, b.Tab, `document.querySelectorAll("figure.chart.is-live").length`)
		if charts == 0 {
			t.Errorf("%s: no chart", name)
		}
		for i := range charts {
			live := b.picture(t, i)
			b.Run(t, chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`(figure => {
				figure.classList.remove("is-live");
				figure.querySelector(".chart-live").hidden = true;
				figure.dataset.still = "";
			})(document.querySelectorAll("figure.chart.is-live, figure.chart[data-still]")[%d])`, i)))
			if share := differing(live, b.picture(t, i)); share > most {
				t.Errorf("%s, chart %d: %.2f%% of the pixels differ between the still and the live picture", name, i, 100*share)
			}
		}
	}
}

// picture is what the box of a page's chart shows.
func (b *tab) picture(t *testing.T, i int) image.Image {
	t.Helper()
	at := look.Ask[[]float64](t, b.Tab, fmt.Sprintf(`(r => [r.left + scrollX, r.top + scrollY, r.width, r.height])(
		document.querySelectorAll("figure.chart.is-live, figure.chart[data-still]")[%d].querySelector(".chart-box").getBoundingClientRect())`, i))
	shot, err := chromedp.Call(b, page.CaptureScreenshot, page.CaptureScreenshotParams{
		Format: page.CaptureScreenshotFormatPng, CaptureBeyondViewport: new(true),
		Clip: &page.Viewport{X: at[0], Y: at[1], Width: at[2], Height: at[3], Scale: 1},
	})
	if err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(shot.Data))
	if err != nil {
		t.Fatal(err)
	}
	return picture
}

// differing is the share of pixels that differ by more than a quarter in
// brightness, when each is taken with those around it: letters and hatches are
// drawn differently, a line or a bar four pixels off is found.
func differing(a, b image.Image) float64 {
	if a.Bounds() != b.Bounds() {
		return 1
	}
	first, second := smooth(a), smooth(b)
	count := 0
	for i := range first {
		if d := first[i] - second[i]; d > 64 || d < -64 {
			count++
		}
	}
	return float64(count) / float64(len(first))
}

// smooth is the mean brightness of each pixel and those around it, 0–255.
func smooth(picture image.Image) []float64 {
	area := picture.Bounds()
	wide, high := area.Dx(), area.Dy()
	grey := make([]float64, wide*high)
	for y := range high {
		for x := range wide {
			r, g, b, _ := picture.At(area.Min.X+x, area.Min.Y+y).RGBA()
			grey[y*wide+x] = (0.3*float64(r) + 0.59*float64(g) + 0.11*float64(b)) / 257
		}
	}
	return across(across(grey, wide, high, 1, wide), wide, high, wide, 1)
}

// across takes the mean along rows or columns: step leads to the next pixel of
// one, and next to the first of the next.
func across(grey []float64, wide, high, step, next int) []float64 {
	const around = 3
	count, length := high, wide
	if step != 1 {
		count, length = wide, high
	}
	out := make([]float64, len(grey))
	for line := range count {
		for i := range length {
			sum, n := 0.0, 0.0
			for k := max(0, i-around); k <= min(length-1, i+around); k++ {
				sum, n = sum+grey[line*next+k*step], n+1
			}
			out[line*next+i*step] = sum / n
		}
	}
	return out
}
