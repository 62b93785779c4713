package report

import (
	"maps"
	"strings"
)

// Later is what papers say otherwise from a day on: a province has become a
// city, an office was merged. What is nil or empty stays as it was.
type Later struct {
	From       string // ISO day, the first one
	Superior   []string
	Agency     []string
	Code       string
	Place      string
	To         []string
	Authority  []string
	Signer     string
	Recipients []string
	Vars       map[string]any // words that reports use
}

// On returns the paper and the vars as they are on a day; later are in the
// order of their days. Of a month alone the last day counts. A paper without a
// date will be dated when it is signed: all that is known by now holds.
func On(date string, p Paper, vars map[string]any, later []Later) (Paper, map[string]any) {
	if len(date) == len("2006-01") {
		date += "-31"
	}
	for _, l := range later {
		if date != "" && strings.Compare(l.From, date) > 0 {
			break
		}
		for to, from := range map[*[]string][]string{&p.Superior: l.Superior, &p.Agency: l.Agency, &p.To: l.To, &p.Authority: l.Authority, &p.Recipients: l.Recipients} {
			if from != nil {
				*to = from
			}
		}
		for to, from := range map[*string]string{&p.Code: l.Code, &p.Place: l.Place, &p.Signer: l.Signer} {
			if from != "" {
				*to = from
			}
		}
		if len(l.Vars) > 0 {
			merged := maps.Clone(vars)
			if merged == nil {
				merged = map[string]any{}
			}
			maps.Copy(merged, l.Vars)
			vars = merged
		}
	}
	return p, vars
}
