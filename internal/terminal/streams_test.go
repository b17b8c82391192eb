package terminal

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

type env = map[string]string

func TestWidth(t *testing.T) {
	tests := []struct {
		name     string
		terminal bool
		answer   int
		env      env
		want     int
	}{
		{"a file has the default", false, 133, nil, 80},
		{"a file with COLUMNS", false, 133, env{"COLUMNS": "60"}, 60},
		{"the terminal's answer", true, 133, nil, 133},
		{"COLUMNS beats the terminal", true, 133, env{"COLUMNS": "60"}, 60},
		{"no answer", true, 0, nil, 80},
		{"narrow", true, 1, nil, 20},
		{"just wide enough", true, 20, nil, 20},
		{"wide", true, 500, nil, 200},
		{"COLUMNS narrow", false, 0, env{"COLUMNS": "19"}, 20},
		{"COLUMNS wide", false, 0, env{"COLUMNS": "201"}, 200},
		{"COLUMNS=0 is unset", true, 133, env{"COLUMNS": "0"}, 133},
		{"COLUMNS empty is unset", true, 133, env{"COLUMNS": ""}, 133},
		{"COLUMNS negative is unset", true, 133, env{"COLUMNS": "-5"}, 133},
		{"COLUMNS no number is unset", true, 133, env{"COLUMNS": "60em"}, 133},
		{"COLUMNS beyond any number is unset", false, 0, env{"COLUMNS": "99999999999999999999"}, 80},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := Fake{OutTerminal: tt.terminal, Columns: tt.answer, Env: tt.env}.Streams()
			if got := s.Out.Width(); got != tt.want {
				t.Errorf("Width() = %d, want %d", got, tt.want)
			}
		})
	}
}

// TestColor removes, line by line, what won in the line before.
func TestColor(t *testing.T) {
	all := func(except ...string) env {
		e := env{"NO_COLOR": "1", "CLICOLOR_FORCE": "1", "FORCE_COLOR": "1", "CLICOLOR": "0", "TERM": "dumb"}
		for _, name := range except {
			delete(e, name)
		}
		return e
	}
	screen := env{"TERM": "xterm"}
	tests := []struct {
		name     string
		when     string
		env      env
		terminal bool
		want     bool
	}{
		{"always beats all", ColorAlways, all(), false, true},
		{"never beats all", ColorNever, env{"FORCE_COLOR": "1", "TERM": "xterm"}, true, false},
		{"NO_COLOR beats forcing", ColorAuto, all(), true, false},
		{"NO_COLOR empty says nothing", ColorAuto, env{"NO_COLOR": "", "TERM": "xterm"}, true, true},
		{"NO_COLOR=0 is not empty", ColorAuto, env{"NO_COLOR": "0", "TERM": "xterm"}, true, false},
		{"CLICOLOR_FORCE beats CLICOLOR, TERM and a file", ColorAuto, all("NO_COLOR", "FORCE_COLOR"), false, true},
		{"FORCE_COLOR as well", ColorAuto, all("NO_COLOR", "CLICOLOR_FORCE"), false, true},
		{"forcing with 0 says nothing", ColorAuto, env{"CLICOLOR_FORCE": "0", "FORCE_COLOR": "0", "TERM": "xterm"}, false, false},
		{"forcing with nothing says nothing", ColorAuto, env{"CLICOLOR_FORCE": "", "FORCE_COLOR": "", "TERM": "xterm"}, false, false},
		{"CLICOLOR=0 beats a terminal", ColorAuto, env{"CLICOLOR": "0", "TERM": "xterm"}, true, false},
		{"CLICOLOR=1 does not force", ColorAuto, env{"CLICOLOR": "1", "TERM": "xterm"}, false, false},
		{"TERM=dumb beats a terminal", ColorAuto, env{"TERM": "dumb"}, true, false},
		{"TERM unset beats a terminal", ColorAuto, nil, true, false},
		{"TERM empty beats a terminal", ColorAuto, env{"TERM": ""}, true, false},
		{"a terminal", ColorAuto, screen, true, true},
		{"a file", ColorAuto, screen, false, false},
		{"an unknown word is auto", "", screen, true, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := Fake{ErrTerminal: tt.terminal, Env: tt.env}.Streams()
			if got := s.Err.Color(tt.when); got != tt.want {
				t.Errorf("Color(%q) = %t, want %t", tt.when, got, tt.want)
			}
		})
	}
}

func TestEachStreamDecidesForItself(t *testing.T) {
	s := Fake{ErrTerminal: true, Columns: 50, Env: env{"TERM": "xterm"}}.Streams()
	if s.Out.Color(ColorAuto) || !s.Err.Color(ColorAuto) {
		t.Errorf("colour: out %t, err %t, want false, true", s.Out.Color(ColorAuto), s.Err.Color(ColorAuto))
	}
	if s.Out.Width() != 80 || s.Err.Width() != 50 {
		t.Errorf("width: out %d, err %d, want 80, 50", s.Out.Width(), s.Err.Width())
	}
	if s.In.IsTerminal() || s.Out.IsTerminal() || !s.Err.IsTerminal() {
		t.Errorf("terminals: in %t, out %t, err %t, want only err", s.In.IsTerminal(), s.Out.IsTerminal(), s.Err.IsTerminal())
	}
}

func TestCanPrompt(t *testing.T) {
	terminals := Fake{InTerminal: true, ErrTerminal: true}
	tests := []struct {
		name    string
		fake    Fake
		noInput bool
		want    bool
	}{
		{"terminals to type and to ask at", terminals, false, true},
		{"prompts are off", terminals, true, false},
		{"input is no terminal", Fake{OutTerminal: true, ErrTerminal: true}, false, false},
		{"messages go to a file", Fake{InTerminal: true, OutTerminal: true}, false, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.fake.Streams().CanPrompt(tt.noInput); got != tt.want {
				t.Errorf("CanPrompt(%t) = %t, want %t", tt.noInput, got, tt.want)
			}
		})
	}
	for ci, want := range map[string]bool{"true": false, "TRUE": false, "1": false, "yes": false, "on": false, "false": true, "0": true, "": true} {
		fake := terminals
		fake.Env = env{"CI": ci}
		if got := fake.Streams().CanPrompt(false); got != want {
			t.Errorf("CI=%q: CanPrompt = %t, want %t", ci, got, want)
		}
	}
}

func TestAccessible(t *testing.T) {
	for term, want := range map[string]bool{"": true, "dumb": true, "xterm-256color": false, "linux": false} {
		if got := (Fake{Env: env{"TERM": term}}).Streams().Accessible(); got != want {
			t.Errorf("TERM=%q: Accessible = %t, want %t", term, got, want)
		}
	}
	if !(Fake{}).Streams().Accessible() {
		t.Error("TERM unset: Accessible = false, want true")
	}
}

func TestFakeReadsAndWrites(t *testing.T) {
	var out, err bytes.Buffer
	s := Fake{In: strings.NewReader("typed"), Out: &out, Err: &err}.Streams()
	io.WriteString(s.Out, "data")
	io.WriteString(s.Err, "message")
	in, _ := io.ReadAll(s.In)
	if string(in) != "typed" || out.String() != "data" || err.String() != "message" {
		t.Errorf("in %q, out %q, err %q", in, out.String(), err.String())
	}
}

func TestSystem(t *testing.T) {
	s := System(func(string) (string, bool) { return "", false })
	if s.In.File != os.Stdin || s.Out.File != os.Stdout || s.Err.File != os.Stderr {
		t.Error("System does not stand on the streams of the process")
	}
}

func TestFileIsNoTerminal(t *testing.T) {
	file, err := os.Create(filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	o := fileOutput(file, func(string) (string, bool) { return "", false })
	if o.IsTerminal() || o.Width() != 80 {
		t.Errorf("a file: terminal %t, width %d, want false, 80", o.IsTerminal(), o.Width())
	}
}
