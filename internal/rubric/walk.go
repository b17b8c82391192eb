package rubric

import "slices"

// The walk of the canonical form. A change here changes every digest: raise canonicalForm with it.

func (w *walker) rubric(r *Rubric) {
	form := canonicalForm
	if w.number(&form); form != canonicalForm {
		w.damaged()
	}
	for _, text := range []*string{&r.ID, &r.Version, &r.Title, &r.About} {
		w.text(text)
	}
	for _, cut := range []*Cut{
		&r.Rule.ReadyAt, &r.Rule.AreaFloor, &r.Rule.MaxShortfall, &r.Rule.MustShortfall, &r.Rule.Span, &r.Rule.Assessed,
	} {
		w.cut(cut)
	}
	owned(w, &r.Scales, func(_ int, s *Scale) { w.scale(s) })
	owned(w, &r.Sources, func(_ int, s *Source) { w.source(s) })
	owned(w, &r.Areas, func(i int, a *Area) { w.area(r, i, a) })
	owned(w, &r.Gates, func(i int, g *Gate) { w.gate(r, i, g) })
	owned(w, &r.Stages, func(i int, s *Stage) { s.Index = i; w.stage(r, s) })
}

func (w *walker) scale(s *Scale) {
	w.text(&s.ID)
	list(w, &s.Levels, func(l *Level) {
		w.number(&l.Level)
		w.text(&l.Label)
		w.text(&l.Means)
	})
}

func (w *walker) source(s *Source) {
	for _, text := range []*string{&s.ID, &s.Title, &s.URL, &s.Note} {
		w.text(text)
	}
}

func (w *walker) sources(r *Rubric, sources *[]*Source) {
	list(w, sources, func(s **Source) {
		refer(w, s, r.Sources, func(s *Source) int { return slices.Index(r.Sources, s) })
	})
}

func (w *walker) area(r *Rubric, index int, a *Area) {
	a.Index = index
	for _, text := range []*string{&a.ID, &a.Title, &a.About} {
		w.text(text)
	}
	w.cut(&a.Floor)
	owned(w, &a.Competencies, func(_ int, c *Competency) { w.competency(r, a, c) })
}

func (w *walker) competency(r *Rubric, a *Area, c *Competency) {
	if w.reading {
		c.Area, c.Index = a, len(r.Competencies)
		r.Competencies = append(r.Competencies, c)
	}
	for _, text := range []*string{&c.ID, &c.Title, &c.About} {
		w.text(text)
	}
	refer(w, &c.Scale, r.Scales, func(s *Scale) int { return slices.Index(r.Scales, s) })
	owned(w, &c.Items, func(_ int, i *Item) { w.item(r, c, i) })
	list(w, &c.Grow, func(g *Growth) {
		w.number(&g.Level)
		list(w, &g.Steps, func(s *Step) {
			w.text(&s.Kind)
			w.text(&s.Do)
			w.number(&s.Hours)
			w.text(&s.DoneWhen)
		})
	})
}

func (w *walker) item(r *Rubric, c *Competency, i *Item) {
	if w.reading {
		i.Competency, i.Index = c, len(r.Items)
		r.Items = append(r.Items, i)
	}
	w.text(&i.ID)
	w.text(&i.Ask)
	w.number(&i.Window)
	w.number(&i.Weight)
	w.flag(&i.NotApplicable)
	w.texts(&i.Anchors)
	w.text(&i.Evidence)
	if len(i.Anchors) != len(c.Scale.Levels) {
		w.damaged()
	}
}

func (w *walker) gate(r *Rubric, index int, g *Gate) {
	g.Index = index
	for _, text := range []*string{&g.ID, &g.Title, &g.Ask, &g.Evidence} {
		w.text(text)
	}
	w.texts(&g.Kinds)
	w.number(&g.Within)
	w.text(&g.Why)
	w.text((*string)(&g.Basis))
	w.sources(r, &g.Sources)
}

func (w *walker) stage(r *Rubric, s *Stage) {
	w.text(&s.ID)
	w.text(&s.Title)
	w.texts(&s.Aliases)
	w.text(&s.About)
	w.texts(&s.Duties)
	list(w, &s.Next, func(next **Stage) { refer(w, next, r.Stages, func(s *Stage) int { return s.Index }) })
	owned(w, &s.Criteria, func(_ int, c *Criterion) { w.criterion(r, c) })
	list(w, &s.Gates, func(g *StageGate) {
		refer(w, &g.Gate, r.Gates, func(g *Gate) int { return g.Index })
		w.flag(&g.Hard)
	})
	list(w, &s.EntryRoles, func(e *EntryRole) { w.entryRole(r, e) })
}

func (w *walker) criterion(r *Rubric, c *Criterion) {
	refer(w, &c.Competency, r.Competencies, func(c *Competency) int { return c.Index })
	w.fraction(&c.Level)
	w.fraction(&c.Floor)
	w.fraction(&c.Span)
	w.number(&c.Weight)
	w.flag(&c.Must)
	w.text(&c.Why)
	w.text((*string)(&c.Basis))
	w.sources(r, &c.Sources)
}

func (w *walker) entryRole(r *Rubric, e *EntryRole) {
	w.text(&e.ID)
	w.text(&e.Title)
	for _, competencies := range []*[]*Competency{&e.Brings, &e.Lacks} {
		list(w, competencies, func(c **Competency) {
			refer(w, c, r.Competencies, func(c *Competency) int { return c.Index })
		})
	}
	w.text(&e.FirstProof)
	w.sources(r, &e.Sources)
}
