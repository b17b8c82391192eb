package change_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/pmpath/pmpath/internal/change"
	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// edited loads the small rubric with pieces of its text replaced, in pairs.
func edited(t *testing.T, replacements ...string) *rubric.Rubric {
	t.Helper()
	data, err := readSmall()
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	for i := 0; i < len(replacements); i += 2 {
		if !strings.Contains(text, replacements[i]) {
			t.Fatalf("the small rubric has no %q", replacements[i])
		}
		text = strings.Replace(text, replacements[i], replacements[i+1], 1)
	}
	r, err := rubric.Load(fstest.MapFS{"r.yaml": {Data: []byte(text)}}, "r.yaml", "r.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func readSmall() ([]byte, error) {
	file, err := rubrictest.Files().Open(rubrictest.Single)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	data := make([]byte, info.Size())
	_, err = file.Read(data)
	return data, err
}

func taken(t *testing.T, r *rubric.Rubric, text string, notAsked ...string) change.Taken {
	t.Helper()
	node, err := document.ReadStream(strings.NewReader("pmpath: 1\nrubric: "+r.Ref()+"\ntarget: builder\ndate: 2026-11-22\n"+text), "test")
	if err != nil {
		t.Fatal(err)
	}
	s, err := response.Read(r, node)
	if err != nil {
		t.Fatal(err)
	}
	return change.Taken{Sheet: s, NotAsked: notAsked}
}

// told is a Diff in words, for comparing.
func told(d *change.Diff) []string {
	var lines []string
	for _, c := range d.Items {
		lines = append(lines, "item "+c.Item.ID)
	}
	for _, c := range d.Gates {
		lines = append(lines, "gate "+c.Gate.ID)
	}
	for _, u := range d.NotCompared {
		lines = append(lines, string(u.Why)+" "+u.ID)
	}
	for _, r := range d.Roles {
		if r.Cause != "" {
			lines = append(lines, "role "+r.Stage.ID+" "+string(r.Cause))
		}
	}
	return lines
}

func TestBetween(t *testing.T) {
	small := edited(t)
	low, high := "answers: {problem-note: 1, scope-cut: 1, measure-read: 1, hard-talk: 1}\n", "answers: {problem-note: 2, scope-cut: 1, measure-read: 1, hard-talk: 1}\n"
	reworded := edited(t, "Which problem did you write down last?", "Which problem did you note last?")
	stricter := edited(t, "{level: 2, weight: 2, must: true, why: Builders start", "{level: 3, weight: 2, must: true, why: Builders start")
	typo := edited(t, "A few small gaps are normal.", "Small gaps are normal.")
	for _, tc := range []struct {
		name          string
		before, after change.Taken
		want          []string
		same          int
	}{
		{"nothing", taken(t, small, low), taken(t, small, low), nil, 7},
		{"an answer", taken(t, small, low), taken(t, small, high), []string{"item problem-note", "role builder person"}, 6},
		{"an answer less", taken(t, small, low), taken(t, small, "answers: {problem-note: 1, scope-cut: 1, measure-read: 1}\n"), []string{"item hard-talk", "role builder person"}, 6},
		{"not asked", taken(t, small, low), taken(t, small, "answers: {problem-note: 1, scope-cut: 1, measure-read: 1}\n", "hard-talk", "trusted"),
			[]string{"not_asked hard-talk", "not_asked trusted", "role builder person"}, 5},
		{"a gate", taken(t, small, low), taken(t, small, low+"gates: {ran-session: true}\n"), []string{"gate ran-session"}, 6},
		{"evidence alone", taken(t, small, low+"gates: {shipped-once: {met: true, kind: self, when: 2026-10-01}}\n"),
			taken(t, small, low+"gates: {shipped-once: {met: true, kind: artifact, when: 2026-10-01}}\n"), nil, 7},
		{"another question", taken(t, small, low), taken(t, reworded, high), []string{"reworded problem-note", "role builder rubric"}, 6},
		{"another level asked", taken(t, small, high), taken(t, stricter, high), []string{"role builder rubric"}, 7},
		{"both", taken(t, small, low), taken(t, stricter, "answers: {problem-note: 3, scope-cut: 3, measure-read: 1, hard-talk: 1}\n"),
			[]string{"item problem-note", "item scope-cut", "role builder person and rubric"}, 5},
		{"another reason in the rubric", taken(t, small, low), taken(t, typo, high), []string{"item problem-note", "role builder person"}, 6},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := change.Between(tc.before, tc.after)
			if diff := cmp.Diff(tc.want, told(d)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			if d.Same != tc.same {
				t.Errorf("%d alike, want %d", d.Same, tc.same)
			}
			if d.SameRubric != (tc.before.Sheet.Rubric.Digest == tc.after.Sheet.Rubric.Digest) {
				t.Error("SameRubric is wrong")
			}
		})
	}
}

// Each side is judged by the rubric of its time. By hand, for builder: framing (2·1+1)/3 = 1, 1, 1 of level 2 over a span of 1: 0 of 2 points; measuring 1 of 1;
// talking 1 of 1: fit 1/2. With problem-note 2: framing (2·2+1)/3 = 5/3: 2·2/3 = 4/3 points, fit (4/3 + 2)/4 = 5/6.
func TestFitOfBothTimes(t *testing.T) {
	small := edited(t)
	d := change.Between(taken(t, small, "answers: {problem-note: 1, scope-cut: 1, measure-read: 1, hard-talk: 1}\n"),
		taken(t, small, "answers: {problem-note: 2, scope-cut: 1, measure-read: 1, hard-talk: 1}\n"))
	role := d.Roles[0]
	if before, after := role.Before.Fit().Worst.String(), role.After.Fit().Worst.String(); before != "1/2" || after != "5/6" {
		t.Errorf("fit %s, then %s; want 1/2, then 5/6", before, after)
	}
	if role.Before.Verdict != readiness.NotReady || !d.Differs() {
		t.Errorf("verdict before: %v", role.Before.Verdict)
	}
}
