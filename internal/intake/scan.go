package intake

import (
	"errors"
	"fmt"
	"io"
	"sync"

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
	var tally Tally
	seq := newSequence(s, out)
	crew := make([]*worker, max(workers, 1))
	for i := range crew {
		crew[i] = &worker{source: s, handler: newHandler(), person: newPerson(s.rubric, len(s.fields)), seq: seq}
	}
	for _, in := range s.inputs {
		if err := s.read(in, crew, seq); err != nil {
			return tally, err
		}
	}
	if err := seq.flush(); err != nil {
		return tally, err
	}
	tally.People, tally.LeftOut, tally.More = seq.people, seq.leftOut, seq.more
	if !s.options.KeepGoing {
		return tally, seq.refusal()
	}
	tally.Problems = seq.problems
	if tally.People == 0 && seq.problems != nil {
		return tally, seq.refusal() // a report about nobody is none
	}
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
	var group sync.WaitGroup
	for _, w := range crew {
		w.decoder = nil // of the input before
		group.Go(func() { seq.fail(w.work(pass)) })
	}
	group.Wait()
	if seq.err == nil {
		seq.end()
	}
	return seq.err
}

// worker reads parts. Everything in it is used again for the next part.
type worker struct {
	source  *Source
	seq     *sequence
	handler Handler
	decoder decoder
	buffer  []byte
	person  Person
	result
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
		w.result = result{out: w.out[:0], faults: w.faults[:0]}
		number, ok, err := pass.part(w)
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
	w.people++
	if !w.seq.refused.Load() {
		w.out = w.handler.Handle(&w.person, w.out)
	}
}

// refusal is the error of a Scan that does not keep going: all problems that were kept.
func (q *sequence) refusal() error {
	problems := q.problems
	if q.more > 0 {
		problems = append(problems, document.Problem{What: fmt.Sprintf("and %d more", q.more)})
	}
	return problems.Err()
}

var errShrunk = errors.New("the file became shorter while it was read")
