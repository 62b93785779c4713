package charset

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// The rhymes of Vietnamese as they are spelled, without tone. Those of place
// names from other languages of the country (Đắk Lắk) are in the last line.
const rhymeList = `
a ac ach ai am an ang anh ao ap at au ay
ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
i ich im in inh ip it iu ia iêc iêm iên iêng iêp iêt iêu
o oc oi om on ong op ot ooc oong oa oac oach oai oam oan oang oanh oao oap oat oay
oăc oăm oăn oăng oăt oe oen oeo oet
ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
u uc ui um un ung up ut ua uôc uôi uôm uôn uông uôt
uân uâng uât uây uê uêch uênh uêt uêu uơ uy uych uyn uynh uyt uyu uya uyên uyêt
ư ưc ưi ưm ưn ưng ưt ưu ưa ươc ươi ươm ươn ương ươp ươt ươu
y yêm yên yêng yêt yêu
ak ăk`

// quRhymes follow "qu", where the u belongs to the onset.
const quRhymes = `
a ac ach ai an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt ân âng ât ây ây
e en eo et ê ên ênh êt êch êu i it ich in inh y yt ych yn ynh yên yêt ơ ơi ơn ôc ôi`

// giRhymes begin with an i that is the i of "gi".
const giRhymes = `i in ip im it iêc iên iêng iêt iêu ia`

// onsets are longest first, so that the first fit is the right one.
const onsetList = `ngh ch gh kh ng nh ph th tr b c d đ g h k l m n p r s t v x`

type wordSet map[string]bool

func newWordSet(list string) wordSet {
	s := wordSet{}
	for _, w := range strings.Fields(list) {
		s[w] = true
	}
	return s
}

var (
	rhymes   = newWordSet(rhymeList)
	quOnly   = newWordSet(quRhymes)
	giOnly   = newWordSet(giRhymes)
	onsets   = strings.Fields(onsetList)
	vowels   = newVowels()
	withHook = "ăâêôơư"
)

// vowel is a letter taken apart.
type vowel struct {
	plain rune // small and without tone
	tone  uint8
}

const (
	level = iota
	falling
	rising
	asking
	tumbling
	heavy
)

func newVowels() map[rune]vowel {
	m := map[rune]vowel{}
	for _, plain := range "aăâeêioôơuưy" {
		for tone, mark := range []string{"", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"} {
			r := []rune(norm.NFC.String(string(plain) + mark))[0]
			m[r] = vowel{plain, uint8(tone)}
			m[unicode.ToUpper(r)] = vowel{plain, uint8(tone)}
		}
	}
	return m
}

// Syllable reports whether a word, in NFC and of any case, is a possible
// Vietnamese syllable: an onset, a rhyme and at most one tone, spelled by the
// rules. Where there are two habits of placing the tone mark, both are accepted
// (hòa, hoà).
func Syllable(word string) bool {
	w, ok := toneless(word)
	if !ok {
		return false
	}
	if rest, found := strings.CutPrefix(w.plain, "qu"); found {
		return quOnly[rest] && w.fits(rest)
	}
	if rest, found := strings.CutPrefix(w.plain, "g"); found && giOnly[rest] && w.fits(rest) {
		return true
	}
	if rest, found := strings.CutPrefix(w.plain, "gi"); found {
		return rhymes[rest] && rest[0] != 'i' && rest[0] != 'y' && w.fits(rest)
	}
	for _, onset := range onsets {
		if rest, found := strings.CutPrefix(w.plain, onset); found {
			return rhymes[rest] && spelled(onset, rest) && w.fits(rest)
		}
	}
	return rhymes[w.plain] && !strings.HasPrefix(w.plain, "iê") && w.fits(w.plain)
}

// bare is a word without its tone.
type bare struct {
	plain  string
	tone   uint8
	at     int // letters after the one that bore the tone
	hooked int // letters after the last of ă â ê ô ơ ư; -1 = none
}

// toneless takes the tone off a word. ok is false for a word that is too long
// (nghiêng has seven letters) or has two tones.
func toneless(word string) (w bare, ok bool) {
	if len(word) > 3*7 {
		return bare{}, false
	}
	var buf [7]rune
	n, hooked := 0, -1
	for _, r := range word {
		if n == len(buf) {
			return bare{}, false
		}
		v, isVowel := vowels[r]
		if !isVowel {
			v.plain = unicode.ToLower(r)
		}
		if v.tone != level {
			if w.tone != level {
				return bare{}, false
			}
			w.at, w.tone = n, v.tone
		}
		if v.plain > 'z' && strings.ContainsRune(withHook, v.plain) {
			hooked = n
		}
		buf[n] = v.plain
		n++
	}
	w.plain, w.at, w.hooked = string(buf[:n]), n-1-w.at, -1
	if hooked >= 0 {
		w.hooked = n - 1 - hooked
	}
	return w, true
}

// fits reports whether the rhyme may bear the word's tone, and there.
func (w bare) fits(rhyme string) bool {
	stopped := strings.HasSuffix(rhyme, "ch")
	switch rhyme[len(rhyme)-1] {
	case 'c', 'p', 't':
		stopped = true
	case 'k':
		stopped = w.tone != level // Đăk, Đắk
	}
	switch {
	case stopped && w.tone != rising && w.tone != heavy:
		return false
	case w.tone == level:
		return true
	case w.hooked >= 0:
		return w.at == w.hooked
	}
	body := strings.TrimRight(rhyme, "cghkmnpt")
	end := len(rhyme) - len(body)
	switch {
	case end > 0, len(body) == 1: // hoàn, bà
		return w.at == end
	case body == "oa", body == "oe", body == "uy":
		return w.at <= 1
	}
	return w.at == 1 // bào, hoại
}

// spelled keeps k, gh, ngh before e ê i y and c, g, ng elsewhere; y alone
// follows few onsets.
func spelled(onset, rhyme string) bool {
	front := strings.HasPrefix(rhyme, "e") || strings.HasPrefix(rhyme, "ê") || rhyme[0] == 'i' || rhyme[0] == 'y'
	switch onset {
	case "c", "g", "ng":
		if front {
			return false
		}
	case "k", "gh", "ngh":
		if !front {
			return false
		}
	}
	return rhyme[0] != 'y' || rhyme == "y" && strings.Contains(" h k l m n s t v th ", " "+onset+" ")
}
