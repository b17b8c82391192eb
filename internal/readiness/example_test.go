package readiness_test

import (
	"fmt"

	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// Half of a sheet is enough where the rest cannot change the verdict.
func ExampleEvaluate() {
	small, err := rubric.Load(rubrictest.Files(), rubrictest.Folder, rubrictest.Folder)
	if err != nil {
		fmt.Println(err)
		return
	}
	builder := small.StageNamed("builder")
	s := response.New(small)

	got := readiness.Evaluate(s, builder)
	fmt.Println(got.Verdict, "depends on", len(got.Depends), "answers")

	// That question weighs two thirds of its competency: (2·0 + 3)/3 = 1 at best, where 2 is asked for and points begin above 1. The competency has
	// 2 of all 4 points, so half of them are out of reach.
	s.Answers[small.ItemNamed("problem-note").Index] = response.Answered(0)
	got = readiness.Evaluate(s, builder)
	fmt.Println(got.Verdict, "by the", got.Deciding.Kind, "of", got.Deciding.Held.Best, "at best, where", got.Deciding.Need, "are needed")

	// Output:
	// undetermined depends on 5 answers
	// not_ready by the fit of 1/2 at best, where 4/5 are needed
}
