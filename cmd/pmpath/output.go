package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/natefinch/atomic"
)

// deliver writes what render makes to standard output, or to a file in one step. Everything is rendered first, so that nothing half done is ever seen.
func (e *env) deliver(output string, render func(io.Writer) error) error {
	var data bytes.Buffer
	if err := render(&data); err != nil {
		return err
	}
	if output == "" || output == stdinName {
		if _, err := e.streams.Out.Write(data.Bytes()); err != nil {
			return writeError{fmt.Errorf("write to standard output: %w", err)}
		}
		return nil
	}
	return replaceFile(output, data.Bytes())
}

// keeper writes on and keeps the first error, for what cobra prints without looking at errors: help.
type keeper struct {
	io.Writer
	err error
}

func (k *keeper) Write(p []byte) (int, error) {
	n, err := k.Writer.Write(p)
	if err != nil && k.err == nil {
		k.err = writeError{fmt.Errorf("write to standard output: %w", err)}
	}
	return n, err
}

// replaceFile puts data in place of a file, or creates it with mode 0600, in one step: the old content stays until the new one is safe on disk.
func replaceFile(name string, data []byte) error {
	mode, err := modeOf(name)
	if err != nil {
		return err
	}
	temp, err := writeTemp(name, data, mode)
	if err != nil {
		return err
	}
	if err := atomic.ReplaceFile(temp, name); err != nil {
		_ = os.Remove(temp)
		return writeError{fmt.Errorf("replace %s: %w", name, err)}
	}
	return syncFolder(filepath.Dir(name))
}

// modeOf is the mode for a file that is to replace what has its name now, which may be nothing or an ordinary file.
func modeOf(name string) (fs.FileMode, error) {
	info, err := os.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return 0o600, nil
	case err != nil:
		return 0, named(err, name)
	case !info.Mode().IsRegular():
		return 0, withHint(&fs.PathError{Op: "write", Path: name, Err: errInTheWay}, "choose another name")
	}
	return info.Mode().Perm(), nil // who may read an old report may read the new one
}

// checkWritable finds out whether replaceFile is going to succeed, as far as can be known before.
func checkWritable(name string) error {
	mode, err := modeOf(name)
	if err != nil {
		return err
	}
	temp, err := writeTemp(name, nil, mode)
	if err != nil {
		return err
	}
	return os.Remove(temp)
}

// createFile writes data to a new file with mode 0600 in one step, and refuses to touch one that is there.
func createFile(name string, data []byte) error {
	temp, err := writeTemp(name, data, 0o600)
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(temp) }()
	if err := os.Link(temp, name); err != nil { // a link, unlike a rename, never replaces
		return &fs.PathError{Op: "create", Path: name, Err: errors.Unwrap(err)}
	}
	return syncFolder(filepath.Dir(name))
}

// errInTheWay is the fault of something else under the name of a file: a folder, a link, a device.
var errInTheWay error = inTheWay{}

type inTheWay struct{}

func (inTheWay) Error() string        { return "something that is no ordinary file has this name" }
func (inTheWay) Is(target error) bool { return target == fs.ErrExist }

// writeTemp leaves data, safe on disk, in a temporary file beside its goal.
func writeTemp(goal string, data []byte, mode fs.FileMode) (name string, err error) {
	file, err := os.CreateTemp(filepath.Dir(goal), ".pmpath-tmp-*") // 0600, never an existing file
	if err != nil {
		return "", named(err, goal)
	}
	_, err = file.Write(data)
	if err == nil {
		err = file.Chmod(mode)
	}
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		_ = os.Remove(file.Name())
		return "", writeError{named(err, goal)}
	}
	return file.Name(), nil
}

// named puts the name that the person gave in place of that of the temporary file.
func named(err error, goal string) error {
	var bad *fs.PathError
	if errors.As(err, &bad) {
		return &fs.PathError{Op: "write", Path: goal, Err: bad.Err}
	}
	return fmt.Errorf("write %s: %w", goal, err)
}

// ifExists adds advice where something stands in the way, and to no other trouble.
func ifExists(err error, hint string) error {
	if errors.Is(err, fs.ErrExist) {
		return withHint(err, hint)
	}
	return err
}
