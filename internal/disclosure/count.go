package disclosure

import "fmt"

// The smallest groups.
const (
	DefaultGroup = 5 // people in the smallest group that is shown, unless somebody asks for another number
	LeastGroup   = 3 // nobody may ask for less
)

// Reason is why a count is hidden.
type Reason uint8

// The reasons.
const (
	Shown       Reason = iota
	Small              // fewer than k people
	WouldReveal        // enough people, but subtraction would give a smaller group
	NoSplit            // the whole row is too small, or too one-sided, to be split
)

// Words says the reason for people; "" for a count that is shown.
func (r Reason) Words(k int) string {
	switch r {
	case Small:
		return fmt.Sprintf("n < %d", k)
	case WouldReveal:
		return "would reveal another group"
	case NoSplit:
		return "too few to split"
	default:
		return ""
	}
}

// Count is a number of people that may be printed, or the reason why it may not. A hidden number is not in it any more.
type Count struct {
	n      int
	reason Reason
}

// N is the number; false where it is hidden.
func (c Count) N() (int, bool) { return c.n, c.reason == Shown }

// Reason is why the number is hidden, or Shown.
func (c Count) Reason() Reason { return c.reason }

// Whole is the number of all people, which is shown from k on and hidden below.
func Whole(n, k int) Count {
	if n < k {
		return Count{reason: Small}
	}
	return Count{n: n}
}

func counts(n []int, hidden []Reason) []Count {
	list := make([]Count, len(n))
	for i := range n {
		list[i] = Count{reason: hidden[i]}
		if hidden[i] == Shown {
			list[i].n = n[i]
		}
	}
	return list
}

// Unsplit is so many parts of a count that is hidden itself.
func Unsplit(parts int) []Count {
	list := make([]Count, parts)
	for i := range list {
		list[i].reason = NoSplit
	}
	return list
}
