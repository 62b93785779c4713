package edition

import (
	"fmt"
	"io/fs"
	"path"
	"sync"

	"tongket/internal/chart"
	"tongket/internal/report"
)

// shapesOf reads the boundaries of a programme's maps, each file once however
// many pages show it.
func shapesOf(programme fs.FS) func(file, property string) (*report.Shapes, error) {
	type answer struct {
		once   sync.Once
		shapes *report.Shapes
		err    error
	}
	var lock sync.Mutex
	answers := map[[2]string]*answer{}
	return func(file, property string) (*report.Shapes, error) {
		if !fs.ValidPath(file) || path.Ext(file) != ".geojson" {
			return nil, fmt.Errorf("%q: name a .geojson file of the programme, such as data/xa.geojson", file)
		}
		lock.Lock()
		a := answers[[2]string{file, property}]
		if a == nil {
			a = &answer{}
			answers[[2]string{file, property}] = a
		}
		lock.Unlock()
		a.once.Do(func() { a.shapes, a.err = chart.ReadShapes(programme, file, property) })
		return a.shapes, a.err
	}
}
