package main

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/pmpath/pmpath/internal/document"
)

// What is said about git.
const (
	gitMissing   = "install git, or leave out --baseline-ref"
	gitNoCommit  = "name a branch, tag or commit that this clone has; in CI fetch the base first (with actions/checkout: fetch-depth: 0)"
	gitNoFile    = "commit the first baseline without --baseline-ref; from the next change on, it is there to be read"
	gitNoNetwork = "protocol.allow=never" // no promisor remote, no submodule: what this clone lacks is missing
)

// notInClone is the fault of something that git does not find.
type notInClone struct{ what string }

func (n notInClone) Error() string      { return n.what }
func (notInClone) Is(target error) bool { return target == fs.ErrNotExist }

// readAtCommit parses a file as it was at a commit, through the program git. It reads objects of the clone at hand and nothing else: no network, no hooks, no filters.
func readAtCommit(ref, file string) (*document.Node, error) {
	shown := ref + ":" + file
	program, err := exec.LookPath("git")
	if err != nil {
		return nil, withHint(&fs.PathError{Op: "run", Path: "git", Err: fs.ErrNotExist}, gitMissing)
	}
	if ref == "" || strings.HasPrefix(ref, "-") {
		return nil, withHint(usage("--baseline-ref: %q names no commit", ref), gitNoCommit)
	}
	folder := filepath.Dir(file)
	run := func(args ...string) ([]byte, error) {
		cmd := exec.Command(program, append([]string{"-C", folder, "-c", gitNoNetwork}, args...)...) // without a shell; a name is never taken for a flag
		cmd.Env = append(os.Environ(), "GIT_NO_LAZY_FETCH=1", "GIT_TERMINAL_PROMPT=0", "GIT_OPTIONAL_LOCKS=0")
		var out, complaint bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &complaint
		err := cmd.Run()
		if err != nil {
			err = errors.Join(err, errors.New(strings.TrimSpace(complaint.String())))
		}
		return out.Bytes(), err
	}
	commit, err := run("rev-parse", "--verify", "--quiet", "--end-of-options", ref+"^{commit}")
	id := strings.TrimSpace(string(commit))
	if err != nil || id == "" {
		return nil, withHint(&fs.PathError{Op: "--baseline-ref", Path: ref, Err: notInClone{"there is no clone here that has this commit"}}, gitNoCommit)
	}
	data, err := run("cat-file", "blob", id+":./"+filepath.ToSlash(filepath.Base(file)))
	if err != nil {
		return nil, withHint(&fs.PathError{Op: "--baseline-ref", Path: shown, Err: notInClone{"this commit has no such file"}}, gitNoFile)
	}
	return document.ReadStream(bytes.NewReader(data), shown)
}
