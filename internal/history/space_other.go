//go:build !(linux || darwin || freebsd)

package history

func freeSpace(string) (free uint64, known bool) { return 0, false }

func syncFolder(string) error { return nil } // these systems cannot

const modesMatter = false
