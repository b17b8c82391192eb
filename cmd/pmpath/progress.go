package main

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"
)

// progressDelay is how long something may take before there is a word about how far it is.
const progressDelay = 500 * time.Millisecond

// progress is a line on the terminal that says how far a long reading is.
type progress struct {
	out  io.Writer
	done chan struct{}
	gone sync.WaitGroup
}

// showProgress shows how much of a cohort has been read, when it takes long: on standard error, on a terminal alone, never where lines should stay or a
// machine looks on.
func (e *env) showProgress(inputs *cohortInputs) *progress {
	p := &progress{out: e.streams.Err, done: make(chan struct{})}
	if e.settings.Accessible || !e.streams.ShowsProgress() {
		return p
	}
	p.gone.Go(func() { p.run(inputs) })
	return p
}

func (p *progress) run(inputs *cohortInputs) {
	width := 0
	timer := time.NewTimer(progressDelay)
	defer timer.Stop()
	for {
		select {
		case <-p.done:
			if width > 0 {
				fmt.Fprintf(p.out, "\r%s\r", strings.Repeat(" ", width))
			}
			return
		case <-timer.C:
			line := progressLine(inputs.read.Load(), inputs.size)
			fmt.Fprintf(p.out, "\r%s", line)
			width = max(width, len(line))
			timer.Reset(progressDelay / 5)
		}
	}
}

// progressLine is one line of ASCII, narrower than the narrowest terminal. A file that is read twice counts from the start again.
func progressLine(read, size int64) string {
	if size <= 0 {
		return "reading ..."
	}
	const cells = 8
	share := min(read, size) * 100 / size
	done := int(share * cells / 100)
	return fmt.Sprintf("[%s%s] %3d %%", strings.Repeat("#", done), strings.Repeat(".", cells-done), share)
}

// end takes the line away.
func (p *progress) end() {
	close(p.done)
	p.gone.Wait()
}
