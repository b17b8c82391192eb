package rubric_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

const shippedDir = "../../rubrics"

func shipped(t testing.TB) *rubric.Rubric {
	t.Helper()
	r, err := rubric.Load(os.DirFS(shippedDir), "product-management", "product-management")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestDigestIgnores writes the small rubric down in other ways that say the same.
func TestDigestIgnores(t *testing.T) {
	want := rubrictest.Small(t).Digest
	if len(want) != 64 {
		t.Fatalf("the digest %q is no SHA-256 in hex", want)
	}
	check := func(name string, r *rubric.Rubric, err error) {
		t.Helper()
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if r.Digest != want {
			t.Errorf("%s: the digest changed", name)
		}
	}
	r, err := rubric.Load(rubrictest.Files(), rubrictest.Single, "f")
	check("a single file", r, err)
	r, err = loadTree(smallTree(t))
	check("JSON", r, err)

	files := small(t)
	for name, file := range files { // comments at every line end, blank lines, CRLF, a byte-order mark
		lines := strings.Split(strings.TrimSpace(string(file.Data)), "\n")
		file.Data = []byte("\uFEFF# first\r\n" + strings.Join(lines, " # again\r\n\r\n") + " # last")
		files[name] = file
	}
	r, err = rubric.Load(files, "r", "r")
	check("comments and line ends", r, err)

	files = small(t)
	for name, from := range map[string]string{
		"r/craft.yaml":  "about: Makes the thing.",
		"r/people.yaml": "about: Works with others.",
		"r/rubric.yaml": "about: For tests only.",
	} {
		text := strings.TrimPrefix(from, "about: ")
		files[name].Data = []byte(change(t, string(files[name].Data), from, "about: >-\n  "+strings.ReplaceAll(text, " ", "\n  ")+"\nx-note: [1, {a: b}]"))
	}
	r, err = rubric.Load(files, "r", "r")
	check("folded texts and free keys", r, err)

	defaults := map[string][2]string{ // what stands where nothing is said
		"a weight of 1":         {"talking: {level: 1, weight: 1,", "talking: {level: 1,"},
		"must: false":           {"framing: {level: 1, why", "framing: {level: 1, must: false, why"},
		"not_applicable: false": {"ask: What did you leave out, and why?", "ask: What did you leave out, and why?\n            not_applicable: false"},
		"the default floor":     {"talking: {level: 3, why", "talking: {level: 3, floor: 2, why"}, // 3 − 1
		"the same fraction":     {"floor: 1.5", "floor: 3/2"},
		"the default scale":     {"title: Measuring effect", "title: Measuring effect\n        scale: scale"},
		"an empty list":         {"next: [lead]\n    criteria:\n      framing: {level: 2", "next: [lead]\n    entry_roles: []\n    criteria:\n      framing: {level: 2"},
		"an accepted finding":   {"title: Measuring effect", "title: Measuring effect\n        accept: [{rule: few-items, why: It is small.}]"},
		"a criterion of nothing": {
			"talking: {level: 2, weight: 3", "measuring: {level: 0, weight: 9, why: Nothing.}\n      talking: {level: 2, weight: 3"},
	}
	single := readFile(t, "rubrictest/small.yaml")
	for name, edit := range defaults {
		r, err := loadText(change(t, single, edit[0], edit[1]))
		check(name, r, err)
	}
}

// TestDigestIgnoresKeyOrder turns every map around whose order nobody sees. Sources, scales and the gates of a stage are shown in the
// author's order, so theirs counts.
func TestDigestIgnoresKeyOrder(t *testing.T) {
	want := rubrictest.Small(t).Digest
	tree := smallTree(t)
	turned := 0
	every(tree, "", func(n *document.Node, path string) {
		if path != ".sources" && path != ".stages[].gates" && len(n.Pairs) > 1 {
			slices.Reverse(n.Pairs)
			turned++
		}
	})
	r, err := loadTree(tree)
	if err != nil {
		t.Fatal(err)
	}
	if r.Digest != want || turned < 40 {
		t.Errorf("%d maps turned around: digest %s, want %s", turned, r.Digest, want)
	}
	for _, path := range []string{".sources", ".stages[].gates"} {
		tree := smallTree(t)
		every(tree, "", func(n *document.Node, at string) {
			if at == path {
				slices.Reverse(n.Pairs)
			}
		})
		if r, err := loadTree(tree); err != nil || r.Digest == want {
			t.Errorf("%s in another order: same digest, or %v", path, err)
		}
	}
}

// TestDigestHoldsEveryValue changes each value of the small rubric to something that still loads. The digest must change with it.
func TestDigestHoldsEveryValue(t *testing.T) {
	original := smallTree(t)
	want := rubrictest.Small(t).Digest
	for i := range count(original) {
		leaf, path := nth(original, i)
		if leaf.Kind != document.Scalar || path == ".pmpath" || path == ".scale[].level" { // one version of the format; levels move only all together, see below
			continue
		}
		r, changed := varied(t, original, i)
		switch {
		case r == nil:
			t.Errorf("%s (%s): no other value could be loaded", path, leaf.Position)
		case r.Digest == want:
			t.Errorf("%s (%s): %s changes nothing in the digest", path, leaf.Position, changed)
		}
	}
}

// TestDigestHoldsLevels moves a scale up by one, with the anchors and requirements on it.
func TestDigestHoldsLevels(t *testing.T) {
	base := readFile(t, "testdata/base.yaml")
	before, err := loadText(base)
	if err != nil {
		t.Fatal(err)
	}
	moved := change(t, base, "{level: -1, label: A, means: A.}, {level: 0, label: B, means: B.}", "{level: 0, label: A, means: A.}, {level: 1, label: B, means: B.}")
	moved = change(t, change(t, moved, "anchors: {0: B.}", "anchors: {1: B.}"), "{level: 0, floor: -0.5}", "{level: 1, floor: 0.5}")
	after, err := loadText(moved)
	if err != nil {
		t.Fatal(err)
	}
	if before.Digest == after.Digest {
		t.Error("the digest does not hold the levels")
	}
}

// varied loads the tree with value number i changed, and with it whatever must follow: a renamed id is renamed wherever it is named.
func varied(t *testing.T, original *document.Node, i int) (*rubric.Rubric, string) {
	leaf, _ := nth(original, i)
	for _, other := range others(leaf) {
		tree := clone(original)
		n, _ := nth(tree, i)
		n.Text = other
		if r, err := loadTree(tree); err == nil {
			return r, other
		}
	}
	tree := clone(original)
	rename := func(n *document.Node) {
		if n.Text == leaf.Text {
			n.Text = leaf.Text + "-x"
		}
	}
	every(tree, "", func(n *document.Node, _ string) {
		rename(n)
		for _, pair := range n.Pairs {
			rename(pair.Key)
		}
	})
	if r, err := loadTree(tree); err == nil {
		return r, leaf.Text + "-x"
	}
	return nil, ""
}

func others(leaf *document.Node) []string {
	candidates := []string{leaf.Text + " too"}
	if number, err := strconv.Atoi(leaf.Text); err == nil {
		candidates = []string{strconv.Itoa(number + 1), strconv.Itoa(number - 1)}
	}
	if plainNumber.MatchString(leaf.Text) {
		candidates = append(candidates, leaf.Text+"1", leaf.Text+".25")
	}
	candidates = append(candidates, "true", "false", "hard", "should", "stated", "derived", "practice", "mentor", "artifact", "peer", "self", "1.2.4",
		"7h", "7 months", "79%", "0.4", "3/4", "https://example.org/other", "builder", "lead", "framing", "measuring", "handbook", "interview")
	return slices.DeleteFunc(candidates, func(c string) bool { return c == leaf.Text })
}

// TestDigestHoldsOrderAndPresence drops and swaps entries of lists.
func TestDigestHoldsOrderAndPresence(t *testing.T) {
	original := smallTree(t)
	want := rubrictest.Small(t).Digest
	loaded := 0
	for i := range count(original) {
		list, path := nth(original, i)
		if list.Kind != document.List {
			continue
		}
		for _, edit := range []func([]*document.Node) []*document.Node{
			func(items []*document.Node) []*document.Node { return items[1:] },
			func(items []*document.Node) []*document.Node { slices.Reverse(items); return items },
		} {
			if len(list.Items) < 2 {
				continue
			}
			tree := clone(original)
			n, _ := nth(tree, i)
			n.Items = edit(n.Items)
			if r, err := loadTree(tree); err == nil {
				loaded++
				if r.Digest == want {
					t.Errorf("%s: dropping or turning changes nothing in the digest", path)
				}
			}
		}
	}
	if loaded < 10 {
		t.Errorf("only %d changes could be loaded", loaded)
	}
}

// references are the fields that point back or across. They are compared by name, since a comparison that follows them all never ends;
// that they point at the rubric's own parts is for checkReferences.
var references = map[string]bool{
	"Rubric.Competencies": true, "Rubric.Items": true, "Competency.Area": true, "Competency.Scale": true, "Item.Competency": true, "Criterion.Competency": true,
	"Criterion.Sources": true, "Gate.Sources": true, "EntryRole.Sources": true, "EntryRole.Brings": true, "EntryRole.Lacks": true, "StageGate.Gate": true,
	"Stage.Next": true, "Stage.Before": true,
}

// sameRubric compares all but places and what is accepted, which are not part of the canonical form.
func sameRubric(a, b *rubric.Rubric) string {
	isReference := func(path cmp.Path) bool {
		field, ok := path.Last().(cmp.StructField)
		return ok && references[path.Index(-2).Type().Name()+"."+field.Name()]
	}
	return cmp.Diff(a, b, cmpopts.IgnoreTypes(document.Position{}, []document.Position{}, []rubric.Acceptance{}), cmp.FilterPath(isReference, cmp.Transformer("names", names)))
}

func names(field any) []string {
	list := []string{fmt.Sprintf("%T", field)}
	switch field := field.(type) {
	case *rubric.Area:
		list = append(list, field.ID)
	case *rubric.Scale:
		list = append(list, field.ID)
	case *rubric.Competency:
		list = append(list, field.ID)
	case *rubric.Gate:
		list = append(list, field.ID)
	case []*rubric.Source:
		for _, s := range field {
			list = append(list, s.ID)
		}
	case []*rubric.Competency:
		for _, c := range field {
			list = append(list, c.ID)
		}
	case []*rubric.Item:
		for _, i := range field {
			list = append(list, i.ID)
		}
	case []*rubric.Stage:
		for _, s := range field {
			list = append(list, s.ID)
		}
	default:
		panic(fmt.Sprintf("no names for %T", field))
	}
	return list
}

// checkReferences holds that every reference points at a part of the same rubric, not at a copy, and that every index is right.
func checkReferences(t *testing.T, r *rubric.Rubric) {
	t.Helper()
	hold := func(ok bool, what, id string) {
		if !ok {
			t.Errorf("the %s %q is not the rubric's own, or its index is wrong", what, id)
		}
	}
	source := func(sources []*rubric.Source) {
		for _, s := range sources {
			hold(slices.Contains(r.Sources, s), "source", s.ID)
		}
	}
	competency := func(cs ...*rubric.Competency) {
		for _, c := range cs {
			hold(r.Competencies[c.Index] == c && r.Areas[c.Area.Index] == c.Area && slices.Contains(c.Area.Competencies, c) && slices.Contains(r.Scales, c.Scale), "competency", c.ID)
		}
	}
	competency(r.Competencies...)
	for _, i := range r.Items {
		hold(r.Items[i.Index] == i && slices.Contains(i.Competency.Items, i), "item", i.ID)
		competency(i.Competency)
	}
	for _, g := range r.Gates {
		hold(r.Gates[g.Index] == g, "gate", g.ID)
		source(g.Sources)
	}
	for _, s := range r.Stages {
		hold(r.Stages[s.Index] == s, "stage", s.ID)
		for _, c := range s.Criteria {
			competency(c.Competency)
			source(c.Sources)
		}
		for _, g := range s.Gates {
			hold(slices.Contains(r.Gates, g.Gate), "gate", g.Gate.ID)
		}
		for _, e := range s.EntryRoles {
			competency(e.Brings...)
			competency(e.Lacks...)
			source(e.Sources)
		}
		for _, next := range s.Next {
			hold(slices.Contains(r.Stages, next) && slices.Contains(next.Before, s), "stage", next.ID)
		}
	}
}

func TestCanonicalRoundTrip(t *testing.T) {
	base, err := loadText(readFile(t, "testdata/base.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]*rubric.Rubric{"small": rubrictest.Small(t), "base": base, "shipped": shipped(t)} {
		form := want.Canonical()
		got, err := rubric.Decode(string(form))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if diff := sameRubric(want, got); diff != "" {
			t.Errorf("%s: -want +got\n%s", name, diff)
		}
		checkReferences(t, want)
		checkReferences(t, got)
		if sum := sha256.Sum256(form); want.Digest != hex.EncodeToString(sum[:]) {
			t.Errorf("%s: the digest is not the hash of the canonical form", name)
		}
		if string(got.Canonical()) != string(form) {
			t.Errorf("%s: the canonical form changed on the way", name)
		}
	}
}

// TestSameRubricSees makes sure that the comparison above can fail deep inside.
func TestSameRubricSees(t *testing.T) {
	a, b := rubrictest.Small(t), rubrictest.Small(t)
	if diff := sameRubric(a, b); diff != "" {
		t.Fatal(diff)
	}
	b.Areas[0].Competencies[0].Items[1].Anchors[0] += "."
	if sameRubric(a, b) == "" {
		t.Error("a changed anchor is not seen")
	}
	c := rubrictest.Small(t)
	c.Stages[1].Criteria[0].Competency = c.Competencies[2]
	if sameRubric(a, c) == "" {
		t.Error("another competency of a criterion is not seen")
	}
}

// TestDecodeDamaged cuts and flips the canonical form everywhere.
func TestDecodeDamaged(t *testing.T) {
	r := rubrictest.Small(t)
	form := string(r.Canonical())
	for end := range len(form) {
		if _, err := rubric.Decode(form[:end]); err == nil {
			t.Errorf("cut after %d of %d bytes: no error", end, len(form))
		}
	}
	if _, err := rubric.Decode(form + "\x00"); err == nil {
		t.Error("a byte too many: no error")
	}
	for at := range len(form) {
		for bit := range 8 {
			flipped := []byte(form)
			flipped[at] ^= 1 << bit
			if got, err := rubric.Decode(string(flipped)); err == nil && got.Digest == r.Digest {
				t.Errorf("bit %d of byte %d: the same digest", bit, at)
			}
		}
	}
}

// TestDecodeRing refuses a ladder that leads back to itself, which no file can give.
func TestDecodeRing(t *testing.T) {
	r := rubrictest.Small(t)
	r.Stages[3].Next = []*rubric.Stage{r.Stages[0]}
	if _, err := rubric.Decode(string(r.Canonical())); err == nil {
		t.Error("no error")
	}
}
