package chart

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"slices"

	"tongket/internal/report"
)

// Limits of a file of boundaries. What is beyond them is not a map of a
// province.
const (
	mostBytes    = 64 << 20
	mostFeatures = 5_000
	mostFaults   = 10
)

// ReadShapes reads boundaries from a GeoJSON file (RFC 7946: a
// FeatureCollection of polygons in degrees), flattens them to the width of a
// page and takes out the points that nobody could see. A shape's key is the
// value of the property. Faults name the file and the feature, counted from
// one, and come together.
func ReadShapes(files fs.FS, name, property string) (*report.Shapes, error) {
	info, err := fs.Stat(files, name)
	if err != nil {
		return nil, fmt.Errorf("%s: there is no such file in the programme", name)
	}
	if info.Size() > mostBytes {
		return nil, fmt.Errorf("%s: %d MB; at most %d MB can be read, simplify it first", name, info.Size()>>20, mostBytes>>20)
	}
	text, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return readShapes(name, bytes.TrimPrefix(text, []byte("\uFEFF")), property)
}

type featureCollection struct {
	Type     string
	Features []feature
}

type feature struct {
	Geometry *struct {
		Type        string
		Coordinates json.RawMessage
	}
	Properties map[string]any
}

type lonLat [2]float64

// UnmarshalJSON takes a position of two numbers or more: a height is passed
// over.
func (p *lonLat) UnmarshalJSON(text []byte) error {
	var all []float64
	if err := json.Unmarshal(text, &all); err != nil {
		return err
	}
	if len(all) < 2 {
		return fmt.Errorf("a position of %d numbers", len(all))
	}
	p[0], p[1] = all[0], all[1]
	return nil
}

type place struct {
	key   string
	rings [][]lonLat
}

func readShapes(name string, text []byte, property string) (*report.Shapes, error) {
	var all featureCollection
	if err := json.Unmarshal(text, &all); err != nil {
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			line := 1 + bytes.Count(text[:min(int(syntax.Offset), len(text))], []byte("\n"))
			return nil, fmt.Errorf("%s:%d: not readable as JSON: %w", name, line, err)
		}
		return nil, fmt.Errorf("%s: not a FeatureCollection of GeoJSON: %w", name, err)
	}
	switch {
	case all.Type != "FeatureCollection":
		return nil, fmt.Errorf("%s: type is %.40q; boundaries are a FeatureCollection of GeoJSON", name, all.Type)
	case len(all.Features) == 0:
		return nil, fmt.Errorf("%s: no feature is in it", name)
	case len(all.Features) > mostFeatures:
		return nil, fmt.Errorf("%s: %d features; at most %d can be drawn", name, len(all.Features), mostFeatures)
	}
	var places []place
	var faults []error
	seen := map[string]int{}
	for i, f := range all.Features {
		p, err := f.place(property)
		if err == nil {
			if first, twice := seen[p.key]; twice {
				err = fmt.Errorf("%s %q is also that of feature %d", property, clean(p.key), first)
			}
			seen[p.key] = i + 1
		}
		if err != nil {
			faults = append(faults, fmt.Errorf("%s: feature %d: %w", name, i+1, err))
			if len(faults) == mostFaults {
				break
			}
			continue
		}
		places = append(places, p)
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	shapes := flatten(places)
	shapes.File = name
	return shapes, nil
}

func (f *feature) place(property string) (place, error) {
	v, ok := f.Properties[property]
	if !ok {
		var names []string
		for key := range f.Properties {
			names = append(names, key)
		}
		slices.Sort(names)
		return place{}, fmt.Errorf("no property %q%s", property, report.Suggest(property, names))
	}
	p := place{}
	switch x := v.(type) {
	case string:
		p.key = x
	case float64:
		p.key = fmt.Sprint(json.Number(at(x)))
	}
	if p.key == "" {
		return place{}, fmt.Errorf("%s is %v; it must be a text or a number", property, v)
	}
	if f.Geometry == nil {
		return place{}, errors.New("it has no geometry")
	}
	var polygons [][][]lonLat
	var err error
	switch f.Geometry.Type {
	case "Polygon":
		polygons = make([][][]lonLat, 1)
		err = json.Unmarshal(f.Geometry.Coordinates, &polygons[0])
	case "MultiPolygon":
		err = json.Unmarshal(f.Geometry.Coordinates, &polygons)
	default:
		return place{}, fmt.Errorf("a geometry of type %.40q has no area; Polygon and MultiPolygon have", f.Geometry.Type)
	}
	if err != nil {
		return place{}, fmt.Errorf("its coordinates are not those of a %s: %w", f.Geometry.Type, err)
	}
	for _, polygon := range polygons {
		for _, ring := range polygon {
			if err := whole(ring); err != nil {
				return place{}, err
			}
			p.rings = append(p.rings, ring)
		}
	}
	if len(p.rings) == 0 {
		return place{}, errors.New("its coordinates are empty")
	}
	return p, nil
}

// whole checks a ring: closed, of four points or more, in degrees.
func whole(ring []lonLat) error {
	if len(ring) < 4 {
		return fmt.Errorf("a ring of %d points; four are the least, the last being the first", len(ring))
	}
	if ring[0] != ring[len(ring)-1] {
		return errors.New("a ring is not closed: its last point must be its first")
	}
	for _, p := range ring {
		if math.Abs(p[0]) > 180 || math.Abs(p[1]) > 90 {
			return fmt.Errorf("[%g, %g] is no longitude and latitude; write the file in degrees (WGS 84, EPSG:4326)", p[0], p[1])
		}
	}
	return nil
}
