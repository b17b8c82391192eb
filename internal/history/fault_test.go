//go:build linux

package history

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// A full disk refuses the next answer, keeps the earlier ones, and takes the same answer when there is room again.
func TestFullDisk(t *testing.T) {
	folder := smallDisk(t, 256<<10)
	s := openAt(t, folder, newClock())
	d, err := s.Begin(sheet(t, rubrictest.Small(t), "answers: {}\n"), "full")
	if err != nil {
		t.Fatal(err)
	}
	filler := filepath.Join(folder, "filler")
	fill(t, filler)
	item, saved, full := d.Sheet().Rubric.Items[0], "", false
	for n := 0; n < 200 && !full; n++ {
		d.Sheet().Notes[item.Index] = strings.Repeat(fmt.Sprint(n%10), 2000+n*100)
		err := d.SaveItem(item, true)
		var path *fs.PathError
		switch {
		case err == nil:
			saved = d.Sheet().Notes[item.Index]
		case errors.As(err, &path) && !errors.Is(err, fs.ErrPermission):
			full = true
			if !strings.Contains(err.Error(), "the disk is full") {
				t.Errorf("it is not said that the disk is full: %v", err)
			}
		default:
			t.Fatalf("answer %d: %v", n, err)
		}
	}
	if !full {
		t.Fatal("the disk never was full")
	}
	wanted := d.Sheet().Notes[item.Index]
	other := openAt(t, folder, newClock())
	if drafts, err := other.readDraft(d.ID()); err != nil || drafts.Sheet().Notes[item.Index] != saved {
		t.Errorf("the answer before is not there: %v", err)
	}
	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	if err := d.SaveItem(item, true); err != nil {
		t.Fatalf("with room again: %v", err)
	}
	if back, err := other.readDraft(d.ID()); err != nil || back.Sheet().Notes[item.Index] != wanted {
		t.Errorf("saved again, and not there: %v", err)
	}
}

// A disk that is full from the start refuses before the first question.
func TestFullDiskAtStart(t *testing.T) {
	folder := smallDisk(t, 64<<10)
	fill(t, filepath.Join(folder, "filler"))
	s, err := Open(folder, Options{})
	if err == nil {
		_, err = s.Begin(sheet(t, rubrictest.Small(t), "answers: {}\n"), "full")
	}
	var path *fs.PathError
	if !errors.As(err, &path) {
		t.Errorf("got %v, want a path error", err)
	}
	left, _ := filepath.Glob(filepath.Join(folder, tempPrefix+"*"))
	if left != nil {
		t.Errorf("left over: %v", left)
	}
}

// smallDisk mounts a file system with that many bytes. Who may not mount one is told so; CI must be able to.
func smallDisk(t *testing.T, size int) string {
	t.Helper()
	folder := t.TempDir()
	if err := syscall.Mount("tmpfs", folder, "tmpfs", 0, fmt.Sprintf("size=%d", size)); err != nil {
		skipLoudly(t, "a small disk cannot be mounted here: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(folder, syscall.MNT_DETACH) })
	return folder
}

func fill(t *testing.T, name string) {
	t.Helper()
	file, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for err == nil {
		_, err = file.Write(make([]byte, 1024))
	}
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatal(err)
	}
}

// skipLoudly skips a test on a machine that cannot run it, which must not go unnoticed where all has to be run.
func skipLoudly(t *testing.T, format string, args ...any) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf(format, args...)
	}
	t.Skipf(format, args...)
}

// asNobody makes a command run without root's rights, which permissions do not bind.
func asNobody(cmd *exec.Cmd) {
	if os.Getuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	}
}

// A folder or a database that may not be written is refused before the first question, with what the system says.
func TestNoPermission(t *testing.T) {
	if strings.HasPrefix(os.TempDir(), "/root") {
		skipLoudly(t, "the temporary folder is root's alone")
	}
	program := filepath.Join(t.TempDir(), "child")
	for _, tc := range []struct {
		name          string
		folder, file  os.FileMode
		wantPermitted bool
	}{
		{"all is well", 0o777, 0o666, true},
		{"read-only folder", 0o555, 0o666, false},
		{"read-only database", 0o777, 0o444, false},
		{"hidden folder", 0o000, 0o666, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			folder, err := os.MkdirTemp("", "pmpath-permission-*")
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() {
				_ = os.Chmod(folder, 0o700)
				_ = os.RemoveAll(folder)
			})
			filled(t, folder)
			before := databaseIn(t, folder)
			for path, mode := range map[string]os.FileMode{locksFolder: 0o777, locksFolder + "/" + useName: 0o666, databaseName: tc.file, "": tc.folder} {
				if path != "" {
					if err := os.Chmod(filepath.Join(folder, path), mode); err != nil {
						t.Fatal(err)
					}
				}
			}
			if err := os.Chmod(folder, tc.folder); err != nil {
				t.Fatal(err)
			}
			copyProgram(t, program)
			cmd := exec.Command(program, folder, "1")
			cmd.Env = append(os.Environ(), childVariable+"=write")
			cmd.Dir = os.TempDir()
			asNobody(cmd)
			out, err := cmd.CombinedOutput()
			if (err == nil) != tc.wantPermitted {
				t.Fatalf("%v: %s", err, out)
			}
			if err != nil && !bytes.Contains(out, []byte("permission denied")) {
				t.Errorf("it is not said that this is not permitted: %s", out)
			}
			if err != nil && os.Getuid() == 0 && !bytes.Equal(databaseIn(t, folder), before) {
				t.Error("the database was changed")
			}
		})
	}
}

// copyProgram puts this binary where every account may run it.
func copyProgram(t *testing.T, to string) {
	t.Helper()
	data, err := os.ReadFile("/proc/self/exe")
	if err != nil {
		t.Fatal(err)
	}
	for folder := filepath.Dir(to); folder != "/" && folder != os.TempDir(); folder = filepath.Dir(folder) {
		if err := os.Chmod(folder, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(to, data, 0o755); err != nil {
		t.Fatal(err)
	}
}

// Another program that keeps the database locked is waited for, and then named as what is in the way; nothing is lost.
func TestLockedDatabase(t *testing.T) {
	folder := t.TempDir()
	s := openAt(t, folder, newClock())
	d, err := s.Begin(response.New(rubrictest.Small(t)), "full")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.db.Exec("PRAGMA busy_timeout = 50"); err != nil {
		t.Fatal(err)
	}
	other := openAt(t, folder, newClock())
	tx, err := other.db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	item := d.Sheet().Rubric.Items[0]
	d.Sheet().Answers[0] = response.Answered(2)
	var locked *LockedError
	if err := d.SaveItem(item, true); !errors.As(err, &locked) {
		t.Errorf("got %v, want a LockedError", err)
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	if err := d.SaveItem(item, true); err != nil {
		t.Errorf("free again: %v", err)
	}
}

// Each system call that an answer's way to the disk goes through fails once, in turn: the child that saves answers says so or carries on, and
// what it had acknowledged is there. strace makes them fail.
func TestFailingSystemCalls(t *testing.T) {
	strace, err := exec.LookPath("strace")
	if err != nil {
		skipLoudly(t, "strace is not installed")
	}
	injected, refused := 0, 0
	for _, call := range []struct{ name, fault string }{
		{"pwrite64", "ENOSPC"}, {"pwrite64", "EIO"}, {"fsync", "EIO"}, {"openat", "EMFILE"}, {"ftruncate", "EIO"}, {"pwrite64", "EDQUOT"}, {"renameat", "EIO"}, {"unlinkat", "EIO"},
	} {
		misses := 0
		for n := 1; n <= times(12, 300) && misses < 3; n += times(4, 1) {
			hit, failed := failOnce(t, strace, call.name, call.fault, n)
			if !hit {
				misses++
				continue
			}
			misses = 0
			injected++
			if failed {
				refused++
			}
		}
	}
	if injected < 8 || refused == 0 {
		t.Errorf("%d faults, %d of them refused: strace does not reach the child", injected, refused)
	}
	t.Logf("%d faults, %d refused, the others without effect", injected, refused)
}

// failOnce runs an interview of one draft in which the nth call fails.
func failOnce(t *testing.T, strace, call, fault string, n int) (hit, failed bool) {
	t.Helper()
	folder := t.TempDir()
	log := filepath.Join(t.TempDir(), "log")
	cmd := exec.Command(strace, "-f", "-o", log, "-e", "trace="+call, "-e", fmt.Sprintf("inject=%s:error=%s:when=%d", call, fault, n), os.Args[0], folder)
	cmd.Env = append(os.Environ(), childVariable+"=once", "GOMAXPROCS=1")
	var said, complained bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &complained
	err := cmd.Run()
	traced, readErr := os.ReadFile(log)
	if readErr != nil {
		skipLoudly(t, "strace cannot trace here: %v %s", err, complained.String())
	}
	if !bytes.Contains(traced, []byte("(INJECTED)")) {
		return false, false
	}
	if err == nil && !strings.Contains(said.String(), "finished") {
		t.Errorf("%s %s %d: it ended well without having finished", call, fault, n)
	}
	if err != nil && strings.Contains(complained.String(), "goroutine") {
		t.Errorf("%s %s %d: it broke: %s", call, fault, n, complained.String())
	}
	if err != nil && strings.Contains(complained.String(), "history: ") {
		t.Errorf("%s %s %d: an error without a class: %s", call, fault, n, complained.String())
	}
	checkAcknowledged(t, folder, lines(said.String()))
	return true, err != nil
}
