package starter

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"tongket/internal/intake"
	"tongket/internal/register"
)

// unit is one unit that the files name.
type unit struct {
	code, name string
	aliases    []string
}

// collect takes in the units that a column names.
func (p *proposal) collect(seen intake.Seen) {
	for _, c := range seen.Cells {
		name := norm.NFC.String(strings.Join(strings.Fields(strings.NewReplacer("|", " ", "\x00", "").Replace(c.Text)), " "))
		key := register.Fold(name)
		if key == "" {
			continue
		}
		i := slices.IndexFunc(p.units, func(u unit) bool { return register.Fold(u.name) == key })
		if i < 0 {
			p.units = append(p.units, unit{name: name})
		} else if u := &p.units[i]; u.name != name && !slices.Contains(u.aliases, name) {
			u.aliases = append(u.aliases, name)
		}
	}
}

// nameUnits gives each unit a code: the first letters of its words.
func (p *proposal) nameUnits() {
	var used []string
	for i := range p.units {
		u := &p.units[i]
		words := strings.Fields(plain(u.name))
		code := ""
		for _, w := range words {
			code += w[:1]
		}
		if len(words) == 1 {
			code = words[0]
		}
		code = strings.ToUpper(code[:min(len(code), 12)])
		if code == "" {
			code = "DV"
		}
		for n, first := 2, code; slices.Contains(used, code); n++ {
			code = first + strconv.Itoa(n)
		}
		used = append(used, code)
		u.code = code
	}
}
