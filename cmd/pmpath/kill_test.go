//go:build unix

package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/pmpath/pmpath/internal/history"
	"github.com/pmpath/pmpath/internal/interview"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// rounds is how often a loop of random moments goes round: a few by default, as many as PMPATH_TEST_ROUNDS says for the long form.
func rounds(t *testing.T) int {
	t.Helper()
	text := os.Getenv("PMPATH_TEST_ROUNDS")
	if text == "" {
		return 20
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// script is what somebody types into an interview on the small rubric, with what the draft holds after each thing that is saved.
type script struct {
	keys   string
	states []string // the sheet in YAML, the first with nothing saved
}

// drawScript answers all six questions at random, with notes, evidence and changes, and finishes.
func drawScript(t *testing.T, random *rand.Rand) script {
	t.Helper()
	r := rubrictest.Small(t)
	sheet := response.New(r)
	sheet.Stage, sheet.Target, sheet.Date = r.StageNamed("starter"), r.StageNamed("builder"), response.On(time.Now())
	iv := interview.New(sheet, r.Stages[1:2], interview.Full, nil)
	s := script{}
	saved := func() {
		s.states = append(s.states, stateOf(t, sheet, func(q readiness.Question) bool { return iv.Asked(slices.Index(iv.Questions(), q)) }))
	}
	saved()
	types := func(keys ...string) { s.keys += strings.Join(keys, "\r") + "\r" }
	for {
		q, place, open := iv.Open()
		if !open {
			types("done")
			return s
		}
		var err error
		switch choice := random.IntN(5); {
		case choice == 0 && place > 0 && !iv.Asked(place):
			types("back", "keep")
			continue
		case q.Gate != nil && choice < 3:
			types("1", "2026-06", "thing "+strconv.Itoa(random.IntN(1000)))
			what, _ := strings.CutSuffix(s.keys[strings.LastIndex(s.keys, "thing"):], "\r")
			when, _ := response.ParseDate("2026-06-01")
			err = iv.AnswerGate(response.GateAnswer{State: response.GateYes, Evidence: response.Evidence{Kind: response.Artifact, When: when, What: what}})
		case q.Gate != nil:
			types("n")
			err = iv.AnswerGate(response.GateAnswer{State: response.GateNo})
		case choice == 1 && sheet.Notes[q.Item.Index] == "":
			note := "note " + strconv.Itoa(random.IntN(1000))
			types("note", note, ".")
			iv.Note(q.Item, note)
		case choice == 2:
			types("s")
			err = iv.Skip()
		default:
			level := random.IntN(4)
			types(strconv.Itoa(level))
			err = iv.Answer(level)
			saved()
			if iv.CallsForEvidence(q.Item) {
				types("3", "", "seen")
				err = iv.SetEvidence(q.Item, response.Evidence{Kind: response.BySelf, What: "seen"})
				saved()
			}
			if err != nil {
				t.Fatal(err)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		saved()
	}
}

// takes is about how long an interview takes on this machine when all its keys are typed ahead.
func takes(t *testing.T, s script) time.Duration {
	t.Helper()
	before := time.Now()
	p := sitDown(t, append(askBuilder, "--fresh"))
	p.isAsked(1)
	p.types(s.keys)
	if code := p.waits(); code != 0 {
		t.Fatalf("exit code %d:\n%s", code, p.seen())
	}
	p.sees(saved, len(s.states)-1)
	p.standUp()
	return time.Since(before)
}

// Killed at a random moment, a process loses nothing that the screen has shown as saved, and every interview can be gone on with.
func TestKilledAtAnyMoment(t *testing.T) {
	random := rand.New(rand.NewPCG(1, uint64(time.Now().UnixNano())))
	all := takes(t, drawScript(t, random))
	folder := t.TempDir()
	if err := os.CopyFS(folder, rubrictest.Files()); err != nil {
		t.Fatal(err)
	}
	shown, ahead, ended, before := 0, 0, 0, 0
	n := rounds(t)
	for round := range n {
		s := drawScript(t, random)
		p := sitDownIn(t, folder, append(askBuilder, "--fresh"), typedBefore(s.keys))
		time.Sleep(time.Duration(random.Int64N(int64(all + all/10))))
		_ = p.cmd.Process.Kill() // it may have ended
		_ = p.cmd.Wait()
		on := savedOn(p)
		store := openStore(t, folder)
		state, found := draftState(t, store)
		assessments, err := store.Assessments()
		if err != nil {
			t.Fatal(err)
		}
		switch at := slices.Index(s.states, state); {
		case found && at < 0:
			t.Fatalf("round %d: the draft holds what nobody said:\n%s\nsaid\n%s", round, state, s.states[len(s.states)-1])
		case found && at < on:
			t.Fatalf("round %d: %d saved on the screen, %d in the draft:\n%s", round, on, at, p.seen())
		case found:
			ahead += at - on
		case len(assessments) == ended+1: // finished before the kill
		case on > 0:
			t.Fatalf("round %d: %d of %d saved on the screen, there is no draft, and %d assessments, %d before", round, on, len(s.states)-1, len(assessments), ended)
		default:
			before++ // killed before there was a draft
		}
		shown += on
		p.standUp()
		if found {
			finishDraft(t, folder, round)
			if assessments, err = store.Assessments(); err != nil {
				t.Fatal(err)
			}
		}
		ended = len(assessments) // counted anew: two that are alike within one second are one
		if err := store.Close(); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d kills within %v: %d answers shown as saved, all there; %d saved and not shown yet; %d before there was a draft; the rest gone on with or finished (%d)",
		n, all.Round(time.Millisecond), shown, ahead, before, ended)
}

// savedOn counts what the screen has shown as saved. The process has ended: a mark of ours behind what it has written says that all of it has arrived.
func savedOn(p *person) int {
	p.t.Helper()
	const mark = "<all>"
	if _, err := p.tty.WriteString(mark); err != nil {
		p.t.Fatal(err)
	}
	p.sees(mark, 1)
	return strings.Count(p.seen(), saved)
}

func openStore(t *testing.T, folder string) *history.Store {
	t.Helper()
	store, err := history.Open(filepath.Join(folder, ".local", "share", "pmpath"), history.Options{Now: time.Now, Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	return store
}

// draftState is the sheet of the one draft there is.
func draftState(t *testing.T, store *history.Store) (state string, found bool) {
	t.Helper()
	drafts, err := store.Drafts()
	if err != nil {
		t.Fatal(err)
	}
	if len(drafts) == 0 {
		return "", false
	}
	if len(drafts) > 1 || drafts[0].HeldBy != 0 {
		t.Fatalf("drafts %+v", drafts)
	}
	draft, err := store.Resume(drafts[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	defer draft.Close()
	return stateOf(t, draft.Sheet(), func(q readiness.Question) bool {
		if q.Gate != nil {
			return draft.AskedGate(q.Gate)
		}
		return draft.AskedItem(q.Item)
	}), true
}

// stateOf is a sheet in YAML but for its date, which changes at midnight, and which questions were asked.
func stateOf(t *testing.T, sheet *response.Sheet, asked func(readiness.Question) bool) string {
	t.Helper()
	undated := *sheet
	undated.Date = response.On(time.Unix(0, 0))
	data, err := undated.YAML()
	if err != nil {
		t.Fatal(err)
	}
	state := string(data) + "asked:"
	for place, q := range readiness.Order(sheet.Rubric, []*rubric.Stage{sheet.Target}) {
		if asked(q) {
			state += " " + strconv.Itoa(place)
		}
	}
	return state
}

// finishDraft goes on with the draft in a process of its own, in line mode, to its end.
func finishDraft(t *testing.T, folder string, round int) {
	t.Helper()
	p := sitDownIn(t, folder, []string{"assess", "--resume", "--accessible"}, typedBefore(strings.Repeat("done\ns\n", 8)))
	if code := p.waits(); code != 0 {
		t.Fatalf("round %d: going on ends with %d:\n%s", round, code, p.seen())
	}
	p.standUp()
}

// Asked to end at a random moment, by any signal, pmpath gives the terminal back as it was; what the screen has shown as saved is there.
func TestSignalledAtAnyMoment(t *testing.T) {
	random := rand.New(rand.NewPCG(2, uint64(time.Now().UnixNano())))
	all := takes(t, drawScript(t, random))
	folder := t.TempDir()
	if err := os.CopyFS(folder, rubrictest.Files()); err != nil {
		t.Fatal(err)
	}
	counts := map[string]int{}
	for round := range rounds(t) {
		signal := []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP}[round%3]
		s := drawScript(t, random)
		mode := []string{"--accessible=false", "--accessible"}[round/3%2]
		p := sitDownIn(t, folder, append(askBuilder, "--fresh", mode), typedBefore(s.keys))
		time.Sleep(time.Duration(random.Int64N(int64(all))))
		_ = p.cmd.Process.Signal(signal) // it may have ended
		code := p.waits()
		if code != 128+int(signal) && code != 0 {
			t.Fatalf("round %d: %v ends with %d:\n%s", round, signal, code, p.seen())
		}
		p.leavesClean()
		on := savedOn(p)
		store := openStore(t, folder)
		if state, found := draftState(t, store); found {
			if at := slices.Index(s.states, state); at < on {
				t.Fatalf("round %d: %d saved on the screen, %d in the draft", round, on, at)
			}
			drafts, err := store.Drafts()
			if err != nil {
				t.Fatal(err)
			}
			told := strings.Contains(p.seen(), "pmpath assess --resume "+drafts[0].ID)
			if told == (signal == syscall.SIGHUP) && on > 0 {
				t.Fatalf("round %d: %v, told how to go on: %t:\n%s", round, signal, told, p.seen())
			}
			if err := store.Discard(drafts[0].ID); err != nil {
				t.Fatal(err)
			}
		}
		if err := store.Close(); err != nil {
			t.Fatal(err)
		}
		p.standUp()
		counts[fmt.Sprint(signal, " ", code)]++
	}
	t.Logf("within %v: %v", all.Round(time.Millisecond), counts)
}
