// Package intaketest makes up cohorts for tests and benchmarks: people who look like people – names, some with letters beyond ASCII, teams of uneven size, levels
// around what their stage asks, questions left open, forms left half-way – and are the same for the same seed. Only tests may import this package.
package intaketest

import (
	"fmt"
	"math/rand/v2"
	"strconv"

	"github.com/pmpath/pmpath/internal/rubric"
)

// Levels of a Person that are no levels.
const (
	Open          = -1000
	NotApplicable = -1001
)

// Person is somebody made up.
type Person struct {
	Name, Team, Stage, Date string
	Levels                  []int    // by item: a level, Open or NotApplicable
	Gates                   []string // by gate: "yes", "no" or "" where it is open
}

// Cohort is a seeded source of people.
type Cohort struct {
	Rubric *rubric.Rubric
	chance *rand.Rand
	made   int
	person Person
	rows   [][]int // by stage: the level about which its people stand, by item
}

// New returns the cohort of a seed.
func New(r *rubric.Rubric, seed uint64) *Cohort {
	chance := rand.New(rand.NewPCG(seed, 1)) //nolint:gosec // the same people for the same seed are what is wanted
	c := &Cohort{Rubric: r, chance: chance, person: Person{Levels: make([]int, len(r.Items)), Gates: make([]string, len(r.Gates))}}
	for _, stage := range r.Stages {
		c.rows = append(c.rows, row(r, stage))
	}
	return c
}

// row is what a stage asks, by item, and half of the scale where it asks nothing.
func row(r *rubric.Rubric, stage *rubric.Stage) []int {
	levels := make([]int, len(r.Items))
	for i, item := range r.Items {
		scale := item.Competency.Scale
		levels[i] = (scale.Lo() + scale.Hi()) / 2
		if criterion := stage.Criterion(item.Competency); criterion != nil {
			if whole, err := strconv.Atoi(criterion.Level.String()); err == nil {
				levels[i] = whole
			}
		}
	}
	return levels
}

var (
	firstNames = []string{
		"Ana", "Ben", "Chloé", "Dmitri", "Elif", "Femi", "Grace", "Hiro", "Ines", "José", "Kofi", "Lea", "Mei", "Nadia", "Omar", "Priya", "Quinn", "Rosa",
		"Sam", "Tomasz", "Uma", "Victor", "Wei", "Ximena", "Yusuf", "Zoë", "Aoife", "Björn", "Carmen", "Deepak", "Emma", "Farid", "Gita", "Hanna", "Ivan",
		"Jin", "Karin", "Łukasz", "Maria", "Noah", "Olga", "Pedro", "Rania", "Stefan", "Tara", "Ulrich", "Vera", "Wanjiru", "Yara", "Zhen",
	}
	lastNames = []string{
		"Adeyemi", "Bauer", "Costa", "Díaz", "Eriksen", "Fischer", "García", "Haddad", "Ito", "Jansen", "Kim", "Li", "Müller", "Novak", "O'Brien", "Patel",
		"Quispe", "Rossi", "Silva", "Tanaka", "Usman", "Vargas", "Wang", "Xu", "Yilmaz", "Zieliński", "Abebe", "Brown", "Chen", "Dubois", "Evans", "Ferrari",
		"Green", "Horvat", "Ivanov", "Jones", "Kowalska", "Lopez", "Meyer", "Nguyen",
	}
	teams = []string{"Checkout", "Search", "Payments", "Onboarding", "Growth", "Data platform", "Mobile", "Insights", "Partners", "Core"}
)

// Next makes up the next person, who is valid until the next call. Names are unique.
func (c *Cohort) Next() *Person {
	p, n := &c.person, c.made
	c.made++
	p.Name = firstNames[n%len(firstNames)] + " " + lastNames[n/len(firstNames)%len(lastNames)]
	if round := n / (len(firstNames) * len(lastNames)); round > 0 {
		p.Name += " " + strconv.Itoa(round+1)
	}
	p.Team = teams[min(c.chance.IntN(len(teams)), c.chance.IntN(len(teams)))] // the first ones are larger
	stage := min(c.chance.IntN(len(c.rows)), c.chance.IntN(len(c.rows)))
	p.Stage = c.Rubric.Stages[stage].ID
	p.Date = fmt.Sprintf("2026-%02d-%02d", 9+c.chance.IntN(3), 1+c.chance.IntN(28))
	c.answer(c.rows[stage])
	for i := range p.Gates {
		p.Gates[i] = [...]string{"yes", "yes", "no", ""}[c.chance.IntN(4)]
	}
	return p
}

func (c *Cohort) answer(row []int) {
	able := c.chance.IntN(3) - 1 // a person is weaker or stronger than the stage on the whole, and varies about that
	last := len(row)
	if c.chance.IntN(20) == 0 {
		last = c.chance.IntN(len(row)) // left half-way
	}
	for i, item := range c.Rubric.Items {
		dice := c.chance.Uint32()
		scale := item.Competency.Scale
		switch {
		case i >= last || dice%40 == 0:
			c.person.Levels[i] = Open
		case item.NotApplicable && dice%16 == 1:
			c.person.Levels[i] = NotApplicable
		default:
			c.person.Levels[i] = min(max(row[i]+able+int(dice>>8%3)-1, scale.Lo()), scale.Hi())
		}
	}
}
