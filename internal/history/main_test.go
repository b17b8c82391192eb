package history

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// The long forms of the loops that kill, damage and crowd, for the figures in the closing note of a change: go test ./internal/history -long -timeout 2h
var long = flag.Bool("long", false, "run loops over random moments and places in full")

func times(short, full int) int {
	if *long {
		return full
	}
	return short
}

// childVariable makes this binary a child process: it names what to do.
const childVariable = "PMPATH_HISTORY_CHILD"

func TestMain(m *testing.M) {
	flag.Parse()
	var err error
	switch os.Getenv(childVariable) {
	case "":
		os.Exit(m.Run())
	case "interview":
		err = interviewChild(os.Args[1:], 1<<30)
	case "once":
		err = interviewChild(os.Args[1:], 1)
	case "write":
		err = writeChild(os.Args[1:])
	case "hold":
		err = holdChild(os.Args[1:])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// child is this binary as another process.
func child(what string, args ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), childVariable+"="+what)
	return cmd
}

// smallRubric is that of package rubrictest, where there is no test to fail.
func smallRubric() (*rubric.Rubric, error) {
	return rubric.Load(rubrictest.Files(), rubrictest.Folder, rubrictest.Folder)
}

// perDraft is how many answers interviewChild saves before it finishes a draft.
const perDraft = 12

// interviewChild FOLDER saves answers one after the other and finishes, that many times. It says each thing on standard output as soon
// as it is done, and not before: "begun ID", "saved ITEM NUMBER", "finished ID".
func interviewChild(args []string, drafts int) error {
	s, err := Open(args[0], Options{Version: "test"})
	if err != nil {
		return err
	}
	number := 1
	for range drafts {
		r, err := smallRubric()
		if err != nil {
			return err
		}
		d, err := s.Begin(response.New(r), "full")
		if err != nil {
			return err
		}
		fmt.Println("begun", d.ID())
		for range perDraft {
			item := r.Items[number%len(r.Items)]
			d.Sheet().Answers[item.Index] = response.Answered(number % 4)
			d.Sheet().Notes[item.Index] = strconv.Itoa(number)
			if err := d.SaveItem(item, true); err != nil {
				return err
			}
			fmt.Println("saved", item.ID, number)
			number++
		}
		id, err := d.Finish(assess(d.Sheet()))
		if err != nil {
			return err
		}
		fmt.Println("finished", id)
	}
	return s.Close()
}

// writeChild FOLDER WRITES begins a draft and saves that many answers to it; it prints the id of the draft.
func writeChild(args []string) error {
	s, err := Open(args[0], Options{})
	if err != nil {
		return err
	}
	r, err := smallRubric()
	if err != nil {
		return err
	}
	d, err := s.Begin(response.New(r), "full")
	if err != nil {
		return err
	}
	writes, _ := strconv.Atoi(args[1])
	for n := range writes {
		item := r.Items[n%len(r.Items)]
		d.Sheet().Answers[item.Index] = response.Answered(n % 4)
		d.Sheet().Notes[item.Index] = strconv.Itoa(n)
		if err := d.SaveItem(item, true); err != nil {
			return err
		}
	}
	fmt.Println(d.ID())
	return nil
}

// holdChild FOLDER DRAFT holds a draft until standard input ends.
func holdChild(args []string) error {
	s, err := Open(args[0], Options{})
	if err != nil {
		return err
	}
	if _, err := s.Resume(args[1]); err != nil {
		return err
	}
	fmt.Println("held")
	_, _ = bufio.NewReader(os.Stdin).ReadString('\n')
	return nil
}

// lines splits what a child said.
func lines(text string) [][]string {
	var all [][]string
	for line := range strings.Lines(text) {
		if strings.HasSuffix(line, "\n") { // the last one may be cut
			all = append(all, strings.Fields(line))
		}
	}
	return all
}
