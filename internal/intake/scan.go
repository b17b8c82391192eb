package intake

import (
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/pmpath/pmpath/internal/apart"
	"github.com/pmpath/pmpath/internal/document"
)

// Tally is what a Scan says besides what the handlers counted.
type Tally struct {
	People   int               // that reached a handler
	LeftOut  int               // with Options.KeepGoing: people left out because something is wrong with them
	Problems document.Problems // with Options.KeepGoing: what is wrong with them, by input and place
	More     int               // problems beyond those in Problems, of which a Scan keeps some thousands
	Notices  []string          // what a person should know beyond Source.Notices
}

// maxProblems is how many problems are kept: more help nobody, and memory is to stay constant.
const maxProblems = 10000

// Scan reads all people with so many workers, each with a handler of its own. The bytes that handlers append reach out in the order of the input, the same
// bytes for any number of workers.
//
// Without Options.KeepGoing any problem is the error, all of them as document.Problems; some output may have been written by then and is to be thrown away.
// Other errors are those of reading and of out. A Source with a Stream can be scanned once.
func (s *Source) Scan(workers int, newHandler func() Handler, out io.Writer) (Tally, error) {
	crew := make([]*worker, max(workers, 1))
	for i := range crew {
		crew[i] = &worker{source: s, handler: newHandler(), person: newPerson(s.rubric, len(s.fields))}
	}
	seq, check := newSequence(s, out), s.newCheck()
	if !s.canRepeat() {
		seq.roll = newRoll()
	}
	names := seq.roll
	if s.options.KeepGoing && s.canRepeat() { // whoever is there twice is left out both times, so that must be known before
		if err := s.readNames(crew, newSequence(s, io.Discard), check); err != nil {
			return Tally{}, err
		}
		var err error
		if names, err = s.callRoll(crew, check); err != nil {
			return Tally{}, err
		}
		seq.excluded, check = names.twice, nil
	}
	if err := s.readAll(crew, seq, check, false); err != nil {
		return Tally{}, err
	}
	if names == nil {
		var err error
		if names, err = s.callRoll(crew, check); err != nil {
			return Tally{}, err
		}
	}
	return s.tally(seq, names)
}

// readAll reads all inputs, one after the other.
func (s *Source) readAll(crew []*worker, seq *sequence, check *namesCheck, namesOnly bool) error {
	for _, w := range crew {
		w.seq, w.check, w.namesOnly = seq, check, namesOnly
	}
	for _, in := range s.inputs {
		if err := s.read(in, crew, seq); err != nil {
			return err
		}
	}
	return nil
}

// tally says how a Scan went.
func (s *Source) tally(seq *sequence, names *roll) (Tally, error) {
	for _, p := range names.problems {
		seq.complain(p)
	}
	seq.more += names.more
	err := seq.problems.Err()
	refused := err != nil && (!s.options.KeepGoing || seq.broken || seq.people == 0) // a report about nobody is none
	if refused || len(names.problems) > 0 && !s.canRepeat() {
		return Tally{}, seq.refusal()
	}
	tally := Tally{People: seq.people, LeftOut: seq.leftOut, More: seq.more, Notices: names.alike}
	_ = errors.As(err, &tally.Problems) // in order
	return tally, nil
}

// reading is one pass over one input that the workers share.
type reading interface {
	// part reads the next part and decodes it into w. It returns the number of the part, which counts from 0, and false at the end.
	part(w *worker) (number int, ok bool, err error)
}

// read lets all workers read one input to its end.
func (s *Source) read(in *input, crew []*worker, seq *sequence) error {
	pass, err := s.pass(in)
	if err != nil {
		return err
	}
	seq.begin(in)
	in.form.begin(seq)
	var group sync.WaitGroup
	for _, w := range crew {
		w.decoder = nil // of the input before
		group.Go(func() {
			defer func() {
				if fault := recover(); fault != nil {
					seq.panicked(fault)
				}
			}()
			seq.fail(w.work(pass))
		})
	}
	group.Wait()
	if seq.fault != nil {
		panic(seq.fault) // where whoever called Scan gives it a decent end
	}
	if seq.err == nil {
		seq.end()
	}
	return seq.err
}

// worker reads parts. Everything in it is used again for the next part.
type worker struct {
	_       apart.Line
	source  *Source
	seq     *sequence
	handler Handler
	decoder decoder
	buffer  []byte
	person  Person
	result

	check      *namesCheck // nil where names are not looked at
	namesOnly  bool        // nothing else is looked at
	look       []byte      // of the name that was claimed last
	hashes     []uint64    // of names that are to be added
	touched    uint64      // keeps the compiler from leaving out what only touches memory
	candidates [][]uint64  // hashes of names that may have been there before
	_          apart.Line
}

// result is what came of one part.
type result struct {
	out     []byte
	faults  []fault
	more    int // faults that were not kept
	lines   int // that the part has; while it is read, those before the present one
	people  int
	leftOut int
	fatal   bool // reading cannot go on after this part

	sightings []sighting
	seen      []byte // the names of them
}

// fault is a problem in a part, before it is known on which line of the input the part begins.
type fault struct {
	file           string // in a folder; else empty
	line, column   int    // line counts from 0; within a file of a folder from 1
	also           int    // another line that is meant, plus 1; 0 for none
	path, what, do string
}

func (w *worker) work(pass reading) error {
	for {
		w.result = result{out: w.out[:0], faults: w.faults[:0], sightings: w.sightings[:0], seen: w.seen[:0]}
		number, ok, err := pass.part(w)
		w.addHashes()
		if err != nil || !ok {
			return err
		}
		if !w.seq.deliver(number, &w.result) {
			return nil
		}
	}
}

// complain notes a problem on the present line.
func (w *worker) complain(column int, path, what, do string) {
	w.complainOn(w.lines, column, path, what, do)
}

func (w *worker) complainOn(line, column int, path, what, do string) {
	if len(w.faults) == maxProblems {
		w.more++
		return
	}
	w.faults = append(w.faults, fault{line: line, column: column, path: path, what: what, do: do})
}

// alsoOn says which other line the last problem is about.
func (w *worker) alsoOn(line int) {
	if w.more == 0 {
		w.faults[len(w.faults)-1].also = line + 1
	}
}

// accept hands on the person that is complete.
func (w *worker) accept() {
	if len(w.seq.excluded) > 0 && w.seq.excluded[string(w.person.Name)] {
		w.leftOut++
		return
	}
	w.people++
	if !w.seq.refused.Load() {
		w.out = w.handler.Handle(&w.person, w.out)
	}
}

// refusal is the error of a Scan that does not keep going: all problems that were kept.
func (q *sequence) refusal() error {
	if q.more == 0 {
		return q.problems.Err()
	}
	return append(q.problems, document.Problem{What: fmt.Sprintf("%d more problems are not listed", q.more)}).Err()
}

var errShrunk = errors.New("the file became shorter while it was read")
