package intake

import (
	"fmt"
	"io"
	"runtime/debug"
	"sync"
	"sync/atomic"

	"github.com/pmpath/pmpath/internal/document"
)

// sequence puts the results of parts, which workers finish in any order, into the order of the input.
type sequence struct {
	source  *Source
	mu      sync.Mutex
	turn    sync.Cond
	keeping bool // problems are no reason to stop
	refused atomic.Bool

	in    *input
	next  int // the part whose turn it is
	line  int // the line of the input on which it begins
	err   error
	fault any  // what a worker panicked with
	over  bool // no part of this input is wanted any more

	roll     *roll           // where names are noted; else nil
	excluded map[string]bool // names of people who are left out
	broken   bool            // some input could not be read to its end

	out      io.Writer
	problems document.Problems
	more     int
	people   int
	leftOut  int
	before   int // people and left out before this input
}

func newSequence(s *Source, out io.Writer) *sequence {
	q := &sequence{source: s, out: out, keeping: s.options.KeepGoing}
	q.turn.L = &q.mu
	return q
}

func (q *sequence) begin(in *input) {
	q.in, q.next, q.line, q.over = in, 0, in.line, false
	q.before = q.people + q.leftOut
}

// end finds inputs in which nobody is.
func (q *sequence) end() {
	if q.people+q.leftOut == q.before && !q.over {
		q.complain(document.Problem{Position: document.Position{File: q.in.Shown}, What: "there is nobody in it", Do: "add a row for each person, or leave this input out"})
	}
}

func (q *sequence) complain(p document.Problem) {
	if len(q.problems) == maxProblems {
		q.more++
	} else {
		q.problems.Add(p.Position, p.Path, p.What, p.Do)
	}
	if !q.keeping {
		q.refused.Store(true)
	}
}

// fail ends the whole Scan.
func (q *sequence) fail(err error) {
	if err == nil {
		return
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.err == nil {
		q.err = err
	}
	q.over = true
	q.turn.Broadcast()
}

// panicked ends the whole Scan because of a fault of the program in a worker.
func (q *sequence) panicked(fault any) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.fault == nil {
		q.fault = fmt.Sprintf("%v\n%s", fault, debug.Stack())
	}
	q.over = true
	q.turn.Broadcast()
}

// deliver waits for the turn of a part and takes its result. It returns false where no other part is wanted.
func (q *sequence) deliver(number int, r *result) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	for q.next != number && !q.over {
		q.turn.Wait()
	}
	if q.over {
		return false
	}
	q.take(r)
	q.next++
	q.turn.Broadcast()
	return !q.over
}

func (q *sequence) take(r *result) {
	for _, f := range r.faults {
		if f.also > 0 {
			f.what = fmt.Sprintf("%s, on line %d before", f.what, q.line+f.also-1)
		}
		at := document.Position{File: f.file, Line: f.line, Column: f.column}
		if f.file == "" {
			at = q.in.at(q.line+f.line, f.column)
		}
		q.complain(document.Problem{Position: at, Path: f.path, What: f.what, Do: f.do})
	}
	if q.roll != nil {
		q.roll.meet(q.source, q.in, q.line, r)
	}
	q.more += r.more
	q.people += r.people
	q.leftOut += r.leftOut
	q.line += r.lines
	if r.fatal {
		q.over, q.broken = true, true
		q.refused.Store(true)
		return
	}
	if len(r.out) > 0 && !q.refused.Load() {
		if _, err := q.out.Write(r.out); err != nil {
			q.err, q.over = err, true
		}
	}
}
