package main

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/pseudonym"
	"github.com/pmpath/pmpath/internal/sanitize"
)

// What is said about the key that pseudonyms are made with.
const (
	keyMade    = "pmpath: made the key that pseudonyms come from, %s – keep it: without it, nobody gets the same pseudonym again\n"
	keyOpen    = "pmpath: %s can be read by others, who could find out who is who – \"pmpath doctor --fix\" takes their rights away\n"
	keyDamaged = "this is no key for pseudonyms, which is 64 hexadecimal digits"
	keyMend    = "put the file back from a backup, or remove it and get new pseudonyms"
)

// pseudonymKey returns the key that names people in shared output. It is made when first needed and then stays: the same key, the same names.
func (e *env) pseudonymKey() ([]byte, error) {
	folder, err := e.dataFolder()
	if err != nil {
		return nil, err
	}
	file := filepath.Join(folder, "keys", "pseudonym.key")
	key, err := e.readKey(file)
	if !errors.Is(err, fs.ErrNotExist) {
		return key, err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return nil, err
	}
	key = make([]byte, pseudonym.KeySize)
	_, _ = rand.Read(key) // it never fails: the program would end first
	err = createFile(file, []byte(hex.EncodeToString(key)+"\n"))
	if errors.Is(err, fs.ErrExist) { // another run was faster; its key is the key
		return e.readKey(file)
	}
	if err == nil {
		fmt.Fprintf(e.streams.Err, keyMade, sanitize.Line(file))
	}
	return key, err
}

func (e *env) readKey(file string) ([]byte, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	key, err := hex.DecodeString(string(bytes.TrimSpace(data)))
	if err != nil || len(key) != pseudonym.KeySize {
		return nil, document.Problems{{Position: document.Position{File: file, Line: 1, Column: 1}, What: keyDamaged, Do: keyMend}}
	}
	if info, err := os.Stat(file); err == nil && runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		fmt.Fprintf(e.streams.Err, keyOpen, sanitize.Line(file))
	}
	return key, nil
}
