package edition

import (
	"strings"
	"testing"
	"testing/fstest"
)

func TestShapesOfAProgramme(t *testing.T) {
	text := `{"type":"FeatureCollection","features":[{"properties":{"code":"1"},"geometry":{"type":"Polygon","coordinates":[[[107,11],[108,11],[108,12],[107,11]]]}}]}`
	read := shapesOf(fstest.MapFS{"data/xa.geojson": {Data: []byte(text)}, "tongket.yaml": {}})
	first, err := read("data/xa.geojson", "code")
	if err != nil || len(first.List) != 1 || first.List[0].Key != "1" {
		t.Fatalf("%+v, %v", first, err)
	}
	if again, _ := read("data/xa.geojson", "code"); again != first {
		t.Error("a file is read for every page")
	}
	for _, name := range []string{"../xa.geojson", "/etc/passwd", "tongket.yaml", "data/../../x.geojson"} {
		if _, err := read(name, "code"); err == nil || !strings.Contains(err.Error(), "name a .geojson file of the programme") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
