package path

import (
	"slices"
	"strings"

	"github.com/pmpath/pmpath/internal/rubric"
)

// Named returns the places that a name may mean: the one with that id; else those with that title; else those whose id or title has all its words. A
// place within another one of these is left out, as the wider one is meant. One entry is an answer, more are a question, none is an error.
func Named(r *rubric.Rubric, name string) []Place {
	all := Places(r)
	for _, matches := range []func(Place) bool{
		func(p Place) bool { return strings.EqualFold(p.ID(), name) },
		func(p Place) bool { return strings.EqualFold(p.Title(), name) },
		func(p Place) bool { return hasWords(p.ID()+" "+p.Title(), name) },
	} {
		var found []Place
		for _, p := range all {
			if matches(p) && !slices.ContainsFunc(found, p.within) {
				found = append(found, p)
			}
		}
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

// Places are all of a rubric, the wider ones first: areas, competencies, items, gates.
func Places(r *rubric.Rubric) []Place {
	var all []Place
	for _, a := range r.Areas {
		all = append(all, Place{Area: a})
	}
	for _, c := range r.Competencies {
		all = append(all, Place{Competency: c})
	}
	for _, i := range r.Items {
		all = append(all, Place{Item: i})
	}
	for _, g := range r.Gates {
		all = append(all, Place{Gate: g})
	}
	return all
}

// Title is that of the area, competency or gate; an item has the one of its competency.
func (p Place) Title() string {
	switch {
	case p.Area != nil:
		return p.Area.Title
	case p.Competency != nil:
		return p.Competency.Title
	case p.Item != nil:
		return p.Item.Competency.Title
	}
	return p.Gate.Title
}

// within reports whether a wider place holds this one.
func (p Place) within(wider Place) bool {
	switch {
	case p.Competency != nil:
		return wider.Area == p.Competency.Area
	case p.Item != nil:
		return wider.Area == p.Item.Competency.Area || wider.Competency == p.Item.Competency
	}
	return false
}

func hasWords(text, words string) bool {
	in := wordsOf(text)
	wanted := wordsOf(words)
	return len(wanted) > 0 && !slices.ContainsFunc(wanted, func(w string) bool { return !slices.Contains(in, w) })
}

func wordsOf(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return r == '-' || r == ' ' || r == ',' })
}
