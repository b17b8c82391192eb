// Command pmpath is a skills self-assessment for product managers: it asks what a person has done, scores the answers against the readiness
// criteria of each stage of the career ladder, and says how ready they are for the next role, what is missing and what to do first.
//
// Each command is a file here: an options struct, a constructor, a run function. They wire the packages below internal together and decide
// nothing themselves. Exit codes are given in exit.go and nowhere else.
package main

import "os"

func main() {
	collectLater()
	leave(run(systemEnv(), os.Args[1:]))
}
