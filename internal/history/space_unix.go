//go:build linux || darwin || freebsd

package history

import (
	"os"

	"golang.org/x/sys/unix"
)

// freeSpace is the number of bytes that may still be written below a folder, and whether that could be found out.
func freeSpace(folder string) (free uint64, known bool) {
	var disk unix.Statfs_t
	if err := unix.Statfs(folder, &disk); err != nil {
		return 0, false
	}
	return uint64(max(int64(disk.Bavail), 0)) * uint64(disk.Bsize), true
}

// syncFolder makes names in a folder last.
func syncFolder(folder string) error {
	dir, err := os.Open(folder)
	if err != nil {
		return err
	}
	defer dir.Close() // read only
	return dir.Sync()
}

// modesMatter is whether files have rights of their own for others.
const modesMatter = true
