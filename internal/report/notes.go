package report

import "slices"

// NotesOnce returns the blocks with each note only where it stands first: a
// reader who met it need not read it under every table. What begins a part in
// which notes are told anew is for the caller to say.
func NotesOnce(blocks []Block, begins func(Block) bool) []Block {
	told := map[string]bool{}
	var once func(blocks []Block) []Block
	fresh := func(notes []string) []string {
		return slices.DeleteFunc(slices.Clone(notes), func(note string) bool {
			before := told[note]
			told[note] = true
			return before
		})
	}
	once = func(blocks []Block) []Block {
		out := slices.Clone(blocks)
		for i, b := range out {
			if begins(b) {
				clear(told)
			}
			switch b := b.(type) {
			case Figures:
				b.Notes = fresh(b.Notes)
				out[i] = b
			case *Chart:
				c := *b
				c.Table.Notes = fresh(c.Table.Notes)
				out[i] = &c
			case TableBlock:
				b.Table.Notes = fresh(b.Table.Notes)
				out[i] = b
			case List:
				b.Items = slices.Clone(b.Items)
				for n, item := range b.Items {
					b.Items[n] = once(item)
				}
				out[i] = b
			}
		}
		return out
	}
	return once(blocks)
}
