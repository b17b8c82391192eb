// Package cohort says what many sheets say together: who is ready and who is one or two steps away, what is missing most, what would help most
// people. A [Scorer] holds what is worked out once per rubric and target stage; each [Worker] scores people with it and counts; [Scorer.Summary] adds the
// counts of all workers up, so that any number of them, and any order of people, gives the same figures.
//
// People are scored through tables that are indexed by the answers to one competency: they hold points, floor and steps as whole numbers in
// a unit in which everything is whole. What does not fit a table goes through package readiness, which is the reference for all of it. Nothing is
// allocated for a person on the way through the tables.
//
// The package counts; it neither reads files nor hides small groups. A Summary is not fit to be published before package disclosure has
// looked at its cells.
package cohort
