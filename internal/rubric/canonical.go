package rubric

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"

	"github.com/pmpath/pmpath/internal/fraction"
)

// The canonical form is the rubric as a sequence of texts and numbers, without comments, layout or places: the same for every way of
// writing the same rubric down. One walk defines it for both directions, so that what is written is what is read. It serves three ends: its
// hash is the Digest, the shipped rubric starts from it without parsing YAML, and a stored assessment can keep the rubric it was taken with.

// canonicalForm is raised whenever the walk changes, so that an old form is refused instead of misread.
const canonicalForm = 1

// errDamaged is returned for bytes that are no canonical form of this version.
var errDamaged = errors.New("not the canonical form of a rubric, or of another version of pmpath")

// Canonical returns the canonical form.
func (r *Rubric) Canonical() []byte {
	w := &walker{}
	w.rubric(r)
	return w.out
}

// Decode reads what Canonical wrote. Texts of the result share the memory of form. Positions in files are not part of the form.
func Decode(form string) (r *Rubric, err error) {
	w := &walker{in: form, reading: true}
	r = &Rubric{}
	defer func() {
		switch fault := recover(); fault {
		case nil:
		case errDamaged:
			r, err = nil, errDamaged
		default:
			panic(fault)
		}
	}()
	w.rubric(r)
	if w.in != "" {
		return nil, errDamaged
	}
	r.Digest = digest([]byte(form))
	r.link()
	return r, nil
}

// seal finishes a rubric that was built from files.
func (r *Rubric) seal() *Rubric {
	r.Digest = digest(r.Canonical())
	r.link()
	return r
}

func digest(form []byte) string {
	sum := sha256.Sum256(form)
	return hex.EncodeToString(sum[:])
}

// link fills in what follows from the rest: the stages before each stage, and how deep it lies.
func (r *Rubric) link() {
	for _, stage := range r.Stages {
		for _, next := range stage.Next {
			next.Before = append(next.Before, stage)
		}
	}
	var depth func(s *Stage) int
	known := make(map[*Stage]int, len(r.Stages))
	depth = func(s *Stage) int {
		if d, found := known[s]; found {
			if d < 0 { // a stage that leads back to itself: the loader refuses it, so the form is not one of ours
				panic(errDamaged)
			}
			return d
		}
		known[s] = -1
		d := 0
		for _, before := range s.Before {
			d = max(d, depth(before)+1)
		}
		known[s] = d
		return d
	}
	for _, stage := range r.Stages {
		stage.Depth = depth(stage)
	}
}

// walker visits every part of a rubric in a fixed order, and either writes it to out or fills it from in.
type walker struct {
	reading bool
	in      string
	out     []byte
}

func (w *walker) damaged() { panic(errDamaged) } // a panic for its own Decode alone: a length check at each of some thousand reads would hide the walk

func (w *walker) number(n *int) {
	wide := int64(*n)
	w.wide(&wide)
	*n = int(wide)
}

func (w *walker) wide(n *int64) {
	if !w.reading {
		w.out = binary.AppendVarint(w.out, *n)
		return
	}
	var value uint64
	for shift := 0; ; shift += 7 {
		if w.in == "" || shift > 63 {
			w.damaged()
		}
		b := w.in[0]
		w.in = w.in[1:]
		value |= uint64(b&0x7F) << shift
		if b < 0x80 {
			break
		}
	}
	*n = int64(value>>1) ^ -int64(value&1) // zigzag, as binary.AppendVarint writes
}

// count is a length: never negative, never more than the bytes that are left.
func (w *walker) count(n int) int {
	w.number(&n)
	if w.reading && (n < 0 || n > len(w.in)) {
		w.damaged()
	}
	return n
}

func (w *walker) text(s *string) {
	n := w.count(len(*s))
	if !w.reading {
		w.out = append(w.out, *s...)
		return
	}
	*s, w.in = w.in[:n], w.in[n:]
}

func (w *walker) flag(b *bool) {
	n := 0
	if *b {
		n = 1
	}
	w.number(&n)
	*b = n == 1
}

// fraction is a numerator and a denominator. Every number that a file can hold fits.
func (w *walker) fraction(f *fraction.Fraction) {
	num, den, _ := f.Parts()
	w.wide(&num)
	w.wide(&den)
	if den <= 0 {
		w.damaged()
	}
	*f = fraction.Of(num, den)
}

func (w *walker) cut(c *Cut) {
	w.fraction(&c.At)
	w.text(&c.Why)
}

// list visits each entry of a slice, which it makes first when reading.
func list[T any](w *walker, entries *[]T, visit func(entry *T)) {
	n := w.count(len(*entries))
	if w.reading && n > 0 {
		*entries = make([]T, n)
	}
	for i := range *entries {
		visit(&(*entries)[i])
	}
}

func (w *walker) texts(texts *[]string) { list(w, texts, w.text) }

// owned visits entries that the slice owns; when reading, it makes them in one piece.
func owned[T any](w *walker, entries *[]*T, visit func(i int, entry *T)) {
	n := w.count(len(*entries))
	if w.reading && n > 0 {
		made := make([]T, n)
		*entries = make([]*T, n)
		for i := range made {
			(*entries)[i] = &made[i]
		}
	}
	for i, entry := range *entries {
		visit(i, entry)
	}
}

// refer visits a reference to one of the entries, which stands as its index.
func refer[T any](w *walker, entry **T, all []*T, index func(*T) int) {
	n := 0
	if !w.reading {
		n = index(*entry)
	}
	w.number(&n)
	if w.reading {
		if n < 0 || n >= len(all) {
			w.damaged()
		}
		*entry = all[n]
	}
}
