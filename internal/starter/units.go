package starter

import (
	"regexp"
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
	given      bool // the code is the office's own
}

// codes are the office's own codes of the units by the lines that name them:
// those of a column that calls itself code and gives each name one of its own.
func codes(seen []intake.Seen, names int) map[int64]string {
	for i, c := range seen {
		if i == names || !codeTitle.MatchString(plain(c.Title)) {
			continue
		}
		out, owner := map[int64]string{}, map[string]string{}
		named := map[int64]string{}
		for _, cell := range seen[names].Cells {
			named[cell.Line] = register.Fold(cell.Text)
		}
		sound := len(c.Cells) > 0
		for _, cell := range c.Cells {
			code := strings.TrimSpace(cell.Text)
			if other, taken := owner[code]; taken && other != named[cell.Line] || !unitCode.MatchString(code) {
				sound = false
				break
			}
			owner[code], out[cell.Line] = named[cell.Line], code
		}
		if sound {
			return out
		}
	}
	return nil
}

// codeTitle is how offices head the column of their codes.
var codeTitle = regexp.MustCompile(`^(?:ma|code|ma (?:so )?(?:don vi|co quan|co quan don vi|dia phuong|dv|cq)|(?:unit|agency) code)$`)

// unitCode is what may stand as a code: it becomes a part of addresses.
var unitCode = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_.-]{0,23}$`)

// collect takes in the units that a column names, with the codes of its lines.
func (p *proposal) collect(seen intake.Seen, codes map[int64]string) {
	for _, c := range seen.Cells {
		name := norm.NFC.String(strings.Join(strings.Fields(strings.NewReplacer("|", " ", "\x00", "").Replace(c.Text)), " "))
		key := register.Fold(name)
		if key == "" {
			continue
		}
		i := slices.IndexFunc(p.units, func(u unit) bool { return register.Fold(u.name) == key })
		if i < 0 {
			i = len(p.units)
			p.units = append(p.units, unit{name: name})
		}
		if u := &p.units[i]; codes[c.Line] != "" && !u.given {
			u.code, u.given = codes[c.Line], true
		}
		if u := &p.units[i]; u.name != name && !slices.Contains(u.aliases, name) {
			u.aliases = append(u.aliases, name)
		}
	}
}

// nameUnits gives each unit that has none a code: the first letters of its
// words.
func (p *proposal) nameUnits() {
	var used []string
	for _, u := range p.units {
		if u.given {
			used = append(used, u.code)
		}
	}
	for i := range p.units {
		u := &p.units[i]
		if u.given {
			continue
		}
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
