package pseudonym_test

import (
	"bytes"
	"encoding/hex"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/pseudonym"
)

func of(n *pseudonym.Namer, name string) string { return string(n.Append(nil, []byte(name))) }

// RFC 4231, test case 2 is HMAC-SHA-256 with the key "Jefe"; ours are 32 bytes, and HMAC fills shorter keys up with zeros, so "Jefe" and 28 zeros is the same key.
// Its code begins 5bdcc146bf60754e6a04.
func TestOfAsInRFC4231(t *testing.T) {
	namer, err := pseudonym.New(append([]byte("Jefe"), make([]byte, 28)...))
	if err != nil {
		t.Fatal(err)
	}
	code, _ := hex.DecodeString("5bdcc146bf60754e6a04")
	want := "p-" + inBase32(code)
	if got := of(namer, "what do ya want for nothing?"); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// inBase32 writes 80 bits as 16 digits of 5 bits, by division.
func inBase32(code []byte) string {
	const digits = "0123456789abcdefghjkmnpqrstvwxyz"
	number, text := new(big.Int).SetBytes(code), ""
	for range 16 {
		digit := new(big.Int)
		number.DivMod(number, big.NewInt(32), digit)
		text = string(digits[digit.Int64()]) + text
	}
	return text
}

func TestSameKeySameName(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		key := rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "key")
		one, err := pseudonym.New(key)
		if err != nil {
			t.Fatal(err)
		}
		other, _ := pseudonym.New(bytes.Clone(key))
		name := rapid.String().Draw(t, "name")
		of(one, rapid.String().Draw(t, "somebody else")) // what was asked before does not matter
		if of(one, name) != of(other, name) {
			t.Error("one key, two names")
		}
		key[rapid.IntRange(0, 31).Draw(t, "byte")] ^= 1
		changed, _ := pseudonym.New(key)
		if of(changed, name) == of(other, name) {
			t.Error("two keys, one name")
		}
	})
}

func TestNameSaysNothing(t *testing.T) {
	namer, _ := pseudonym.New(make([]byte, 32))
	for _, name := range []string{"", "=cmd()", "Ada\n", "::error::", strings.Repeat("x", 100_000)} {
		got := of(namer, name)
		if len(got) != 18 || strings.Trim(got[2:], "0123456789abcdefghjkmnpqrstvwxyz") != "" || got[:2] != "p-" {
			t.Errorf("%.10q is %q", name, got)
		}
	}
}

func TestAppendAllocatesNothing(t *testing.T) {
	namer, _ := pseudonym.New(make([]byte, 32))
	line, name := make([]byte, 0, 64), []byte("ada@example.org")
	if n := testing.AllocsPerRun(100, func() { line = namer.Append(line[:0], name) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestShortKey(t *testing.T) {
	if _, err := pseudonym.New([]byte("short")); err == nil || err.Error() != "the key has 5 bytes, not 32" {
		t.Error(err)
	}
}
