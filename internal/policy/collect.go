package policy

import (
	"slices"
	"strings"
	"sync"

	"github.com/pmpath/pmpath/internal/fraction"
	"github.com/pmpath/pmpath/internal/intake"
	"github.com/pmpath/pmpath/internal/rubric"
)

// Collector takes down what people have reached today. Its workers may run side by side.
type Collector struct {
	rubric *rubric.Rubric
	name   func() func(dst, name []byte) []byte

	mutex   sync.Mutex
	workers []*CollectWorker
}

// NewCollector returns a collector that names people as name does.
func NewCollector(r *rubric.Rubric, name func() func(dst, name []byte) []byte) *Collector {
	return &Collector{rubric: r, name: name}
}

// Worker returns a further worker.
func (c *Collector) Worker() *CollectWorker {
	w := &CollectWorker{rubric: c.rubric, name: c.name()}
	c.mutex.Lock()
	c.workers = append(c.workers, w)
	c.mutex.Unlock()
	return w
}

// CollectWorker takes down the people that it is handed. It belongs to one goroutine.
type CollectWorker struct {
	rubric *rubric.Rubric
	name   func(dst, name []byte) []byte
	people []Reached
}

// Handle takes down one person. It writes nothing.
func (w *CollectWorker) Handle(p *intake.Person, out []byte) []byte {
	is := Reached{Person: string(w.name(nil, p.Name)), Levels: map[string]fraction.Fraction{}}
	for _, c := range w.rubric.Competencies {
		if !slices.ContainsFunc(c.Items, func(item *rubric.Item) bool { return p.Levels[item.Index] > intake.NotApplicable }) {
			continue // nothing said, nothing reached
		}
		if worst, _, applies := scoreOf(c, p.Levels); applies {
			is.Levels[c.ID] = worst
		}
	}
	w.people = append(w.people, is)
	return out
}

// Baseline returns what everybody has reached today. key is the pseudonym of KeyProbe. No worker may be at work.
func (c *Collector) Baseline(key string) *Baseline {
	b := newBaseline(c.rubric, key)
	for _, w := range c.workers {
		b.People = append(b.People, w.people...)
	}
	slices.SortFunc(b.People, func(a, b Reached) int { return strings.Compare(a.Person, b.Person) })
	return b
}
