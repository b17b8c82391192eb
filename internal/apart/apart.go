// Package apart gives workers that run side by side memory of their own. Processors pass memory between each other in lines of 64 or 128 bytes: where two workers write
// to one line, each waits for the other although they share nothing. Slices that are made one after the other often lie on one line.
package apart

import "reflect"

// margin is how many bytes are left free on either side: the longest line that is known.
const margin = 128

// Slice makes a slice of n elements that shares no line of the processor's memory with anything else that is written to.
func Slice[T any](n int) []T {
	size := int(reflect.TypeFor[T]().Size())
	free := (margin + size - 1) / size
	return make([]T, n+2*free)[free : free+n : free+n]
}

// Line between the fields of a struct keeps those before it from those after it; at both ends, it keeps structs apart.
type Line [margin]byte
