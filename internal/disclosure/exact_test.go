package disclosure_test

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pmpath/pmpath/internal/disclosure"
	"github.com/pmpath/pmpath/internal/disclosure/disclosuretest"
)

// Case s17: figures by complete enumeration, made for this purpose.
func TestExposedAsInS17(t *testing.T) {
	data, err := os.ReadFile("testdata/s17-disclosure.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Cases []struct {
			Case  string
			K     int
			Cells []struct {
				ID string
				N  int
			}
			Totals   [][]string `json:"released_totals"`
			Expected struct {
				Safe bool
				Sets [][]string `json:"exposed_minimal_sets"`
			}
		}
	}
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Cases) != 16 {
		t.Fatalf("%d cases, want 16", len(file.Cases))
	}
	for _, c := range file.Cases {
		t.Run(c.Case, func(t *testing.T) {
			index, people := map[string]int{}, []int{}
			for i, cell := range c.Cells {
				index[cell.ID] = i
				people = append(people, cell.N)
			}
			totals := make([][]int, len(c.Totals))
			for i, total := range c.Totals {
				for _, id := range total {
					totals[i] = append(totals[i], index[id])
				}
			}
			got := [][]string{}
			for _, set := range disclosure.Exposed(people, totals, c.K) {
				var ids []string
				for _, i := range set {
					ids = append(ids, c.Cells[i].ID)
				}
				got = append(got, ids)
			}
			slices.SortFunc(c.Expected.Sets, slices.Compare)
			if diff := cmp.Diff(c.Expected.Sets, got); diff != "" {
				t.Errorf("exposed sets (-want +got):\n%s", diff)
			}
			if c.Expected.Safe != (len(got) == 0) {
				t.Errorf("safe is %v", c.Expected.Safe)
			}
			// The independent check of these tests must agree, or it proves nothing elsewhere.
			found := disclosuretest.Published{People: people, Totals: totals}.Follows(c.K)
			if (found == nil) != c.Expected.Safe {
				t.Errorf("the check of the tests finds %v, safe is %v", found, c.Expected.Safe)
			}
		})
	}
}

// A set of two cells that follows together although neither does alone: A+B+C − C, of 9 − 5 = 4 people.
func TestExposedPair(t *testing.T) {
	got := disclosure.Exposed([]int{2, 2, 5, 9}, [][]int{{0, 1, 2}, {2}}, 5)
	if want := [][]int{{0, 1}}; !cmp.Equal(want, got) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestWords(t *testing.T) {
	var said []string
	for _, r := range []disclosure.Reason{disclosure.Shown, disclosure.Small, disclosure.WouldReveal, disclosure.NoSplit} {
		said = append(said, r.Words(5))
	}
	if got := strings.Join(said, "|"); got != "|n < 5|would reveal another group|too few to split" {
		t.Error(got)
	}
}
