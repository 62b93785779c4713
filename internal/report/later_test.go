package report

import (
	"strings"
	"testing"
)

// TestOn: a paper bears the names of its own day, and reports say its words.
func TestOn(t *testing.T) {
	base := Paper{Superior: []string{"UBND TỈNH ĐỒNG NAI"}, Agency: []string{"SỞ NỘI VỤ"}, Place: "Đồng Nai"}
	words := map[string]any{"province": "tỉnh", "limit": 1}
	later := []Later{
		{From: "2025-07-01", Agency: []string{"SỞ NỘI VỤ (MỚI)"}},
		{From: "2026-04-30", Superior: []string{"UBND THÀNH PHỐ ĐỒNG NAI"}, Vars: map[string]any{"province": "thành phố"}},
	}
	for date, want := range map[string]string{
		"2022-10":    "UBND TỈNH ĐỒNG NAI, SỞ NỘI VỤ, Đồng Nai, tỉnh",
		"2025-06-30": "UBND TỈNH ĐỒNG NAI, SỞ NỘI VỤ, Đồng Nai, tỉnh",
		"2025-07-01": "UBND TỈNH ĐỒNG NAI, SỞ NỘI VỤ (MỚI), Đồng Nai, tỉnh",
		"2026-04-29": "UBND TỈNH ĐỒNG NAI, SỞ NỘI VỤ (MỚI), Đồng Nai, tỉnh",
		"2026-04-30": "UBND THÀNH PHỐ ĐỒNG NAI, SỞ NỘI VỤ (MỚI), Đồng Nai, thành phố",
		"2026-04":    "UBND THÀNH PHỐ ĐỒNG NAI, SỞ NỘI VỤ (MỚI), Đồng Nai, thành phố",
		"":           "UBND THÀNH PHỐ ĐỒNG NAI, SỞ NỘI VỤ (MỚI), Đồng Nai, thành phố",
	} {
		p, vars := On(date, base, words, later)
		if got := strings.Join([]string{p.Superior[0], p.Agency[0], p.Place, vars["province"].(string)}, ", "); got != want {
			t.Errorf("%q: %s, want %s", date, got, want)
		}
		if vars["limit"] != 1 || words["province"] != "tỉnh" {
			t.Errorf("%q: the other words: %v, %v", date, vars, words)
		}
	}
}
