// Package sample makes the figures of the sample programme: phase 1
// (2018–2021) of the scheme for arranging backlogged records in the former
// province of Đồng Nai.
//
// The bodies, the scheme, the conference of 28/10/2022 and the handover of
// 05/12/2024 are real. Every other figure and every personal name is
// invented, within the ranges that published figures of such schemes show.
// The same call always makes the same bytes.
package sample

import (
	"fmt"
	"os"
	"path/filepath"
)

// File is one file of a data folder, its path with slashes and relative to
// that folder.
type File struct {
	Path string
	Data []byte
}

// Phase1 returns the data files of the sample programme.
func Phase1() []File {
	runs := make([]run, len(stories))
	for i, s := range stories {
		runs[i] = simulate(s)
	}
	files := []File{
		unitsFile(),
		unitChangesFile(),
		phasesFile(),
		targetsFile(runs),
		inspectionsFile(runs),
		honoursFile(),
		transfersFile(),
		transferTotalsFile(),
	}
	return append(files, progressFiles(runs)...)
}

// Write puts the files below dir and makes the folders they need.
func Write(dir string, files []File) error {
	for _, f := range files {
		path := filepath.Join(dir, filepath.FromSlash(f.Path))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return fmt.Errorf("data folder: %w", err)
		}
		if err := os.WriteFile(path, f.Data, 0o644); err != nil {
			return fmt.Errorf("data file: %w", err)
		}
	}
	return nil
}
