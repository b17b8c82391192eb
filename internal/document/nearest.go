package document

import "fmt"

// Nearest words the advice for a name that is not known: "did you mean …?" where one of the known names is close, and the fallback
// where none is.
func Nearest(name string, known []string, fallback string) string {
	best, bestDistance := "", 3
	for _, candidate := range known {
		if d := distance(name, candidate); d < bestDistance && d*2 <= len(candidate) {
			best, bestDistance = candidate, d
		}
	}
	if best == "" {
		return fallback
	}
	return fmt.Sprintf("did you mean %q?", best)
}

// distance counts the letters to insert, drop, replace or swap with their neighbour (optimal string alignment). Names are short: long ones are
// not compared.
func distance(a, b string) int {
	const far = 99
	if len(a) > MaxID || len(b) > MaxID {
		return far
	}
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
}
