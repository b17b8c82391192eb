// Package memo remembers what short texts mean that come again and again, such as dates and teams: faster than a map, and never more than a fixed number of them. It is
// for one goroutine.
package memo

import "encoding/binary"

const (
	bits   = 9 // of the number of places
	places = 1 << bits
)

// Of remembers values of texts. Each text has one place, and of two texts with the same place the later is remembered. The zero value remembers nothing.
type Of[V any] [places]place[V]

type place[V any] struct {
	text  []byte
	known bool
	value V
}

// Get returns what was last put for a text, if that is remembered.
func (o *Of[V]) Get(text []byte) (value V, ok bool) {
	p := &o[placeOf(text)]
	if p.known && string(p.text) == string(text) {
		return p.value, true
	}
	return value, false
}

// Put remembers what a text means. It copies the text.
func (o *Of[V]) Put(text []byte, value V) {
	p := &o[placeOf(text)]
	p.text, p.value, p.known = append(p.text[:0], text...), value, true
}

// placeOf mixes the ends of a text, of which all is part unless it is longer than 16 bytes. The factor is the golden ratio's, after Knuth's multiplicative hashing.
func placeOf(text []byte) uint64 {
	const factor = 0x9E3779B97F4A7C15
	var first, last uint64
	switch n := len(text); {
	case n >= 8:
		first, last = binary.LittleEndian.Uint64(text), binary.LittleEndian.Uint64(text[n-8:])
	case n >= 4:
		first, last = uint64(binary.LittleEndian.Uint32(text)), uint64(binary.LittleEndian.Uint32(text[n-4:]))
	case n > 0:
		first, last = uint64(text[0])|uint64(text[n/2])<<8, uint64(text[n-1])
	}
	return ((first*factor ^ last) * factor) >> (64 - bits)
}
