package prompt

import (
	"time"

	"golang.org/x/sys/unix"
)

// waitReadable waits until one of two descriptors can be read or has ended, or
// until the time is over; a negative timeout is none. It uses select: poll on
// macOS refuses /dev/tty.
func waitReadable(a, b int, timeout time.Duration) (aReady, bReady bool, err error) {
	var set unix.FdSet
	set.Set(a)
	set.Set(b)
	var limit *unix.Timeval
	if timeout >= 0 {
		tv := unix.NsecToTimeval(int64(timeout))
		limit = &tv
	}
	if _, err := unix.Select(max(a, b)+1, &set, nil, nil, limit); err != nil {
		return false, false, err
	}
	return set.IsSet(a), set.IsSet(b), nil
}
