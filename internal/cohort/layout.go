package cohort

import (
	"github.com/pmpath/pmpath/internal/intake"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/rubric"
)

// layout is how the answers to one competency lie among all, and how their patterns are numbered.
type layout struct {
	competency *rubric.Competency
	index      int   // of the competency
	first      int   // rubric.Item.Index of the first question; the others follow
	weights    []int // by question
	levels     int   // of the scale
	lo         int
	bits       int                 // of a digit of a pattern
	size       int                 // number of patterns; 0 where they are too many for a table
	base       int                 // sum of the sizes before
	asks       []*rubric.Criterion // by stage; nil where it asks nothing of the competency
}

func newLayouts(r *rubric.Rubric) []layout {
	var layouts []layout
	size := 0
	for _, c := range r.Competencies {
		l := layout{competency: c, index: c.Index, first: c.Items[0].Index, levels: len(c.Scale.Levels), lo: c.Scale.Lo(), bits: bitsOf(c.Scale), base: size}
		for _, stage := range r.Stages {
			l.asks = append(l.asks, stage.Criterion(c))
		}
		for _, item := range c.Items {
			l.weights = append(l.weights, item.Weight)
		}
		l.size = l.patterns()
		size += l.room()
		layouts = append(layouts, l)
	}
	return layouts
}

// of are the answers to this competency among those to all questions.
func (l *layout) of(levels []int8) []int8 { return levels[l.first : l.first+len(l.weights)] }

// marks are the flags that do not depend on a target.
func (l *layout) marks(answers []int8) flags {
	var m flags
	for _, answer := range answers {
		switch {
		case answer == intake.Unanswered:
			m |= someOpen
		case answer == intake.NotApplicable:
			m |= someNotApplicable
		case readiness.CallsForEvidence(l.competency.Scale, int(answer)):
			m |= claims
		}
	}
	return m
}

// sums are the answers to one competency added up, in item weights.
type sums struct {
	all        int64 // every question
	applicable int64
	leastLeft  int64 // applicable, if every open question that allows it turned out not applicable
	answered   int64 // weight × level
	openWeight int64
	open       int
}

func (l *layout) sums(answers []int8) sums {
	var s sums
	for i, answer := range answers {
		weight := int64(l.weights[i])
		s.all += weight
		if answer == intake.NotApplicable {
			continue
		}
		s.applicable += weight
		if answer == intake.Unanswered {
			s.open++
			s.openWeight += weight
		} else {
			s.answered += weight * int64(answer)
		}
		if answer != intake.Unanswered || !l.competency.Items[i].NotApplicable {
			s.leastLeft += weight
		}
	}
	return s
}

func (l *layout) worst(s sums) int64 { return s.answered + s.openWeight*int64(l.lo) }

func (l *layout) best(s sums) int64 { return s.answered + s.openWeight*int64(l.lo+l.levels-1) }

// complete appends the answers to a slice, with a level in the place of open ones.
func complete(to, answers []int8, level int) []int8 {
	for _, answer := range answers {
		if answer == intake.Unanswered {
			answer = int8(level)
		}
		to = append(to, answer)
	}
	return to
}
