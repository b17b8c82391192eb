package rubric_test

import (
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

var update = flag.Bool("update", false, "write the golden files anew")

func readFile(t testing.TB, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// loadText loads a rubric from a single file.
func loadText(text string) (*rubric.Rubric, error) {
	return rubric.Load(fstest.MapFS{"f.yaml": {Data: []byte(text)}}, "f.yaml", "f")
}

func complaint(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// change replaces a part of a text that must stand in it once.
func change(t testing.TB, text, from, to string) string {
	t.Helper()
	if strings.Count(text, from) != 1 {
		t.Fatalf("%q stands %d times in the text", from, strings.Count(text, from))
	}
	return strings.Replace(text, from, to, 1)
}

// TestLoadRefuses changes one place of testdata/base.yaml at a time. Lines are those of that file.
func TestLoadRefuses(t *testing.T) {
	const (
		id        = " is not an id – use small letters, digits and single hyphens, with a letter first"
		empty     = "this is empty – write a value, leave the key out, or write \"\" for an empty text"
		needText  = "this text is empty – write it, or leave the key out where that is allowed"
		see       = " – see `pmpath rubric schema`"
		onScale   = " – choose a level of the scale"
		define    = " – define it, or name one that exists"
		following = " – number the levels one by one, lowest first"
		plain     = " – write plain digits without quotes"
		number    = " – write it like 4, 3.5, 80% or 2/3, without quotes"
	)
	tests := []struct {
		name, from, to string
		want           []string
	}{
		// The head.
		{"format of tomorrow", "pmpath: 1", "pmpath: 2", []string{`1:9: pmpath: "2" is not a whole number from 1 to 1` + plain}},
		{"format in quotes", "pmpath: 1", `pmpath: "1"`, []string{`1:9: pmpath: "1" is not a whole number from 1 to 1` + plain}},
		{"no format", "pmpath: 1\n", "", []string{`1:1: the key "pmpath" is missing – add it: the version of this file format: 1`}},
		{"id in capitals", "id: base", "id: Base", []string{`2:5: id: "Base"` + id}},
		{"id that leads out", "id: base", "id: ../x", []string{`2:5: id: "../x"` + id}},
		{"id with an escape", "id: base", `id: "a\eb"`, []string{`2:5: id: "a\x1bb"` + id}},
		{"id of 65 letters", "id: base", "id: " + strings.Repeat("a", 65), []string{"2:5: id: this id is longer than 64 characters – shorten it"}},
		{"id of a device", "id: base", "id: con", []string{`2:5: id: the id "con" has a meaning of its own on some systems – choose another`}},
		{"id that is true", "id: base", "id: true", []string{`2:5: id: the id "true" has a meaning of its own on some systems – choose another`}},
		{"version of two numbers", "version: 1.0.0", "version: 1.10", []string{`3:10: version: "1.10" is not a version – write it like 1.0.0`}},
		{"version with zeros", "version: 1.0.0", "version: 1.00.0", []string{`3:10: version: "1.00.0" is not a version – write it like 1.0.0`}},
		{"no title", "title: Base", "title:", []string{"4:7: title: " + empty}},
		{"empty title", "title: Base", `title: ""`, []string{"4:8: title: " + needText}},
		{"acceptance without a reason", "title: Base", "title: Base\naccept: [{rule: few-items}]", []string{`5:10: accept[0]: the key "why" is missing – add it: the reason, one sentence`}},
		{"acceptance of nothing", "title: Base", "title: Base\naccept: []", []string{"5:9: accept: at least 1 needed here, found 0 – add what is missing"}},
		{"near key", "title: Base", "titel: Base", []string{`1:1: the key "title" is missing – add it: the rubric's name for people`, `4:1: unknown key "titel" – did you mean "title"?`}},
		{"title that is a list", "title: Base", "title: [Base]", []string{"4:8: title: this is a list where a line of text is needed" + see}},

		// Scales.
		{"gap in the scale", "level: 1, label: Some", "level: 2, label: Some", []string{"7:13: level 2 does not follow level 0" + following, "8:13: level 2 does not follow level 2" + following}},
		{"scale from the top", "  - {level: 0, label: None, means: Nothing.}\n  - {level: 1, label: Some, means: Something.}\n", "  - {level: 3, label: None, means: Nothing.}\n", []string{"7:13: level 2 does not follow level 3" + following}},
		{"one level", "  - {level: 1, label: Some, means: Something.}\n  - {level: 2, label: Much, means: A lot.}\n", "", []string{"6:3: scale: at least 2 needed here, found 1 – add what is missing"}},
		{"half a level", "level: 1, label: Some", "level: 1.5, label: Some", []string{
			`7:13: scale[1].level: "1.5" is not a whole number from -100 to 100` + plain, "8:13: level 2 does not follow level 0" + following}},
		{"gap in a further scale", "level: 0, label: B", "level: 1, label: B", []string{"10:52: level 1 does not follow level -1" + following}},
		{"further scale with the name of the first", "wide: [", "scale: [", []string{
			`10:3: the scale "scale" stands twice – rename one; the first is at f:6:3`, `33:16: there is no scale "wide"` + define}},
		{"no scale", "scale: wide", "scale: wid", []string{`33:16: there is no scale "wid" – did you mean "wide"?`}},

		// The rule.
		{"share above 1", "at: 80%", "at: 120%", []string{`12:18: rule.ready_at.at: "120%" is not a number from 0 to 1` + number}},
		{"share below 0", "at: 80%", "at: -0.8", []string{`12:18: rule.ready_at.at: "-0.8" is not a number from 0 to 1` + number}},
		{"share in words", "at: 80%", "at: most", []string{`12:18: rule.ready_at.at: "most" is not a number from 0 to 1` + number}},
		{"share that is no fraction", "at: 2/3", "at: 2/0", []string{`17:18: rule.assessed.at: "2/0" is not a number from 0 to 1` + number}},
		{"share with an underscore", "at: 2/3", "at: 1_0", []string{`17:18: rule.assessed.at: "1_0" is not a number from 0 to 1` + number}},
		{"share that is not a number", "at: 2/3", "at: .nan", []string{`17:18: rule.assessed.at: ".nan" is not a number from 0 to 1` + number}},
		{"infinite share", "at: 2/3", "at: 1e999", []string{`17:18: rule.assessed.at: "1e999" is not a number from 0 to 1` + number}},
		{"share with a leading zero", "at: 2/3", "at: 0777", []string{`17:18: rule.assessed.at: "0777" is not a number from 0 to 1` + number}},
		{"share in quotes", "at: 60%", `at: "0.6"`, []string{`13:20: rule.area_floor.at: "0.6" is not a number from 0 to 1` + number}},
		{"huge shortfall", "max_shortfall: {at: 1,", "max_shortfall: {at: 9223372036854775808,", []string{`14:23: rule.max_shortfall.at: "9223372036854775808" is not a number from 0 to 100` + number}},
		{"no reason", "span: {at: 1, why: W.}", "span: {at: 1}", []string{`16:9: rule.span: the key "why" is missing – add it: its reason`}},
		{"span of nothing", "span: {at: 1,", "span: {at: 0,", []string{"16:14: rule.span.at: points need a span above 0 – 1 counts the last level before the requirement"}},
		{"span in words", "span: {at: 1,", "span: {at: one,", []string{`16:14: rule.span.at: "one" is not a number from 0 to 100` + number}},
		{"no span", "  span: {at: 1, why: W.}\n", "", []string{`12:3: rule: the key "span" is missing – add it: levels below the requirement over which points are earned`}},
		{"shortfall above the span", "max_shortfall: {at: 1,", "max_shortfall: {at: 1.5,",
			[]string{"14:23: rule.max_shortfall.at: a shortfall of 3/2 is more than the span of 1 – lower it or raise the span: below the span no points are left to lose"}},
		{"must shortfall above the span", "at: 1/2", "at: 3/2",
			[]string{"15:24: rule.must_shortfall.at: a shortfall of 3/2 is more than the span of 1 – lower it or raise the span: below the span no points are left to lose"}},

		// Sources.
		{"address of a file", `url: "https://example.org/a"`, "url: file:///etc/passwd", []string{`19:30: sources.book.url: "file:///etc/passwd" is not a web address – write it like https://example.org/page`}},
		{"unknown source of a criterion", "must: true, sources: [book]", "must: true, sources: [boko]", []string{`44:48: there is no source "boko" – did you mean "book"?`}},
		{"unknown source of a gate", "6 months}, sources: [book]", "6 months}, sources: [film]", []string{`49:92: there is no source "film"` + define}},

		// Areas.
		{"no areas", "areas:\n  - area: craft\n    title: Craft\n    competencies:", "areas: []\nx-area:\n    x:", []string{
			"20:8: areas: at least 1 needed here, found 0 – add what is missing",
			`43:7: there is no competency "making"` + define, `44:7: there is no competency "seeing"` + define, // a line fewer above
			`46:52: there is no competency "making"` + define, `46:69: there is no competency "seeing"` + define}},
		{"area that is a file", "  - area: craft\n", "  - other\n  - area: craft\n", []string{"21:5: areas[0]: a rubric in a single file cannot name other files – write the area itself here, or use a folder"}},
		{"all areas are files", "  - area: craft\n    title: Craft\n    competencies:", "  - craft\nx-area:\n    x:", []string{
			"21:5: areas[0]: a rubric in a single file cannot name other files – write the area itself here, or use a folder"}}, // and nobody misses the skills in it
		{"competency twice", "- id: seeing", "- id: making", []string{
			`31:13: the competency "making" stands twice – rename one; the first is at f:24:13`,
			`45:7: there is no competency "seeing"` + define, `47:69: there is no competency "seeing"` + define}},
		{"item twice", "{id: saw-it", "{id: made-it", []string{`35:18: the item "made-it" stands twice – rename one; the first is at f:27:17`}},
		{"no items", "items:\n          - {id: saw-it, ask: Saw?, anchors: {0: B.}}", "items: []", []string{"34:16: areas[0].competencies[1].items: at least 1 needed here, found 0 – add what is missing"}},
		{"window in years", "ask: Did you?", "window: 1 year", []string{
			`27:13: areas[0].competencies[0].items[0]: the key "ask" is missing – add it: a question about what the person did`,
			`28:21: areas[0].competencies[0].items[0].window: "1 year" is not a number of months – write it like "12 months"`}},
		{"missing anchor", "{1: Some., 2: Much.}", "{1: Some.}", []string{"29:22: anchors are missing for level 2 – describe what a person at that level could show"}},
		{"missing anchors", "{1: Some., 2: Much.}", "{0: None.}", []string{"29:22: anchors are missing for level 1, 2 – describe what a person at that level could show"}},
		{"anchor off the scale", "2: Much.}", "2: Much., 3: More.}", []string{"29:43: level 3 is outside 0..2" + onScale}},
		{"anchor below the scale", "{1: Some.,", "{-1: Less., 1: Some.,", []string{"29:23: level -1 is outside 0..2" + onScale}},
		{"anchor for a word", "{1: Some.,", "{one: Some., 1: Some.,", []string{`29:23: areas[0].competencies[0].items[0].anchors.one: the key: "one" is not a whole number from -100 to 100` + plain}},
		{"empty anchor", "2: Much.}", "2: }", []string{"29:36: areas[0].competencies[0].items[0].anchors.2: " + empty}},
		{"anchor twice", "2: Much.}", `2: Much., "2": More.}`, []string{`29:43: the key "2" stands twice in this map – keep one; the first is at line 29, column 33`}},
		{"step to the lowest level", "grow: {1:", "grow: {0:", []string{"30:16: no step leads to level 0 – use a level from 1 to 2"}},
		{"step above the scale", "grow: {1:", "grow: {3:", []string{"30:16: no step leads to level 3 – use a level from 1 to 2"}},
		{"effort in days", "effort: 2h", "effort: 2d", []string{`30:56: areas[0].competencies[0].grow.1[0].effort: "2d" is not a number of hours – write it like 12h`}},
		{"unknown kind of step", "kind: practice", "kind: practise", []string{`30:27: areas[0].competencies[0].grow.1[0].kind: "practise" is not known here – did you mean "practice"?`}},

		// Stages.
		{"no stages", "stages:\n", "x-stages:\n", []string{"1:1: the key \"stages\" is missing – add the rungs of the ladder, or use a folder with a ladder.yaml"}},
		{"stage twice", "- id: second", "- id: first", []string{`40:12: there is no stage "second"` + define, `41:9: the stage "first" stands twice – rename one; the first is at f:37:9`}},
		{"title twice", "title: Second", "title: FIRST", []string{`42:12: the title "first" stands twice – rename one; the first is at f:37:9`}},
		{"title that is an alias", "title: Second", "title: one", []string{`42:12: the title "one" stands twice – rename one; the first is at f:39:15`}},
		{"alias that is a title", "aliases: [One]", "aliases: [One, Second]", []string{`41:9: the title "second" stands twice – rename one; the first is at f:39:20`}},
		{"alias twice", "aliases: [One]", "aliases: [One, ONE]", []string{`39:20: the title "one" stands twice – rename one; the first is at f:39:15`}},
		{"alias that is an id", "aliases: [One]", "aliases: [second]\n    x-a: 1", []string{`42:9: the title "second" stands twice – rename one; the first is at f:39:15`}},
		{"unknown next stage", "next: [second]", "next: [secnd]", []string{`40:12: there is no stage "secnd" – did you mean "second"?`}},
		{"next stage twice", "next: [second]", "next: [second, second]", []string{`40:20: the stage "second" stands twice in this list – keep one`}},
		{"stage after itself", "next: [second]", "next: [first]", []string{`37:5: the stage "first" leads back to itself: first → first – drop one of the next entries`}},
		{"ring of stages", "title: Second\n", "title: Second\n    next: [first]\n", []string{`37:5: the stage "first" leads back to itself: first → second → first – drop one of the next entries`}},
		{"unknown competency", "making: {level: 2", "makin: {level: 2", []string{`44:7: there is no competency "makin" – did you mean "making"?`}},
		{"level above the scale", "making: {level: 2,", "making: {level: 2.5,", []string{"44:23: level 5/2 is outside 0..2" + onScale}},
		{"level below the scale", "making: {level: 2,", "making: {level: -1,", []string{"44:23: level -1 is outside 0..2" + onScale}},
		{"level above its own scale", "seeing: {level: 0,", "seeing: {level: 1,", []string{"45:23: level 1 is outside -1..0" + onScale}},
		{"level in words", "making: {level: 2,", "making: {level: two,", []string{`44:23: stages[1].criteria.making.level: "two" is not a number from -100 to 100` + number}},
		{"weight of nothing", "must: true", "weight: 0", []string{`44:34: stages[1].criteria.making.weight: "0" is not a whole number from 1 to 1000` + plain}},
		{"weight of a half", "must: true", "weight: 1.5", []string{`44:34: stages[1].criteria.making.weight: "1.5" is not a whole number from 1 to 1000` + plain}},
		{"must of yes", "must: true", "must: yes", []string{`44:32: stages[1].criteria.making.must: "yes" is not true or false – write true or false without quotes`}},
		{"floor above the level", "floor: -0.5", "floor: 0.5", []string{"45:33: the floor 1/2 is above the required level 0 – lower it"}},
		{"floor under the lowest", "floor: -0.5", "floor: -1.5", []string{"45:33: the floor -3/2 is under the lowest level -1 – raise it"}},
		{"floor beyond the span", "must: true,", "floor: 0.5,", []string{"44:33: the floor 1/2 is more than the span of 1 under the required level 2 – raise it: below the span no points are left to lose"}},
		{"unknown gate", "gates: {done: hard}", "gates: {dnoe: hard}", []string{`46:13: there is no gate "dnoe" – did you mean "done"?`}},
		{"gate of another force", "gates: {done: hard}", "gates: {done: soft}", []string{`46:19: stages[1].gates.done: "soft" is not known here – use one of: hard, should`}},
		{"unknown skill brought", "brings: [making]", "brings: [baking]", []string{`47:52: there is no competency "baking" – did you mean "making"?`}},
		{"unknown skill lacked", "lacks: [seeing]", "lacks: [sewing]", []string{`47:69: there is no competency "sewing" – did you mean "seeing"?`}},
		{"entry role twice", "entry_roles: [{id: role,", "entry_roles: [{id: role, title: Role}, {id: role,", []string{`47:49: the entry role "role" stands twice – rename one; the first is at f:47:24`}},

		// Gates.
		{"gate twice", "gates:\n  - {id: done,", "gates:\n  - {id: done, title: Done, ask: Done?}\n  - {id: done,", []string{`50:10: the gate "done" stands twice – rename one; the first is at f:49:10`}},
		{"no question", "ask: Done?, ", "", []string{`49:5: gates[0]: the key "ask" is missing – add it: a question to be answered with yes or no`}},
		{"kind of evidence", "kind: [peer]", "kind: [pear]", []string{`49:56: gates[0].needs.kind[0]: "pear" is not known here – did you mean "peer"?`}},
		{"no kind of evidence", "kind: [peer]", "kind: []", []string{"49:55: gates[0].needs.kind: at least 1 needed here, found 0 – add what is missing"}},
		{"months in words", "within: 6 months", "within: half a year", []string{`49:71: gates[0].needs.within: "half a year" is not a number of months – write it like "12 months"`}},
		{"no months at all", "within: 6 months", "within: 0 months", []string{`49:71: gates[0].needs.within: "0 months" is not a number of months – write it like "12 months"`}},
		{"too many months", "within: 6 months", "within: 121 months", []string{`49:71: gates[0].needs.within: "121 months" is not a number of months – write it like "12 months"`}},

		// An alias reads as its target, and what is wrong with it there is said at the alias.
		{"harmless alias", "label: Much, means: A lot.", "label: &l Much, means: *l", nil},
		{"alias with a problem", "label: B, means: B.", "label: &l \"B\\nB\", means: *l", []string{"10:62: scales.wide[1].label: this text has more than one line – write it on one line"}},
		{"alias to a number", "making: {level: 2, must: true,", "making: {level: &two 2, floor: *two, weight: *two,", nil},
		{"alias to a level off the scale", "seeing: {level: 0, floor: -0.5}", "seeing: {level: &n -2, floor: *n}", []string{"45:23: level -2 is outside -1..0" + onScale}},
		{"free key", "title: Craft", "title: Craft\n    x-owner: {name: [1, 2]}", nil},
	}
	base := readFile(t, "testdata/base.yaml")
	if _, err := loadText(base); err != nil {
		t.Fatal(err)
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := loadText(change(t, base, test.from, test.to))
			want := ""
			if len(test.want) > 0 {
				want = "f:" + strings.Join(test.want, "\nf:")
			}
			if diff := cmp.Diff(want, complaint(err)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// TestLoadKeepsTexts takes words as they were written, whatever YAML makes of them elsewhere.
func TestLoadKeepsTexts(t *testing.T) {
	base := readFile(t, "testdata/base.yaml")
	for written, want := range map[string]string{
		"NO": "NO", "yes": "yes", "1.10": "1.10", "2024-01-01": "2024-01-01", "0777": "0777", "1_000": "1_000", ".nan": ".nan", "1e999": "1e999", "9223372036854775808": "9223372036854775808",
		"true": "true", `"null"`: "null", `" a "`: " a ", "'{{ .X }} %s $(rm -rf .)'": "{{ .X }} %s $(rm -rf .)", "1:30": "1:30",
	} {
		r, err := loadText(change(t, base, "title: Base", "title: "+written))
		if err != nil {
			t.Errorf("%s: %v", written, err)
		} else if r.Title != want {
			t.Errorf("%s became %q", written, r.Title)
		}
	}
}

// TestLoadNumbers gives one share in all its spellings.
func TestLoadNumbers(t *testing.T) {
	base := readFile(t, "testdata/base.yaml")
	want, err := loadText(base)
	if err != nil {
		t.Fatal(err)
	}
	for _, spelling := range []string{"80%", "0.8", "4/5", "0.80", "80.0%", "8/10", `"80%"`, `"4/5"`} {
		r, err := loadText(change(t, base, "at: 80%", "at: "+spelling))
		if err != nil {
			t.Errorf("%s: %v", spelling, err)
		} else if r.Rule.ReadyAt.At.String() != "4/5" || r.Digest != want.Digest {
			t.Errorf("%s became %s", spelling, r.Rule.ReadyAt.At)
		}
	}
}

// small gives the files of the small rubric in a folder "r", to be changed.
func small(t testing.TB) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	entries, err := fs.ReadDir(rubrictest.Files(), rubrictest.Folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		data, err := fs.ReadFile(rubrictest.Files(), rubrictest.Folder+"/"+entry.Name())
		if err != nil {
			t.Fatal(err)
		}
		files["r/"+entry.Name()] = &fstest.MapFile{Data: data}
	}
	return files
}

// TestLoadFiles is about the files of a rubric, not about what stands in them.
func TestLoadFiles(t *testing.T) {
	replace := func(file, from, to string) func(*testing.T, fstest.MapFS) {
		return func(t *testing.T, files fstest.MapFS) {
			files[file] = &fstest.MapFile{Data: []byte(change(t, string(files[file].Data), from, to))}
		}
	}
	drop := func(file string) func(*testing.T, fstest.MapFS) {
		return func(_ *testing.T, files fstest.MapFS) { delete(files, file) }
	}
	tests := []struct {
		name   string
		change func(*testing.T, fstest.MapFS)
		want   string
	}{
		{"as it is", func(*testing.T, fstest.MapFS) {}, ""},
		{"area file missing", drop("r/people.yaml"),
			"shown/rubric.yaml:12:16: areas[1]: people.yaml cannot be read: file does not exist – add the file to the rubric's folder"},
		{"ladder missing", drop("r/ladder.yaml"),
			"shown/rubric.yaml:2:1: ladder.yaml cannot be read: file does not exist – add the file to the rubric's folder"},
		{"folder for an area file", func(_ *testing.T, files fstest.MapFS) {
			files["r/people.yaml"] = &fstest.MapFile{Mode: fs.ModeDir | 0o755}
		},
			"shown/rubric.yaml:12:16: areas[1]: people.yaml cannot be read: this is a folder, not a file – add the file to the rubric's folder"},
		{"pipe for an area file", func(_ *testing.T, files fstest.MapFS) {
			files["r/people.yaml"] = &fstest.MapFile{Mode: fs.ModeNamedPipe | 0o644}
		},
			"shown/rubric.yaml:12:16: areas[1]: people.yaml cannot be read: this is not a regular file – add the file to the rubric's folder"},
		{"area outside the folder", replace("r/rubric.yaml", "[craft, people]", "[craft, ../people]"),
			`shown/rubric.yaml:12:16: areas[1]: "../people" is not an id – use small letters, digits and single hyphens, with a letter first`},
		{"area at an absolute path", replace("r/rubric.yaml", "[craft, people]", "[craft, /etc/passwd]"),
			`shown/rubric.yaml:12:16: areas[1]: "/etc/passwd" is not an id – use small letters, digits and single hyphens, with a letter first`},
		{"area on the web", replace("r/rubric.yaml", "[craft, people]", `[craft, "https://example.org/people"]`),
			`shown/rubric.yaml:12:16: areas[1]: "https://example.org/people" is not an id – use small letters, digits and single hyphens, with a letter first`},
		{"area named like a device", replace("r/rubric.yaml", "[craft, people]", "[craft, con]"),
			`shown/rubric.yaml:12:16: areas[1]: the id "con" has a meaning of its own on some systems – choose another`},
		{"area that is the rubric", replace("r/rubric.yaml", "[craft, people]", "[craft, people, rubric]"),
			"shown/rubric.yaml:12:24: areas[2]: rubric.yaml is no area: it holds other parts of the rubric – name the file of an area"},
		{"area that is the ladder", replace("r/rubric.yaml", "[craft, people]", "[craft, people, ladder]"),
			"shown/rubric.yaml:12:24: areas[2]: ladder.yaml is no area: it holds other parts of the rubric – name the file of an area"},
		{"area file twice", replace("r/rubric.yaml", "[craft, people]", "[craft, people, craft]"),
			`shown/rubric.yaml:12:24: areas[2]: the area "craft" stands twice – keep one`},
		{"area id twice", replace("r/people.yaml", "area: people", "area: craft"),
			`shown/people.yaml:1:7: the area "craft" stands twice – rename one; the first is at shown/craft.yaml:1:7`},
		{"broken area file", replace("r/people.yaml", "title: People", "title: \"People"),
			"shown/people.yaml:2:8: a quote opens here and is never closed – close it; it is still open at line 25"}, // and nobody misses the skills in it
		{"area file in UTF-16", func(_ *testing.T, files fstest.MapFS) {
			files["r/people.yaml"] = &fstest.MapFile{Data: []byte("\xFF\xFEa\x00")}
		},
			"shown/people.yaml:1:1: the file is UTF-16 – save it as UTF-8"},
		{"large area file", func(_ *testing.T, files fstest.MapFS) {
			files["r/people.yaml"] = &fstest.MapFile{Data: make([]byte, 1<<20+1)}
		},
			"shown/people.yaml: the file is larger than 1 MiB – split it"},
		{"broken ladder", replace("r/ladder.yaml", "next: [builder, guide]", "next: [builder, guide"),
			"shown/ladder.yaml:7:11: the list that opens here is not closed in order – separate its values with commas and end it with ]; it is still open at line 8"},
		{"gates apart from the stages", replace("r/rubric.yaml", "sources:", "gates: [{id: a, title: A, ask: A?}]\nsources:"),
			"shown/rubric.yaml:20:8: gates: these gates stand apart from the stages, which are in ladder.yaml – move them into ladder.yaml"},
		{"unknown key in two files", func(t *testing.T, files fstest.MapFS) {
			replace("r/people.yaml", "about: Works", "abuot: Works")(t, files)
			replace("r/ladder.yaml", "title: Guide", "tilte: Guide")(t, files)
		}, `shown/ladder.yaml:23:5: stages[2]: the key "title" is missing – add it: the role's usual title
shown/ladder.yaml:24:5: stages[2]: unknown key "tilte" – did you mean "title"?
shown/people.yaml:3:1: unknown key "abuot" – did you mean "about"?`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			files := small(t)
			test.change(t, files)
			_, err := rubric.Load(files, "r", "shown")
			if diff := cmp.Diff(test.want, complaint(err)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// TestLoadCannotOpen is about errors that are no problems in a text.
func TestLoadCannotOpen(t *testing.T) {
	files := fstest.MapFS{"empty/x.txt": {}, "folder/rubric.yaml": {Mode: fs.ModeDir | 0o755}, "pipe": {Mode: fs.ModeNamedPipe}}
	for name, want := range map[string]struct {
		path string
		err  error
	}{
		"absent": {"shown", fs.ErrNotExist},
		"empty":  {"shown/rubric.yaml", fs.ErrNotExist},
		"folder": {"shown/rubric.yaml", document.ErrFolder},
		"pipe":   {"shown", document.ErrNotRegular},
	} {
		_, err := rubric.Load(files, name, "shown")
		var bad *fs.PathError
		if !errors.As(err, &bad) || bad.Path != want.path || !errors.Is(err, want.err) {
			t.Errorf("%s: got %v, want %v at %s", name, err, want.err, want.path)
		}
	}
	if _, err := rubric.Load(strangeFS{}, "a", "shown"); err == nil || err.Error() != "open shown: strange" {
		t.Errorf("an error that is no path error: %v", err)
	}
}

type strangeFS struct{}

func (strangeFS) Open(string) (fs.File, error) { return nil, errors.New("strange") }

// TestLoadStaysInFolder plants links in a real folder: one out of it, one in a ring. os.Root must follow neither.
func TestLoadStaysInFolder(t *testing.T) {
	dir := t.TempDir()
	inside := filepath.Join(dir, "r")
	if err := os.CopyFS(inside, mustSub(t, rubrictest.Files(), rubrictest.Folder)); err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(inside)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	if _, err := rubric.Load(root.FS(), ".", "shown"); err != nil {
		t.Fatal(err)
	}
	area := filepath.Join(inside, "people.yaml")
	if err := os.Rename(area, filepath.Join(dir, "people.yaml")); err != nil {
		t.Fatal(err)
	}
	for _, target := range []string{"../people.yaml", "people.yaml", filepath.Join(dir, "people.yaml")} {
		os.Remove(area)
		if err := os.Symlink(target, area); err != nil {
			t.Skipf("no symbolic links here: %v", err)
		}
		_, err := rubric.Load(root.FS(), ".", "shown")
		if got := complaint(err); !strings.HasPrefix(got, "shown/rubric.yaml:12:16: areas[1]: people.yaml cannot be read: ") || strings.Contains(got, "\n") {
			t.Errorf("link to %s: %s", target, got)
		}
	}
}

func mustSub(t *testing.T, fsys fs.FS, dir string) fs.FS {
	t.Helper()
	sub, err := fs.Sub(fsys, dir)
	if err != nil {
		t.Fatal(err)
	}
	return sub
}
