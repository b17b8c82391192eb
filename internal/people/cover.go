package people

import (
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
)

// Coverage says how closely the people watch one stage.
type Coverage struct {
	Stage    *rubric.Stage
	People   int // who expect something of this stage
	Settings []Setting
}

// Noticed reports whether some mutant of the setting is noticed.
func (s Setting) Noticed() bool {
	for _, mutant := range s.Mutants {
		if mutant.Noticed {
			return true
		}
	}
	return false
}

// Count returns how many settings of a kind are noticed, and how many there are.
func (c Coverage) Count(kind Kind) (noticed, all int) {
	for _, setting := range c.Settings {
		if setting.Kind == kind {
			all++
			if setting.Noticed() {
				noticed++
			}
		}
	}
	return noticed, all
}

// Unnoticed returns the settings that nobody watches, in the order of the rubric within each kind.
func (c Coverage) Unnoticed() []Setting {
	var settings []Setting
	for _, setting := range c.Settings {
		if !setting.Noticed() {
			settings = append(settings, setting)
		}
	}
	return settings
}

// Cover tries every mutant of every stage that somebody expects something of, in ladder order. What counts is whether a verdict becomes another one, whatever
// was expected of it, so that a failing expectation does not pass for a watchful one.
func Cover(r *rubric.Rubric, people []*Person) []Coverage {
	var coverage []Coverage
	for _, stage := range r.Stages {
		watchers := watchersOf(stage, people)
		if len(watchers) == 0 {
			continue
		}
		settings := settingsOf(r, stage)
		for i := range settings {
			for j := range settings[i].Mutants {
				mutant := &settings[i].Mutants[j]
				mutant.Noticed = noticed(mutant, watchers)
			}
		}
		coverage = append(coverage, Coverage{stage, len(watchers), settings})
	}
	return coverage
}

// watcher is a person's sheet with the verdict on the rubric as it is.
type watcher struct {
	sheet   *response.Sheet
	verdict readiness.Verdict
}

func watchersOf(stage *rubric.Stage, people []*Person) []watcher {
	var watchers []watcher
	for _, person := range people {
		for _, expectation := range person.Expect {
			if expectation.Target == stage {
				watchers = append(watchers, watcher{person.Sheet, readiness.Evaluate(person.Sheet, stage).Verdict})
			}
		}
	}
	return watchers
}

func noticed(mutant *Mutant, watchers []watcher) bool {
	for _, watcher := range watchers {
		sheet := *watcher.sheet
		sheet.Rubric = mutant.rubric
		if readiness.Evaluate(&sheet, mutant.stage).Verdict != watcher.verdict {
			return true
		}
	}
	return false
}
