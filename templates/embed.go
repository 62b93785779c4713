// Package templates holds the look: page templates, styles, the scripts'
// bundle and the catalogs of phrases.
package templates

import "embed"

// Files are the templates, the catalogs (lang/<lang>.json) and the bundle
// that make writes into dist/.
//
//go:embed all:dist lang/*.json *.gohtml
var Files embed.FS
