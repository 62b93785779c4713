// Package tongket is the sample programme, as the folders of this repository
// hold it: phase 1 (2018–2021) of Đồng Nai's scheme, with invented figures.
package tongket

import "embed"

// Sample holds tongket.yaml and the folders data, queries and reports.
//
//go:embed tongket.yaml data queries reports
var Sample embed.FS
