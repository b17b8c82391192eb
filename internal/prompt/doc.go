// Package prompt asks one question at a time on a terminal and gives back one
// answer. It is the only package that knows the prompt library, and the only
// one that changes the state of the terminal.
//
// Most callers want [NewSurvey] (lists moved through with the arrow keys) when
// [Available] says that somebody is there to answer, or [NewLines] (numbered
// options, plain lines, not one escape byte) for TERM=dumb and for accessible
// mode. Both are a [Prompter], both show the same questions in full, and both
// are closed by the caller.
//
// What it may not do: end the process, write to standard output, decide whether
// prompts are wanted at all, keep answers, or know what a question means. It
// never starts on a real answer, so neither Enter nor Ctrl-D by reflex can
// become one. Text that comes from outside is sanitised by the caller;
// [Question] fields lose their control characters here once more, because one
// escape byte is enough to spoil a screen.
//
// How it is built. The survey library draws and edits. It reads and writes
// through a shim: [keyboard] hands over one key at a time from a queue which
// survives from prompt to prompt, [screen] watches for the cursor queries and
// answers those that a terminal would leave open. Below both lies [tty], the
// real terminal: bytes, signals, saved state. The line prompter stands on the
// same tty without the shim, so signals and suspending work there too. On
// Windows survey reads key events from the console itself; there the shim only
// passes on what is written.
//
// Terms: a key is what survey is to see at once, a rune or one whole sequence;
// a row is one line of a list; to pause is to stop asking, with the answers so
// far kept by whoever holds them.
package prompt
