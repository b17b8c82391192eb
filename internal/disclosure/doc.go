// Package disclosure decides which counts of people may be printed, so that nobody can work out from everything printed together how many of fewer than
// k people gave an answer.
//
// A group smaller than k is hidden, and so is a count smaller than k, 0 included: 0 of 8 says something about all eight. That alone is not enough, as 8 − 6 is 2; so
// further counts go, until nothing small follows from what is left. Three questions are asked, each by a function of its own:
//
//   - [Sizes] and [Split] hide in one row, whose sum everybody knows: the groups of a cohort, or the answers of one group.
//   - [Tabulate] does so for a table of groups and answers whose sums of rows and columns are known as well.
//   - [Cross] looks at two ways to group the same people.
//
// [Exposed] is the definition, by elimination over the rational numbers, for small cases: the rules above are held against it.
//
// The package knows neither rubrics nor people and computes only. What it promises is that no total of a small group follows by adding and
// subtracting what is printed; inside one row also that every hidden small count may still be anything from 0 to k−1. It cannot promise anything about two
// runs, about what a reader knows from elsewhere, or about files with a line per person.
package disclosure
