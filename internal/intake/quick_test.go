package intake

import (
	"encoding/binary"
	"testing"

	"github.com/pmpath/pmpath/internal/rubric"
)

// Every byte at every place of the eight, on every scale that four can be used for: read as four single levels are, or not at all.
func TestFour(t *testing.T) {
	for hi := 0; hi <= 11; hi++ {
		scale := &rubric.Scale{}
		for level := 0; level <= hi; level++ {
			scale.Levels = append(scale.Levels, rubric.Level{Level: level})
		}
		f, table := newFour(',', scale), levelTable(scale)
		for place := range 8 {
			for b := range 256 {
				text := []byte("0,0,0,0,")
				text[place] = byte(b)
				levels, ok := f.read(binary.LittleEndian.Uint64(text))
				want := hi <= 9
				for i := 0; i < 8; i += 2 {
					want = want && table[text[i]] != noLevel && text[i+1] == ','
				}
				if ok != want {
					t.Fatalf("0 to %d, %q: read is %t", hi, text, ok)
				}
				for i := 0; ok && i < 4; i++ {
					if int8(levels>>(16*i)) != table[text[2*i]] {
						t.Fatalf("0 to %d, %q: level %d is %d", hi, text, i, int8(levels>>(16*i)))
					}
				}
			}
		}
	}
	below := &rubric.Scale{Levels: []rubric.Level{{Level: -1}, {Level: 0}, {Level: 1}}}
	if _, ok := newFour(',', below).read(binary.LittleEndian.Uint64([]byte("0,0,0,0,"))); ok {
		t.Error("a scale with levels below 0 is for single levels")
	}
}
