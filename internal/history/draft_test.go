package history

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// Everything that a sheet can say is saved and comes back in another process, with the rubric it was begun with.
func TestDraftComesBack(t *testing.T) {
	folder, c := t.TempDir(), newClock()
	r := rubrictest.Small(t)
	blank := response.New(r)
	blank.Date, blank.Target = response.On(c.now), r.Stages[1]
	first := openAt(t, folder, c)
	d, err := first.Begin(blank, "verdict")
	if err != nil {
		t.Fatal(err)
	}
	want := sheet(t, r, "target: "+r.Stages[1].ID+`
answers: {problem-note: 2, hard-talk: na}
gates: {shipped-once: {met: true, kind: artifact, when: 2026-03-01, what: the launch}, trusted: {met: false}}
notes: {problem-note: "two\nlines"}
evidence: {problem-note: {kind: peer, when: 2026-01-02, what: "a note", link: "https://x.example", confirmed_by: Bo}}
`)
	copyAnswers(d.Sheet(), want)
	c.tick(time.Minute)
	for _, item := range r.Items[:3] {
		if err := d.SaveItem(item, true); err != nil {
			t.Fatal(err)
		}
	}
	for _, gate := range []*rubric.Gate{r.Gates[0], r.GateNamed("trusted")} {
		if err := d.SaveGate(gate, true); err != nil {
			t.Fatal(err)
		}
	}
	for _, item := range r.Items {
		if item.ID == "hard-talk" || item.ID == "problem-note" {
			if err := d.SaveItem(item, true); err != nil {
				t.Fatal(err)
			}
		}
	}
	d.Sheet().Respondent, want.Respondent = "Ada", "Ada"
	if err := d.SaveHead(); err != nil {
		t.Fatal(err)
	}
	if err := d.SaveUntil("full"); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(d.Close(), first.Close()); err != nil {
		t.Fatal(err)
	}

	second := openAt(t, folder, c)
	infos, err := second.Drafts()
	if err != nil {
		t.Fatal(err)
	}
	wantInfo := []DraftInfo{{
		ID: d.ID(), Started: c.now.Add(-time.Minute), Changed: c.now, Rubric: "small@1.2.3", Title: r.Title, Respondent: "Ada", Rater: "self",
		Target: r.Stages[1].ID, Until: "full", Answered: 2, Of: 4,
	}}
	if diff := cmp.Diff(wantInfo, infos); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	back, err := second.Resume(d.ID()[:4])
	if err != nil {
		t.Fatal(err)
	}
	sameSheet(t, want, back.Sheet())
	if back.Sheet().Rubric.Digest != r.Digest || back.Until() != "full" || !back.AskedItem(back.Sheet().Rubric.Items[0]) || back.AskedGate(back.Sheet().Rubric.GateNamed("ran-session")) {
		t.Errorf("the draft came back as another one: until %q", back.Until())
	}
}

func copyAnswers(to, from *response.Sheet) {
	copy(to.Answers, from.Answers)
	copy(to.Gates, from.Gates)
	copy(to.Notes, from.Notes)
	copy(to.Evidence, from.Evidence)
}

// A draft is one process's alone, as long as that has it open.
func TestHeldDraft(t *testing.T) {
	folder, c := t.TempDir(), newClock()
	s := openAt(t, folder, c)
	d, err := s.Begin(response.New(rubrictest.Small(t)), "full")
	if err != nil {
		t.Fatal(err)
	}
	other := openAt(t, folder, c)
	start := time.Now()
	_, err = other.Resume(d.ID())
	var held *HeldError
	if !errors.As(err, &held) || held.PID != os.Getpid() || !held.Since.Equal(c.now) {
		t.Errorf("got %v, want a HeldError that names process %d", err, os.Getpid())
	}
	if took := time.Since(start); took > time.Second {
		t.Errorf("refused after %v", took)
	}
	if err := other.Discard(d.ID()); !errors.As(err, &held) {
		t.Errorf("discard: got %v, want a HeldError", err)
	}
	infos, err := other.Drafts()
	if err != nil || len(infos) != 1 || infos[0].HeldBy != os.Getpid() {
		t.Errorf("drafts: %+v, %v; want one that this process holds", infos, err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if err := other.Discard(d.ID()); err != nil {
		t.Error(err)
	}
	for _, id := range []string{d.ID(), "", "zzz"} {
		if _, err := other.Resume(id); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("resume %q: got %v, want fs.ErrNotExist", id, err)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(folder, "locks", d.ID())); left != nil {
		t.Errorf("left over: %v", left)
	}
}

// The lock waits where that is asked for.
func TestLockTimeout(t *testing.T) {
	folder := t.TempDir()
	s := openAt(t, folder, newClock())
	d, err := s.Begin(response.New(rubrictest.Small(t)), "full")
	if err != nil {
		t.Fatal(err)
	}
	patient, err := Open(folder, Options{LockTimeout: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	defer patient.Close()
	time.AfterFunc(400*time.Millisecond, func() { _ = d.Close() }) // longer than anybody waits who does not ask for it
	got, err := patient.Resume(d.ID())
	if err != nil {
		t.Fatal(err)
	}
	_ = got.Close()
}
