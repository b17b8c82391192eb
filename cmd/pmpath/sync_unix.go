//go:build unix

package main

import (
	"errors"
	"os"
)

// syncFolder makes a rename in the folder survive a power failure.
func syncFolder(name string) error {
	folder, err := os.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
