package intake

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"hash/maphash"
	"io"
	"math/bits"
	"slices"
	"sync/atomic"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/pmpath/pmpath/internal/document"
)

// People are told apart by their names, and everybody is to be there once. A list of ten million names does not fit into the memory that a Scan may take, so
// that inputs that can be read again are read up to three times (decision 0061): what is known of names while people are read, some bits for each, finds those that may have been there before; a
// second look at names alone counts these few; a third, only where some name is there twice, notes the places. Of a stream all names are noted at once.

// namesCheck is one look at names. All workers share it.
type namesCheck struct {
	seed  maphash.Seed
	known known    // while it is filled; else nil
	few   fewNames // the names that are looked for; nil where all are, or the filter is filled
	call  bool     // places are to be noted
}

// sighting is a name in a part, with its place.
type sighting struct {
	name, look   nameSum // of the name itself, and as it looks
	start, end   int     // of the name, in result.seen
	line, column int
}

func (c *namesCheck) hash(look []byte) uint64 { return maphash.Bytes(c.seed, look) }

// hashesAtOnce is how many hashes are added together.
const hashesAtOnce = 256

// claim says that somebody is named at a column of the present line.
func (w *worker) claim(name []byte, column int) {
	if w.wanted(name) {
		w.sight(name, column)
	}
}

// wanted reports whether the place of a name is to be noted.
func (w *worker) wanted(name []byte) bool {
	check := w.check
	if check == nil || len(name) == 0 {
		return false
	}
	w.look = lookOf(name)
	if check.known == nil && check.few == nil {
		return check.call
	}
	hash := check.hash(w.look)
	if check.known != nil {
		if w.hashes = append(w.hashes, hash); len(w.hashes) == hashesAtOnce {
			w.addHashes()
		}
		return false
	}
	return check.few.has(hash)
}

// sight notes a name that is wanted.
func (w *worker) sight(name []byte, column int) {
	if !w.check.call {
		w.check.few.count(w.check.hash(w.look))
		return
	}
	look := sumOf(w.look)
	exact := look
	if !bytes.Equal(w.look, name) {
		exact = sumOf(name)
	}
	start := len(w.seen)
	w.seen = append(w.seen, name...)
	w.sightings = append(w.sightings, sighting{exact, look, start, len(w.seen), w.lines, column})
}

// lookOf returns a name as it looks: without white space around it and characters without width, in the composed form of Unicode.
func lookOf(name []byte) []byte {
	if isPlainLook(name) {
		return name
	}
	if len(bytes.TrimSpace(name)) == len(name) && norm.NFC.IsNormal(name) && bytes.IndexFunc(name, invisible) < 0 {
		return name
	}
	name = bytes.Map(func(r rune) rune {
		if invisible(r) {
			return -1
		}
		return r
	}, name)
	return norm.NFC.Bytes(bytes.TrimSpace(name))
}

// isPlainLook reports whether a name is certainly as it looks: ASCII and Latin letters up to U+023F, which have no other form, and no white space around it.
func isPlainLook(name []byte) bool {
	for i := 0; i < len(name); i++ {
		switch b := name[i]; {
		case b < utf8.RuneSelf:
		case b >= 0xC3 && b <= 0xC8:
			i++
		default:
			return false
		}
	}
	return name[0] > ' ' && name[len(name)-1] > ' '
}

// invisible reports characters that have no width.
func invisible(r rune) bool {
	switch r {
	case 0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF:
		return true
	}
	return false
}

// known remembers hashes that were added.
type known interface {
	// add reports whether a hash may have been there before. It is never wrong about one that was; of two workers that add the same one is told so.
	add(hash uint64) bool
	// touch has the processor fetch what add will need of it. Memory is slow, but many places can be fetched at once.
	touch(hash uint64) uint64
}

// mostRests is how many people may be expected for a table of rests, which takes 8 bytes for each.
const mostRests = 1_250_000

func newKnown(names int64) known {
	if names <= mostRests {
		return make(rests, 2*names+64)
	}
	return newFilter(names)
}

// rests remembers hashes by what is left of them beside their place, in a table with open places. Two of a million names are taken for one in one run of a thousand, so that as a rule
// nobody has to be looked at twice.
type rests []uint32

// mostProbes is how far a place is looked for. Where there is none, for there are more people than were expected, every name may have been there.
const mostProbes = 256

func (r rests) add(hash uint64) bool {
	place, rest := bits.Mul64(hash, uint64(len(r)))
	want := uint32(rest>>32) | 1
	for range mostProbes {
		switch now := atomic.LoadUint32(&r[place]); {
		case now == want:
			return true
		case now == 0 && atomic.CompareAndSwapUint32(&r[place], 0, want):
			return false
		case now == 0:
			continue // another worker was quicker: what has it written?
		}
		if place++; place == uint64(len(r)) {
			place = 0
		}
	}
	return true
}

func (r rests) touch(hash uint64) uint64 {
	place, _ := bits.Mul64(hash, uint64(len(r)))
	return uint64(atomic.LoadUint32(&r[place]))
}

// filter remembers hashes in three bits of one word each, after Bloom (1970). It takes some for ones that it has met which it has not.
type filter []uint64

// bitsEach is the size of a filter for each name that is expected. One in ten names is then taken for a known one in the end, one in thirty on average.
const bitsEach = 5

func newFilter(names int64) filter { return make(filter, names*bitsEach/64+64) }

func (f filter) add(hash uint64) bool {
	word, _ := bits.Mul64(hash, uint64(len(f)))
	mask := uint64(1)<<(hash&63) | 1<<(hash>>6&63) | 1<<(hash>>12&63)
	if atomic.LoadUint64(&f[word])&mask == mask {
		return true
	}
	return atomic.OrUint64(&f[word], mask)&mask == mask
}

func (f filter) touch(hash uint64) uint64 {
	word, _ := bits.Mul64(hash, uint64(len(f)))
	return atomic.LoadUint64(&f[word])
}

// addHashes adds the names of a part.
func (w *worker) addHashes() {
	if len(w.hashes) == 0 {
		return
	}
	for _, hash := range w.hashes {
		w.touched ^= w.check.known.touch(hash)
	}
	for _, hash := range w.hashes {
		if w.check.known.add(hash) {
			w.candidates = appendTo(w.candidates, hash)
		}
	}
	w.hashes = w.hashes[:0]
}

// appendTo appends to the last of some lists, which are short so that none is ever copied.
func appendTo(lists [][]uint64, hash uint64) [][]uint64 {
	const most = 4096
	if n := len(lists); n == 0 || len(lists[n-1]) == most {
		lists = append(lists, make([]uint64, 0, most))
	}
	last := &lists[len(lists)-1]
	*last = append(*last, hash)
	return lists
}

// fewNames counts the names of some hashes, in a table whose open places are zero. The two lowest bits of a place are the count, which ends at 2, plus 1.
type fewNames []uint64

const countBits = 3

// memoryOf returns the memory of a filter, which has done its work.
func memoryOf(k known) []uint64 {
	f, _ := k.(filter)
	return f
}

// newFewNames makes a table in memory that is there, where it is large enough.
func newFewNames(memory []uint64, hashes ...[]uint64) fewNames {
	most := 0
	for _, some := range hashes {
		most += len(some)
	}
	if len(memory) < 2*most {
		memory = make([]uint64, 2*most)
	}
	f := fewNames(memory)
	clear(f)
	for _, some := range hashes {
		for _, hash := range some {
			f[f.place(hash)] = hash&^countBits | 1
		}
	}
	return f
}

// place finds the place of a hash, or the open one where it belongs.
func (f fewNames) place(hash uint64) int {
	high, _ := bits.Mul64(hash&^countBits, uint64(len(f)))
	for i := int(high); ; i = (i + 1) % len(f) {
		if at := atomic.LoadUint64(&f[i]); at == 0 || at&^countBits == hash&^countBits {
			return i
		}
	}
}

func (f fewNames) has(hash uint64) bool { return atomic.LoadUint64(&f[f.place(hash)]) != 0 }

func (f fewNames) count(hash uint64) {
	at := &f[f.place(hash)]
	for {
		now := atomic.LoadUint64(at)
		if now&countBits == countBits || atomic.CompareAndSwapUint64(at, now, now+1) {
			return
		}
	}
}

// repeated returns the hashes that were counted more than once, but for their two lowest bits.
func (f fewNames) repeated() []uint64 {
	var hashes []uint64
	for _, at := range f {
		if at&countBits == countBits {
			hashes = append(hashes, at)
		}
	}
	return hashes
}

// roll is who was met where, in the order of the inputs.
type roll struct {
	met      map[nameSum]meeting
	odd      map[nameSum]meeting // by how they look: those whose names are written otherwise
	twice    map[string]bool     // names that are there more than once
	problems []document.Problem
	more     int
	alike    []string // sentences about names that look the same and are not
}

// nameSum stands for a name: half of its SHA-256, which no two names have in common.
type nameSum [16]byte

func sumOf(name []byte) nameSum {
	sum := sha256.Sum256(name)
	return nameSum(sum[:16])
}

// meeting is where a name was met first.
type meeting struct {
	input, column int32
	line          int
}

func newRoll() *roll {
	return &roll{met: map[nameSum]meeting{}, odd: map[nameSum]meeting{}, twice: map[string]bool{}}
}

// maxAlike is how many pairs of names that look the same are told.
const maxAlike = 20

// meet takes the names of a part, whose first line has a number. Messages give places and no names: they end in logs that others read.
func (r *roll) meet(s *Source, in *input, line int, found *result) {
	for _, at := range found.sightings {
		here := meeting{int32(in.index), int32(at.column), line + at.line}
		if first, known := r.met[at.name]; known {
			r.twice[string(found.seen[at.start:at.end])] = true
			r.complain(s, in, here, first)
			continue
		}
		r.met[at.name] = here
		if other, ok := r.alikeTo(at); ok && len(r.alike) < maxAlike {
			r.alike = append(r.alike, fmt.Sprintf("%s: this name looks like the one at %s but is written otherwise; they count as two people", s.position(here), s.position(other)))
		} else if at.name != at.look {
			r.odd[at.look] = here
		}
	}
}

// alikeTo finds somebody whose name looks the same and is written otherwise.
func (r *roll) alikeTo(at sighting) (meeting, bool) {
	if at.name != at.look {
		if other, ok := r.met[at.look]; ok {
			return other, true
		}
	}
	other, ok := r.odd[at.look]
	return other, ok
}

func (r *roll) complain(s *Source, in *input, here, first meeting) {
	if len(r.problems) == maxProblems {
		r.more++
		return
	}
	do := "keep one row for each person, or write names that differ"
	switch {
	case in.Stream != nil && s.options.KeepGoing:
		do = "save what comes to a file, so that both can be left out, or write names that differ"
	case in.long:
		do = "put the rows of a person together, or write names that differ"
	}
	r.problems = append(r.problems, document.Problem{
		Position: s.position(here), Path: "name", What: fmt.Sprintf("this name was read at %s already", s.position(first)), Do: do,
	})
}

func (s *Source) position(m meeting) document.Position {
	in := s.inputs[m.input]
	if in.names != nil { // a part for each sheet, counted as a line
		return document.Position{File: in.shown(in.names[m.line])}
	}
	if in.form != nil {
		return in.form.names[m.line]
	}
	return in.at(m.line, int(m.column))
}

// newCheck begins to look at names.
func (s *Source) newCheck() *namesCheck {
	if !s.canRepeat() {
		return &namesCheck{call: true}
	}
	return &namesCheck{seed: maphash.MakeSeed(), known: s.known(s.expected())}
}

// callRoll looks at the names again that may be there more than once, as a filter has found.
func (s *Source) callRoll(crew []*worker, check *namesCheck) (*roll, error) {
	var candidates [][]uint64
	for _, w := range crew {
		candidates = append(candidates, w.candidates...)
		w.candidates = nil
	}
	if candidates == nil {
		return newRoll(), nil
	}
	check = &namesCheck{seed: check.seed, few: newFewNames(memoryOf(check.known), candidates...)}
	if err := s.readNames(crew, newSequence(s, io.Discard), check); err != nil {
		return nil, err
	}
	repeated := check.few.repeated()
	if len(repeated) == 0 {
		return newRoll(), nil
	}
	seq := newSequence(s, io.Discard)
	seq.roll = newRoll()
	err := s.readNames(crew, seq, &namesCheck{seed: check.seed, few: newFewNames(nil, repeated), call: true})
	return seq.roll, err
}

// readNames reads the names of all inputs alone.
func (s *Source) readNames(crew []*worker, seq *sequence, check *namesCheck) error {
	seq.keeping = true // what is wrong is said when everything is read
	return s.readAll(crew, seq, check, true)
}

// canRepeat reports whether all inputs can be read again.
func (s *Source) canRepeat() bool {
	return !slices.ContainsFunc(s.inputs, func(in *input) bool { return in.Stream != nil })
}

// expected is how many people there may be, from the size of the inputs and the beginning of each.
func (s *Source) expected() int64 {
	var people int64
	for _, in := range s.inputs {
		if in.names != nil {
			people += int64(len(in.names))
			continue
		}
		people += in.rows + in.Size/max(in.each, 1)
	}
	return people
}
