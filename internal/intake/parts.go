package intake

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
	"sync/atomic"
)

const (
	blockSize = 256 << 10 // of a part, at offsets that are multiples of it
	slack     = 8 << 10   // read beyond a block, so that its last line is there in most cases
	maxLine   = 1 << 20
)

// decoder reads the people of a part. One belongs to one worker.
type decoder interface {
	// people decodes data, whole lines each with a line feed at its end, and adds their number to w.lines.
	people(w *worker, data []byte)
	// names claims the names of the same people and does nothing else but count lines. It claims what people claims.
	names(w *worker, data []byte)
}

// lineFormat is a format that is made of lines, after the header has been read.
type lineFormat interface {
	newDecoder() decoder
	// begin returns where in data, which may begin in the middle of a line, the first person begins; -1 where data ends before that can be told. It must be
	// the same for all data that is long enough, because two workers ask.
	begin(data []byte) int
	// cut returns where in data, which begins with a person, the last person begins of whom data may not have everything; 0 where that is the first.
	cut(data []byte) int
}

// filePart reads a file in blocks. A block has the people that begin in it, but for the first line, which may be the rest of one that began before: it belongs
// to the block before, whole or not.
type filePart struct {
	in     *input
	format lineFormat
	block  int
	slack  int
	taken  atomic.Int64
}

func (f *filePart) part(w *worker) (int, bool, error) {
	number := f.taken.Add(1) - 1
	offset := (f.in.start/int64(f.block) + number) * int64(f.block)
	if offset >= f.in.Size {
		return 0, false, nil
	}
	w.use(f.format)
	data, err := f.load(w, offset, f.block+f.slack)
	if err != nil {
		return 0, false, err
	}
	start := int(f.in.start - offset)
	if number > 0 {
		start = f.format.begin(data)
	}
	for want := 2 * f.slack; start < 0 && !f.ends(offset, data) && want <= 2*maxLine; want *= 2 { // a long line may hide whether somebody begins
		if data, err = f.load(w, offset, f.block+want); err != nil {
			return 0, false, err
		}
		start = f.format.begin(data)
	}
	if start < 0 {
		return int(number), true, nil // somebody who began before fills the block
	}
	end := f.end(offset, data)
	for want := 2 * f.slack; end < 0; want *= 2 {
		if want > 2*maxLine {
			w.tooLong(data[start:])
			return int(number), true, nil
		}
		if data, err = f.load(w, offset, f.block+want); err != nil {
			return 0, false, err
		}
		end = f.end(offset, data)
	}
	w.decode(data[start:end])
	return int(number), true, nil
}

// ends reports whether data that was read from offset reaches the end of the file.
func (f *filePart) ends(offset int64, data []byte) bool { return offset+int64(len(data)) >= f.in.Size }

// end returns where the block that data begins with ends, or -1 where data is too short to tell.
func (f *filePart) end(offset int64, data []byte) int {
	if len(data) <= f.block {
		return len(data)
	}
	if end := f.format.begin(data[f.block:]); end >= 0 {
		return f.block + end
	}
	if f.ends(offset, data) {
		return len(data)
	}
	return -1
}

// load reads up to n bytes from an offset into the buffer of w, which keeps room for a line feed.
func (f *filePart) load(w *worker, offset int64, n int) ([]byte, error) {
	n = int(min(int64(n), f.in.Size-offset))
	if cap(w.buffer) < n+1 {
		w.buffer = make([]byte, n+1)
	}
	data := w.buffer[:n]
	got, err := f.in.File.ReadAt(data, offset)
	switch {
	case got == n:
		return data, nil
	case errors.Is(err, io.EOF):
		return nil, fmt.Errorf("read %s: %w", f.in.Shown, errShrunk)
	}
	return nil, fmt.Errorf("read %s: %w", f.in.Shown, err)
}

// streamPart reads a stream block by block. The workers take turns; what is left of a block after its last whole person waits for the next one.
type streamPart struct {
	in     *input
	format lineFormat
	block  int
	mu     sync.Mutex
	number int
	stream io.Reader
	rest   []byte
	ended  bool
}

func (s *streamPart) part(w *worker) (int, bool, error) {
	w.use(s.format)
	s.mu.Lock()
	data, err := s.take(w)
	number := s.number
	s.number++
	s.mu.Unlock()
	switch {
	case err != nil || len(data) == 0:
		return 0, false, err
	case len(data) > 2*maxLine:
		w.tooLong(data)
	default:
		w.decode(data)
	}
	return number, true, nil
}

// take fills the buffer of w with whole people, or with more than 2*maxLine bytes where somebody does not end.
func (s *streamPart) take(w *worker) ([]byte, error) {
	data := append(w.buffer[:0], s.rest...)
	s.rest = s.rest[:0]
	for want := s.block; !s.ended && len(data) <= 2*maxLine; want *= 2 {
		data = slices.Grow(data, want+1-min(len(data), want))
		w.buffer = data
		n, err := io.ReadFull(s.stream, data[len(data):max(want, len(data))])
		data = data[:len(data)+n]
		switch {
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			s.ended = true
			return data, nil
		case err != nil:
			return nil, fmt.Errorf("read %s: %w", s.in.Shown, err)
		}
		if cut := s.format.cut(data); cut > 0 {
			s.rest = append(s.rest, data[cut:]...)
			return data[:cut], nil
		}
	}
	return data, nil
}

// use makes a decoder for the format, once for each input.
func (w *worker) use(format lineFormat) {
	if w.decoder == nil {
		w.decoder = format.newDecoder()
	}
}

// decode reads the people in data, which is part of the buffer and has room for a line feed after it.
func (w *worker) decode(data []byte) {
	if len(data) > 0 && data[len(data)-1] != '\n' {
		data = append(data, '\n')
	}
	if w.namesOnly {
		w.decoder.names(w, data)
	} else {
		w.decoder.people(w, data)
	}
}

// tooLong reads the people in data but for the last line, which does not end within the limit.
func (w *worker) tooLong(data []byte) {
	w.decode(data[:bytes.LastIndexByte(data, '\n')+1])
	w.complain(1, "", "this line is longer than 1 MiB", "look whether the file is a table with line ends")
	w.fatal = true
}
