package edition_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tongket/internal/edition"
)

// TestFaultsShowFaults: a page that fails only because it tells of another's
// fault is told, too; and rows of the findings can be picked as those of a
// query.
func TestFaultsShowFaults(t *testing.T) {
	p := newPress(t)
	p.put(t, "reports/told.md", "---\ntitle: Kiểm tra\n---\nBáo cáo.\n\n{{ range rows \"findings\" \"severity\" \"Chặn công bố\" \"cases\" \"01\" }}{{ .nothing }}{{ end }}\n")
	o := p.order().Order
	if found, err := edition.Check(t.Context(), o); err != nil || len(found) > 0 {
		t.Fatalf("sound: %v, %v", found, err)
	}
	p.put(t, "reports/a.md", "---\ntitle: Hỏng\n---\nMột.\n\n{{ nope }}\n")
	found, err := edition.Check(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, f := range found {
		if !f.Broken() || f.Severity != "stop" {
			t.Errorf("%+v", f)
		}
		told = append(told, f.Faults...)
	}
	all := strings.Join(told, "\n")
	if len(told) != 2 || !strings.Contains(all, "reports/a.md:6") || !strings.Contains(all, "reports/told.md:6") {
		t.Errorf("told:\n%s", all)
	}
}

// TestManifestKeptBack: an edition whose manifest the system keeps back is
// still the one that readers are led to, and nothing is published beside it.
func TestManifestKeptBack(t *testing.T) {
	p := newPress(t)
	first := p.publish(t).Edition
	p.report(t, 130)
	manifest := filepath.Join(p.target, "editions", first, "manifest.json")
	if err := errors.Join(os.Rename(manifest, manifest+".aside"), os.Symlink("manifest.json", manifest)); err != nil {
		t.Fatal(err)
	}
	if _, err := edition.Publish(t.Context(), p.order()); err == nil || p.shown(t) != first {
		t.Errorf("published though the current edition is not known: %v", err)
	}
	if err := os.Rename(manifest+".aside", manifest); err != nil {
		t.Fatal(err)
	}
	if done := p.publish(t); done.Before != first {
		t.Errorf("once it can be read: %+v", done)
	}
}
