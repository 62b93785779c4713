package edition

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"math"
	"reflect"
	"slices"
	"strings"
	"time"
)

// digest is a name for values: the same for the same values, and no other. It
// goes through pointers, and tells an int from a float and a nil from an empty
// list.
func digest(values ...any) string {
	d := digester{sha256.New()}
	for _, v := range values {
		d.value(reflect.ValueOf(v))
	}
	return hex.EncodeToString(d.Sum(nil))
}

type digester struct{ hash.Hash }

// word writes what parts one value from the next.
func (d digester) word(kind string, n uint64) {
	var b [8]byte
	binary.LittleEndian.PutUint64(b[:], n)
	_, _ = io.WriteString(d, kind) // a hash takes everything
	_, _ = d.Write(b[:])
}

func (d digester) text(kind, s string) {
	d.word(kind, uint64(len(s)))
	_, _ = io.WriteString(d, s)
}

var timeType = reflect.TypeFor[time.Time]()

func (d digester) value(v reflect.Value) {
	if !v.IsValid() {
		d.word("nil", 0)
		return
	}
	if v.Type() == timeType && v.CanInterface() {
		t := v.Interface().(time.Time)
		d.text("time", t.Format(time.RFC3339Nano))
		return
	}
	switch v.Kind() {
	case reflect.Bool:
		d.text("bool", fmt.Sprint(v.Bool()))
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		d.word("int", uint64(v.Int()))
	case reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uint:
		d.word("uint", v.Uint())
	case reflect.Float32, reflect.Float64:
		d.word("float", math.Float64bits(v.Float()))
	case reflect.String:
		d.text("string", v.String())
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			d.word("nil", 0)
			return
		}
		if v.Kind() == reflect.Interface {
			d.text("as", v.Elem().Type().String())
		}
		d.value(v.Elem())
	case reflect.Slice, reflect.Array:
		d.list(v)
	case reflect.Struct:
		d.word("struct", uint64(v.NumField()))
		for i := range v.NumField() {
			d.value(v.Field(i))
		}
	case reflect.Map:
		d.table(v)
	default:
		panic(fmt.Sprintf("edition: no digest of %s", v.Type())) // the vocabulary holds plain values only
	}
}

func (d digester) list(v reflect.Value) {
	if v.Kind() == reflect.Slice && v.IsNil() {
		d.word("nil", 0)
		return
	}
	d.word("list", uint64(v.Len()))
	if v.Type().Elem().Kind() == reflect.Uint8 && v.Kind() == reflect.Slice {
		_, _ = d.Write(v.Bytes())
		return
	}
	for i := range v.Len() {
		d.value(v.Index(i))
	}
}

func (d digester) table(v reflect.Value) {
	var parts []string
	for _, k := range v.MapKeys() {
		one := digester{sha256.New()}
		one.value(k)
		one.value(v.MapIndex(k))
		parts = append(parts, string(one.Sum(nil)))
	}
	slices.Sort(parts)
	d.text("map", strings.Join(parts, ""))
}
