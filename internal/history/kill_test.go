//go:build unix

package history

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// An interview that is killed at any moment loses nothing that it said was saved, and its draft can be resumed at once.
func TestKilledAtRandomMoments(t *testing.T) {
	kills, acknowledged, resumed := times(15, 1000), 0, 0
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	folder := t.TempDir()
	for n := range kills {
		if n%25 == 24 {
			folder = t.TempDir() // else the history grows with every round
		}
		said := killAfter(t, folder, random.IntN(30), time.Duration(random.IntN(5000))*time.Microsecond)
		saved, open := checkAcknowledged(t, folder, lines(said))
		acknowledged, resumed = acknowledged+saved, resumed+open
	}
	if acknowledged == 0 || resumed == 0 {
		t.Errorf("%d answers acknowledged and %d drafts resumed: nothing was tested", acknowledged, resumed)
	}
	t.Logf("%d kills: %d acknowledged answers, all there; %d drafts resumed", kills, acknowledged, resumed)
}

// killAfter lets an interview say some lines, waits a little more, kills it, and returns all that it had said.
func killAfter(t *testing.T, folder string, count int, more time.Duration) string {
	t.Helper()
	cmd := child("interview", folder)
	var complained bytes.Buffer
	cmd.Stderr = &complained
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	reader := bufio.NewReader(out)
	said := ""
	for range count {
		line, err := reader.ReadString('\n')
		said += line
		if err != nil {
			break
		}
	}
	time.Sleep(more)
	_ = cmd.Process.Kill()
	rest, _ := io.ReadAll(reader)
	_ = cmd.Wait()
	if complained.Len() > 0 {
		t.Fatalf("the interview failed: %s", complained.String())
	}
	return said + string(rest)
}

// checkAcknowledged holds the history against what the child said. It returns how many answers it had acknowledged, and how many drafts
// were resumed.
func checkAcknowledged(t *testing.T, folder string, said [][]string) (saved, resumed int) {
	t.Helper()
	s := openAt(t, folder, newClock())
	defer s.Close()
	var draft string
	last := map[string]int{} // by item, in the draft begun last
	number, inDraft, found := 0, 0, false
	for _, words := range said {
		switch words[0] {
		case "begun":
			draft, last, inDraft = words[1], map[string]int{}, 0
		case "saved":
			number, _ = strconv.Atoi(words[2])
			last[words[1]] = number
			saved++
			inDraft++
		case "finished":
			if _, err := s.Assessment(words[1]); err != nil {
				t.Errorf("finished, and lost: %v", err)
			}
			draft = ""
		}
	}
	drafts, err := s.Drafts()
	if err != nil {
		t.Fatal(err)
	}
	for _, info := range drafts { // also one that was begun and not said yet
		d, err := s.Resume(info.ID)
		if err != nil {
			t.Fatalf("draft %s: %v", info.ID, err)
		}
		resumed++
		if info.ID == draft {
			found = true
			checkNotes(t, d, last, number)
		}
		_ = d.Close()
		if err := s.Discard(info.ID); err != nil {
			t.Error(err)
		}
	}
	if draft != "" && !found && inDraft < perDraft { // with all of them saved it may have been finished without a word
		t.Errorf("draft %s with %d saved answers is gone", draft, inDraft)
	}
	return saved, resumed
}

// checkNotes wants each acknowledged number, or the one that was being saved when the kill came.
func checkNotes(t *testing.T, d *Draft, last map[string]int, number int) {
	t.Helper()
	for _, item := range rubrictest.Small(t).Items {
		note := d.Sheet().Notes[item.Index]
		got, _ := strconv.Atoi(note)
		if got != last[item.ID] && got != number+1 {
			t.Errorf("%s: %q is there, %d was acknowledged", item.ID, note, last[item.ID])
		}
		if level, named := d.Sheet().Answers[item.Index].Level(); named && level != got%4 {
			t.Errorf("%s: level %d with number %d", item.ID, level, got)
		}
	}
}

// Sixteen processes write at once: nobody loses anything.
func TestManyProcesses(t *testing.T) {
	processes, writes := times(4, 16), times(25, 200)
	folder := t.TempDir()
	var running []*exec.Cmd
	var outs []*bytes.Buffer
	for range processes {
		cmd, out := child("write", folder, strconv.Itoa(writes)), &bytes.Buffer{}
		cmd.Stdout, cmd.Stderr = out, os.Stderr
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		running, outs = append(running, cmd), append(outs, out)
	}
	for i, cmd := range running {
		if err := cmd.Wait(); err != nil {
			t.Errorf("process %d: %v", i, err)
		}
	}
	s := openAt(t, folder, newClock())
	for i, out := range outs {
		d, err := s.Resume(string(bytes.TrimSpace(out.Bytes())))
		if err != nil {
			t.Fatalf("process %d: %v", i, err)
		}
		for k := writes - len(d.Sheet().Notes); k < writes; k++ {
			if got := d.Sheet().Notes[k%len(d.Sheet().Notes)]; got != strconv.Itoa(k) {
				t.Errorf("process %d: %q is there in place of %d", i, got, k)
			}
		}
	}
}

// A lock is free the moment its holder dies.
func TestHolderKilled(t *testing.T) {
	folder := t.TempDir()
	s := openAt(t, folder, newClock())
	d, err := s.Begin(sheet(t, rubrictest.Small(t), "answers: {}\n"), "full")
	if err != nil {
		t.Fatal(err)
	}
	_ = d.Close()
	cmd := child("hold", folder, d.ID())
	in, _ := cmd.StdinPipe()
	defer in.Close()
	out, _ := cmd.StdoutPipe()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := out.Read(make([]byte, 5)); err != nil {
		t.Fatal(err)
	}
	var held *HeldError
	if _, err := s.Resume(d.ID()); !errors.As(err, &held) || held.PID != cmd.Process.Pid {
		t.Errorf("got %v, want a HeldError that names process %d", err, cmd.Process.Pid)
	}
	_ = cmd.Process.Signal(syscall.SIGKILL)
	_ = cmd.Wait()
	back, err := s.Resume(d.ID())
	if err != nil {
		t.Fatal(err)
	}
	_ = back.Close()
}
