package apart_test

import (
	"testing"
	"unsafe"

	"github.com/pmpath/pmpath/internal/apart"
)

const line = 128 // bytes that some processors pass on at once

func TestSlicesAreLinesApart(t *testing.T) {
	var slices [100][]byte
	for i := range slices {
		slices[i] = apart.Slice[byte](24)
	}
	for i, one := range slices {
		for _, other := range slices[i+1:] {
			a, b := uintptr(unsafe.Pointer(&one[0])), uintptr(unsafe.Pointer(&other[0]))
			if distance := max(a, b) - min(a, b); distance < 24+line {
				t.Fatalf("two slices of 24 bytes begin %d bytes from each other", distance)
			}
		}
	}
}

func TestSliceHasItsLengthAndNoMore(t *testing.T) {
	if s := apart.Slice[int64](3); len(s) != 3 || cap(s) != 3 {
		t.Errorf("length %d, capacity %d", len(s), cap(s))
	}
}

func TestStructsBetweenLinesAreApart(t *testing.T) {
	type worker struct {
		_     apart.Line
		count int
		_     apart.Line
	}
	var workers [2]worker
	if distance := uintptr(unsafe.Pointer(&workers[1].count)) - uintptr(unsafe.Pointer(&workers[0].count)); distance < line+8 {
		t.Errorf("the counts are %d bytes from each other", distance)
	}
}
