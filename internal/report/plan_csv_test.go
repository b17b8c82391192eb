package report

import (
	"encoding/csv"
	"encoding/xml"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
	"github.com/pmpath/pmpath/internal/sanitize"
)

var forCSV = Options{Clean: sanitize.Line}

func planCSV(t testing.TB, r *PlanReport) string {
	t.Helper()
	var b strings.Builder
	if err := PlanCSV(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// formulas are what spreadsheets would take for one, or for the start of a cell with one.
var formulas = []string{
	`=1+1`, `+1+1`, `-2+3`, `@SUM(1,2)`, "\t=1+1", " =1+1", "\u00a0=1+1", `＝1+1`, `＋1`, `－1`, `＠a`, `=cmd|' /C calc'!A0`, `=HYPERLINK("http://x.example","y")`, `a;=1+1`, `a; "=1+1`,
	"\u200d=1+1", `"=1+1"`, `-`, `=`, "x\n=1+1", `'=1+1`, `-5`, `-5.5`, `漢=字`, `กขค-1`,
}

// formulaRubric is the small one with every text a formula, in the order of walking, so that each has a place.
func formulaRubric(t testing.TB) *rubric.Rubric {
	n := 0
	return rewritten(t, func(string) string {
		n++
		return formulas[n%len(formulas)]
	})
}

// A row for each goal, of as many cells as the heading, in lines that end as RFC 4180 says.
func TestPlanCSV(t *testing.T) {
	a := assess(t, rubrictest.Small(t), people[2].sheet)
	out := planCSV(t, NewPlan(planOf(a), forCSV))
	checkGolden(t, "not-yet.plan-csv", strings.ReplaceAll(out, "\r\n", "␍\n"))
	if strings.Count(out, "\n") != strings.Count(out, "\r\n") || !strings.HasSuffix(out, "\r\n") || strings.HasPrefix(out, "\ufeff") {
		t.Error("line ends of another kind, or a mark in front")
	}
	if out := planCSV(t, NewPlan(planOf(assess(t, rubrictest.Small(t), people[0].sheet)), forCSV)); strings.Count(out, "\r\n") != 1 {
		t.Errorf("without goals: %q", out)
	}
	rapid.Check(t, func(rt *rapid.T) {
		r := rewritten(t, func(string) string {
			return rapid.SampledFrom([]string{drawText(rt), rapid.SampledFrom(formulas).Draw(rt, "formula")}).Draw(rt, "text")
		})
		report := NewPlan(planOf(drawAssessment(rt, r)), forCSV)
		rows, err := csv.NewReader(strings.NewReader(planCSV(t, report))).ReadAll() // refuses rows of another length
		if err != nil || len(rows) != len(report.Goals)+1 {
			rt.Fatalf("%d rows, %v", len(rows), err)
		}
		for _, row := range rows {
			for _, cell := range row {
				if startsFormula.MatchString(cell) && !regexp.MustCompile(`^-?\d+(\.\d+)?$`).MatchString(cell) {
					rt.Errorf("a formula: %q", cell)
				}
			}
		}
	})
}

// startsFormula is the advice of OWASP on CSV injection, with the separator that half of Europe uses.
var startsFormula = regexp.MustCompile(`(^|;)[\s"]*[=+\-@＝＋－＠\t\r]`)

// gnumericCell is a cell as Gnumeric keeps it. A formula has no ValueType.
type gnumericCell struct {
	Row   int    `xml:"Row,attr"`
	Col   int    `xml:"Col,attr"`
	Type  string `xml:"ValueType,attr"`
	Value string `xml:",chardata"`
}

// A spreadsheet program opens the file and has what the plan says, in each cell: texts as texts, numbers as numbers, dates as dates, and no formula.
func TestPlanInASpreadsheet(t *testing.T) {
	convert, err := exec.LookPath("ssconvert")
	if err != nil {
		skipLoudly(t, "ssconvert is not installed; it is in Debian's package gnumeric")
	}
	for name, a := range map[string]*readiness.Assessment{
		"plain": assess(t, rubrictest.Small(t), people[2].sheet), "formulas": assess(t, formulaRubric(t), people[2].sheet), "hostile": hostileAssessment(t, people[2].sheet),
	} {
		t.Run(name, func(t *testing.T) {
			report := NewPlan(planFrom(a, "2027-12-30", 2), forCSV)
			cells := opened(t, convert, planCSV(t, report))
			const columns = 20
			if len(cells) != len(report.Goals)+1 {
				t.Fatalf("%d rows for %d goals", len(cells), len(report.Goals))
			}
			for i, g := range report.Goals {
				row := cells[i+1]
				want := make([]string, columns)
				for column, text := range map[int]string{1: g.Horizon, 2: g.Kind, 3: g.ID, 4: g.Title, 7: g.Ask, 8: g.Evidence, 13: whyWords(g)} {
					want[column] = text
				}
				if g.To != nil {
					want[7] = g.To.Text
				}
				for kind, column := range map[string]int{"practice": 14, "mentor": 15, "network": 16, "course": 17, "certificate": 18} {
					want[column] = actionsOf(g, kind)
				}
				for column := range columns {
					cell := row[column]
					switch {
					case column == 0, column == 5, column == 6, column == 9, column == 10, column == 11, column == 12: // numbers, below
					case cell.Type == "40" && regexp.MustCompile(`^-?\d+(\.\d+)?$`).MatchString(want[column]): // a text that is a number
					case cell.Type != "" && cell.Type != "60", bare(cell.Value) != bare(want[column]):
						t.Errorf("row %d, column %d: %+v, want %q", i+1, column, cell, want[column])
					}
				}
				numbers := map[int]string{0: strconv.Itoa(i + 1), 10: serial(t, g.Begins), 11: serial(t, g.Due)}
				if g.To != nil {
					numbers[5], numbers[6], numbers[9] = strconv.Itoa(g.From.Level), strconv.Itoa(g.To.Level), strconv.Itoa(*g.Hours)
				}
				for column, number := range numbers {
					if row[column].Type != "40" || row[column].Value != number {
						t.Errorf("row %d, column %d: %+v, want the number %s", i+1, column, row[column], number)
					}
				}
			}
		})
	}
}

// bare leaves out apostrophes and white space: a spreadsheet may take the apostrophe in front for the mark of a text, as it is meant, and blanks off the ends.
func bare(text string) string {
	return strings.NewReplacer("'", "", " ", "", "\u00a0", "").Replace(text)
}

// serial is a date as spreadsheets count: days since 1899-12-30.
func serial(t *testing.T, date string) string {
	t.Helper()
	day, err := time.Parse(time.DateOnly, date)
	if err != nil {
		t.Fatal(err)
	}
	return strconv.Itoa(int(day.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24))
}

// opened lets the spreadsheet program open a file and returns its cells by row and column. No cell may be a formula.
func opened(t *testing.T, convert, data string) []map[int]gnumericCell {
	t.Helper()
	folder := t.TempDir()
	from, to := filepath.Join(folder, "plan.csv"), filepath.Join(folder, "plan.xml")
	if err := os.WriteFile(from, []byte(data), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(convert, "--import-encoding=UTF-8", "--export-type=Gnumeric_XmlIO:sax:0", from, to)
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8", "HOME="+folder)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	made, err := os.ReadFile(to)
	if err != nil {
		t.Fatal(err)
	}
	var book struct {
		Cells []gnumericCell `xml:"Sheets>Sheet>Cells>Cell"`
	}
	if err := xml.Unmarshal(made, &book); err != nil {
		t.Fatal(err)
	}
	if len(book.Cells) < 50 {
		t.Fatalf("only %d cells", len(book.Cells))
	}
	var rows []map[int]gnumericCell
	for _, cell := range book.Cells {
		if cell.Type == "" {
			t.Errorf("a formula: %+v", cell)
		}
		for len(rows) <= cell.Row {
			rows = append(rows, map[int]gnumericCell{})
		}
		rows[cell.Row][cell.Col] = cell
	}
	return rows
}

// The program would notice: what is not defended is a formula to it.
func TestSpreadsheetKnowsFormulas(t *testing.T) {
	convert, err := exec.LookPath("ssconvert")
	if err != nil {
		skipLoudly(t, "ssconvert is not installed; it is in Debian's package gnumeric")
	}
	folder := t.TempDir()
	from, to := filepath.Join(folder, "x.csv"), filepath.Join(folder, "x.csv.txt")
	if err := os.WriteFile(from, []byte("\"text\",\"=1+1\",\"'=1+1\"\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(convert, "--export-type=Gnumeric_stf:stf_csv", from, to)
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8", "HOME="+folder)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if got, _ := os.ReadFile(to); string(got) != "text,2,=1+1\n" {
		t.Errorf("it read %q", got)
	}
}
