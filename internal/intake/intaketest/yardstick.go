package intaketest

import (
	"bytes"
	"io"
	"sync"
	"sync/atomic"
)

// Yardstick is what reading and reporting are measured against: it reads a file in blocks with two goroutines and splits every field, and does nothing else. It
// returns how many fields there are.
func Yardstick(file io.ReaderAt, size int64) int64 { return yardstick(file, size, split) }

// PlainYardstick is Yardstick as most would write it, with bytes.IndexByte for each field.
func PlainYardstick(file io.ReaderAt, size int64) int64 { return yardstick(file, size, plainSplit) }

func yardstick(file io.ReaderAt, size int64, split func(line []byte, fields [][]byte) [][]byte) int64 {
	const block, beyond = 256 << 10, 8 << 10 // no line of what this package writes is longer
	var group sync.WaitGroup
	var taken, total atomic.Int64
	for range 2 {
		group.Go(func() {
			buffer := make([]byte, block+beyond)
			fields := make([][]byte, 0, 256)
			count := 0
			for {
				offset := (taken.Add(1) - 1) * block
				if offset >= size {
					break
				}
				n, _ := file.ReadAt(buffer, offset)
				data := buffer[:n]
				at := 0
				if offset > 0 {
					at = bytes.IndexByte(data, '\n') + 1
				}
				for at < len(data) && at <= block {
					end := bytes.IndexByte(data[at:], '\n')
					if end < 0 {
						break
					}
					fields = split(data[at:at+end], fields[:0])
					count += len(fields)
					at += end + 1
				}
			}
			total.Add(int64(count))
		})
	}
	group.Wait()
	return total.Load()
}

// split is the fastest way tried.
func split(line []byte, fields [][]byte) [][]byte {
	start := 0
	for i, b := range line {
		if b == ',' {
			fields = append(fields, line[start:i])
			start = i + 1
		}
	}
	return append(fields, line[start:])
}

// plainSplit is half as fast, as fields are short.
func plainSplit(line []byte, fields [][]byte) [][]byte {
	for {
		end := bytes.IndexByte(line, ',')
		if end < 0 {
			return append(fields, line)
		}
		fields = append(fields, line[:end])
		line = line[end+1:]
	}
}
