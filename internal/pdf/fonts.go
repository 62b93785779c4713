package pdf

import (
	"tongket/internal/decree"
	"tongket/internal/ink"
)

// What every line of a paper speaks of.
type (
	style = ink.Style
	face  = ink.Face
	rgb   = ink.RGB
)

const (
	regular    = ink.Regular
	bold       = ink.Bold
	italic     = ink.Italic
	boldItalic = ink.BoldItalic
	mono       = ink.Mono

	mm   = decree.MM
	nbsp = '\u00a0'
)
