//go:build unix && !darwin

package prompt

import (
	"time"

	"golang.org/x/sys/unix"
)

// waitReadable waits until one of two descriptors can be read or has ended, or
// until the time is over; a negative timeout is none.
func waitReadable(a, b int, timeout time.Duration) (aReady, bReady bool, err error) {
	fds := []unix.PollFd{{Fd: int32(a), Events: unix.POLLIN}, {Fd: int32(b), Events: unix.POLLIN}}
	ms := -1
	if timeout >= 0 {
		ms = int((timeout + time.Millisecond - 1) / time.Millisecond)
	}
	if _, err := unix.Poll(fds, ms); err != nil {
		return false, false, err
	}
	return fds[0].Revents != 0, fds[1].Revents != 0, nil
}
