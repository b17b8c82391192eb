package memo_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/memo"
)

// What is remembered of a text is what was last put for it, whatever was put for others.
func TestRemembersTheLastOrNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var remembered memo.Of[int]
		last := map[string]int{}
		for i, text := range rapid.SliceOfN(rapid.StringMatching(`[ab]{0,20}`), 1, 2000).Draw(t, "texts") {
			got, ok := remembered.Get([]byte(text))
			if want, put := last[text]; ok && (!put || got != want) {
				t.Fatalf("%q is remembered as %d, and was last put as %d (%t)", text, got, want, put)
			}
			remembered.Put([]byte(text), i)
			last[text] = i
			if got, ok := remembered.Get([]byte(text)); !ok || got != i {
				t.Fatalf("%q is not remembered right after it was put", text)
			}
		}
	})
}

func TestKeepsItsOwnCopy(t *testing.T) {
	var remembered memo.Of[string]
	text := []byte("Search")
	remembered.Put(text, "a team")
	copy(text, "Growth")
	if _, ok := remembered.Get([]byte("Growth")); ok {
		t.Error("the text changed in its place")
	}
	if got, _ := remembered.Get([]byte("Search")); got != "a team" {
		t.Errorf("got %q", got)
	}
}

// The dates of a year and the teams of a company mostly have places of their own, else each is looked up again and again.
func TestPlacesAreSpread(t *testing.T) {
	for name, texts := range map[string]func(i int) string{
		"dates": func(i int) string { return fmt.Sprintf("2026-%02d-%02d", i/28+1, i%28+1) },
		"teams": func(i int) string { return fmt.Sprintf("team %d", i) },
	} {
		var remembered memo.Of[int]
		const many = 200 // of 512 places: if chance decided, (1−1/512)^199/2 on average, which is four of five, would be kept
		for i := range many {
			remembered.Put([]byte(texts(i)), i)
		}
		kept := 0
		for i := range many {
			if _, ok := remembered.Get([]byte(texts(i))); ok {
				kept++
			}
		}
		if kept < many*7/10 {
			t.Errorf("%s: %d of %d are remembered", name, kept, many)
		}
	}
}

func TestAllocatesNothingOnceATextIsKnown(t *testing.T) {
	var remembered memo.Of[int]
	text := []byte("2026-11-26")
	remembered.Put(text, 1)
	if n := testing.AllocsPerRun(100, func() {
		remembered.Get(text)
		remembered.Put(text, 2)
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
