package cohort

import "slices"

// piece is a part of lines about people that comes again and again. It is copied whole, with room to spare, which is faster than to look at how long it is.
type piece struct {
	text string
	room [pieceRoom]byte // text, where it is no longer
}

const pieceRoom = 48

func newPiece(text string) piece {
	p := piece{text: text}
	copy(p.room[:], text)
	return p
}

// appendTo appends the text.
func (p *piece) appendTo(out []byte) []byte {
	if len(p.text) > pieceRoom {
		return append(out, p.text...)
	}
	out = slices.Grow(out, pieceRoom)
	end := len(out)
	*(*[pieceRoom]byte)(out[end : end+pieceRoom]) = p.room
	return out[:end+len(p.text)]
}
