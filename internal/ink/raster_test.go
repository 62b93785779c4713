package ink

import (
	"bytes"
	"image/png"
	"os"
	"testing"

	"tongket/internal/report"
)

// TestPNG reads dots back: fills, strokes, dashes, turned and anchored text
// stand where the drawing puts them.
func TestPNG(t *testing.T) {
	pic, err := Parse(report.SVG{Width: 100, Height: 60, Markup: []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 60">
		<rect x="10" y="10" width="20" height="20" fill="#ff0000"/>
		<path d="M40 40H90" stroke="#0000ff" stroke-width="4" fill="none" stroke-dasharray="10 10"/>
		<circle cx="80" cy="15" r="8" fill="none" stroke="#00ff00" stroke-width="2"/>
		<text x="50" y="58" text-anchor="middle" font-size="10">Định Quán</text></svg>`)})
	if err != nil {
		t.Fatal(err)
	}
	data, err := pic.PNG(2)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := pic.PNG(2); err != nil || !bytes.Equal(data, again) {
		t.Error("the same picture has other bytes")
	}
	if path := os.Getenv("PNG_OUT"); path != "" {
		os.WriteFile(path, data, 0o644)
	}
	shown, err := png.Decode(bytes.NewReader(data))
	if err != nil || shown.Bounds().Dx() != 200 || shown.Bounds().Dy() != 120 {
		t.Fatalf("%v, %v", shown.Bounds(), err)
	}
	for at, want := range map[[2]int][3]uint32{
		{20, 20}: {255, 0, 0}, {15, 15}: {255, 255, 255}, // inside the square, outside
		{45, 40}: {0, 0, 255}, {55, 40}: {255, 255, 255}, {65, 40}: {0, 0, 255}, // a dash, a gap, a dash
		{88, 15}: {0, 255, 0}, {80, 15}: {255, 255, 255}, // the ring, its middle
	} {
		r, g, b, _ := shown.At(at[0]*2, at[1]*2).RGBA()
		if at == [2]int{15, 15} {
			r, g, b, _ = shown.At(10, 10).RGBA()
		}
		if got := [3]uint32{r >> 8, g >> 8, b >> 8}; got != want {
			t.Errorf("%v is %v, want %v", at, got, want)
		}
	}
	dark := func(x0, x1 int) (n int) {
		for x := x0; x < x1; x++ {
			for y := 98; y < 120; y++ {
				if r, _, _, _ := shown.At(x, y).RGBA(); r>>8 < 128 {
					n++
				}
			}
		}
		return n
	}
	if dark(50, 150) < 200 || dark(0, 40) > 0 || dark(160, 200) > 0 {
		t.Errorf("the text stands elsewhere: %d dots in the middle, %d and %d beside", dark(50, 150), dark(0, 40), dark(160, 200))
	}
}
