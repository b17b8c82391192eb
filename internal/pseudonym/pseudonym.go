// Package pseudonym gives people names that say nothing: HMAC-SHA-256 of what they are called, with a secret key. The same key gives the same person the same name, so that
// two files can be joined; without the key nobody can try out addresses, as they could with a plain hash. A lost key
// cannot be made again, and then the names of before cannot be either.
//
// The package computes; where the key is kept is up to the caller.
package pseudonym

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"hash"

	"github.com/pmpath/pmpath/internal/apart"
)

// KeySize is the length of a key in bytes.
const KeySize = 32

// size is how many bytes of the code become the name: 80 bits, so that among ten million people the chance of any two having one name is 1 in 20 billion.
const size = 10

// Prefix begins every pseudonym, so that none is taken for a name or a number.
const Prefix = "p-"

// without l, o, u and i, that are misread; in lower case.
var alphabet = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// Namer makes pseudonyms. It is for one goroutine; several with one key make the same names.
type Namer struct {
	_   apart.Line
	mac hash.Hash
	sum [sha256.Size]byte
	_   apart.Line
}

// New returns a Namer for a key of KeySize bytes.
func New(key []byte) (*Namer, error) {
	if len(key) != KeySize {
		return nil, fmt.Errorf("the key has %d bytes, not %d", len(key), KeySize)
	}
	return &Namer{mac: hmac.New(sha256.New, key)}, nil
}

// Append appends the pseudonym of a name, 18 characters of ASCII, and returns the longer slice. It allocates nothing where there is room.
func (n *Namer) Append(to, name []byte) []byte {
	n.mac.Reset()
	n.mac.Write(name)
	sum := n.mac.Sum(n.sum[:0])
	return alphabet.AppendEncode(append(to, Prefix...), sum[:size])
}
