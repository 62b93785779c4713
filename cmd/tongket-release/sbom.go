package main

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"time"
)

// The list of parts is a CycloneDX document.
type (
	bom struct {
		Schema     string    `json:"$schema"`
		Format     string    `json:"bomFormat"`
		Spec       string    `json:"specVersion"`
		Serial     string    `json:"serialNumber"`
		Version    int       `json:"version"`
		Metadata   metadata  `json:"metadata"`
		Components []piece   `json:"components"`
		Depends    []depends `json:"dependencies"`
	}
	metadata struct {
		Timestamp string `json:"timestamp"`
		Component piece  `json:"component"`
	}
	piece struct {
		Type     string    `json:"type"`
		Ref      string    `json:"bom-ref"`
		Name     string    `json:"name"`
		Version  string    `json:"version"`
		Licenses []licence `json:"licenses,omitempty"`
		Purl     string    `json:"purl,omitempty"`
	}
	licence struct {
		License struct {
			ID string `json:"id"`
		} `json:"license"`
	}
	depends struct {
		Ref string   `json:"ref"`
		On  []string `json:"dependsOn"`
	}
)

// sbom lists the parts of the program. Its number follows from what it lists.
func (p pack) sbom(parts []part) ([]byte, error) {
	self := piece{Type: "application", Ref: "tongket", Name: "tongket", Version: strings.TrimSuffix(p.Version+"+"+p.Commit, "+"), Licenses: named("Apache-2.0")}
	b := bom{
		Schema: "http://cyclonedx.org/schema/bom-1.5.schema.json", Format: "CycloneDX", Spec: "1.5", Version: 1,
		Metadata: metadata{Timestamp: p.Time.Format(time.RFC3339), Component: self},
	}
	uses := depends{Ref: self.Ref}
	hash := sha256.New()
	fmt.Fprintln(hash, self.Version, p.System)
	for _, x := range parts {
		// A purl keeps the slashes of a name; an @ in it would end the name.
		purl := "pkg:" + x.Kind + "/" + strings.ReplaceAll((&url.URL{Path: x.Name}).EscapedPath(), "@", "%40") + "@" + x.Version
		b.Components = append(b.Components, piece{Type: "library", Ref: purl, Name: x.Name, Version: x.Version, Licenses: named(x.ids()...), Purl: purl})
		uses.On = append(uses.On, purl)
		fmt.Fprintln(hash, purl)
	}
	b.Depends = []depends{uses}
	sum := hash.Sum(nil)
	sum[6], sum[8] = sum[6]&0x0f|0x80, sum[8]&0x3f|0x80 // a UUID of version 8
	b.Serial = fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", sum[:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
	text, err := json.MarshalIndent(b, "", " ")
	if err != nil {
		return nil, fmt.Errorf("parts: %w", err)
	}
	return append(text, '\n'), nil
}

func named(ids ...string) []licence {
	var out []licence
	for _, id := range ids {
		var x licence
		x.License.ID = id
		out = append(out, x)
	}
	return out
}
