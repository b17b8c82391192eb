package intake

import (
	"encoding/binary"
	"testing"

	"github.com/pmpath/pmpath/internal/rubric"
)

// Every byte at every place of the eight, on scales from −1, 0 and 1 on: read as single levels are, up to the first that is none.
func TestFour(t *testing.T) {
	for lo := -1; lo <= 1; lo++ {
		for hi := max(lo, 0); hi <= 11; hi++ {
			scale := &rubric.Scale{}
			for level := lo; level <= hi; level++ {
				scale.Levels = append(scale.Levels, rubric.Level{Level: level})
			}
			f, table := newFour(',', scale), levelTable(scale)
			for place := range 8 {
				for b := range 256 {
					for _, usual := range []string{"0,0,0,0,", "1,1,1,1,", "1\x001\x001\x001\x00"} {
						text := []byte(usual)
						text[place] = byte(b)
						levels, many := f.read(binary.LittleEndian.Uint64(text))
						want := 0
						for ; lo == 0 && hi <= 9 && want < 4 && table[text[2*want]] != noLevel && text[2*want+1] == ','; want++ {
							if int8(levels>>(16*want)) != table[text[2*want]] {
								t.Fatalf("%d to %d, %q: level %d is %d", lo, hi, text, want, int8(levels>>(16*want)))
							}
						}
						if many != want {
							t.Fatalf("%d to %d, %q: %d levels are read, not %d", lo, hi, text, many, want)
						}
					}
				}
			}
		}
	}
}
