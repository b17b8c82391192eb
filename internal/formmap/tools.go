package formmap

import "strings"

// Tool is what wrote an export.
type Tool string

// The tools whose exports are recognised. What is known of each stands in the comment of its columns below.
const (
	GoogleForms    Tool = "google-forms"
	MicrosoftForms Tool = "microsoft-forms"
	Typeform       Tool = "typeform"
	Qualtrics      Tool = "qualtrics"
	LimeSurvey     Tool = "limesurvey"
	OtherTool      Tool = "other"
)

var toolNames = map[Tool]string{
	GoogleForms: "Google Forms", MicrosoftForms: "Microsoft Forms", Typeform: "Typeform", Qualtrics: "Qualtrics", LimeSurvey: "LimeSurvey", OtherTool: "a tool that is not known",
}

// Name is the tool as people write it.
func (t Tool) Name() string { return toolNames[t] }

// layout is how the first rows of an export are to be read.
type layout struct {
	tool   Tool
	header int // rows above the people
	titles int // the one with the titles, from 1
	texts  int // the one with the texts of questions, from 1; the same one in most tools
}

// marks of the tools: titles that stand together in no other export.
var toolMarks = []struct {
	tool   Tool
	titles []string
}{
	{LimeSurvey, []string{"submitdate", "startlanguage"}},
	{LimeSurvey, []string{"date submitted", "start language"}},
	{LimeSurvey, []string{"submitdate date submitted", "startlanguage start language"}},
	{Typeform, []string{"submit date utc", "network id"}},
	{Qualtrics, []string{"recordeddate", "responseid"}},
	{MicrosoftForms, []string{"start time", "completion time"}},
	{GoogleForms, []string{"timestamp"}},
}

// importMark stands in every cell of the third header row that Qualtrics writes into CSV and TSV.
const importMark = `{"ImportId":`

// layoutOf recognises a tool by the first rows of its export.
func layoutOf(t *Table) layout {
	for i, row := range t.Rows[:min(len(t.Rows), 4)] {
		if i > 0 && len(row.Cells) > 0 && strings.HasPrefix(strings.TrimSpace(row.Cells[0].Text), importMark) {
			return layout{Qualtrics, i + 1, 1, i}
		}
	}
	titles := map[string]bool{}
	if len(t.Rows) > 0 {
		for _, c := range t.Rows[0].Cells {
			titles[normal(c.Text)] = true
		}
	}
	for _, known := range toolMarks {
		all := true
		for _, title := range known.titles {
			all = all && titles[title]
		}
		switch {
		case all && known.tool == Qualtrics: // a workbook has no third row
			return layout{Qualtrics, 2, 1, 2}
		case all:
			return layout{known.tool, 1, 1, 1}
		}
	}
	return layout{OtherTool, 1, 1, 1}
}

// dateTitles are the columns that hold when a person answered, as normal has them. The day of the end comes before that of the beginning.
var dateTitles = map[Tool][]string{
	GoogleForms:    {"timestamp"},
	MicrosoftForms: {"completion time"},
	Typeform:       {"submit date utc"},
	Qualtrics:      {"enddate"},
	LimeSurvey:     {"submitdate", "date submitted", "submitdate date submitted"},
	OtherTool:      {"date", "timestamp", "submitted", "submission date", "date of the answers"},
}

// ownTitles are the columns that a tool adds and nobody answered. They are not read.
var ownTitles = map[Tool][]string{
	GoogleForms:    {"score", "username", "email address"},
	MicrosoftForms: {"id", "start time", "email", "name", "last modified time", "total points", "quiz feedback", "grade posted time", "language"},
	Typeform:       {"#", "response type", "start date utc", "stage date utc", "network id", "tags", "ending", "score"},
	Qualtrics: {"startdate", "status", "ipaddress", "progress", "duration in seconds", "finished", "recordeddate", "responseid", "recipientlastname",
		"recipientfirstname", "recipientemail", "externalreference", "locationlatitude", "locationlongitude", "distributionchannel", "userlanguage"},
	LimeSurvey: {"id", "response id", "id response id", "lastpage", "last page", "lastpage last page", "startlanguage", "start language", "startlanguage start language",
		"seed", "seed seed", "token", "token access code", "startdate", "date started", "startdate date started", "datestamp", "date last action", "datestamp date last action",
		"ipaddr", "ip address", "ipaddr ip address", "refurl", "referrer url", "refurl referrer url", "interviewtime", "total time"},
}

// nameTitles are the columns that may say who answered, the best first.
var nameTitles = []string{
	normal(NameQuestion), "your name", "name", "full name", "your full name", "first and last name", "what is your name", "respondent", "participant", "code", "your code",
	"email address", "email", "e mail", "your email", "your email address", "username", "recipientemail", "externalreference", "token", "token access code",
}

// idTitles are the columns by which responses, not people, are told apart. They are used where nothing else is there.
var idTitles = []string{"responseid", "#", "response id", "id response id", "id"}

// roleTitles are other words for what `pmpath rubric form` asks.
var roleTitles = map[Kind][]string{
	Team:   {normal(TeamQuestion), "team", "your team", "which team are you in", "team name", "what is your team"},
	Stage:  {normal(StageQuestion), "stage", "your role", "current role", "your current role", "your role today", "role", "what is your current role"},
	Target: {normal(TargetQuestion), "target", "target role", "your target role", "which role do you want to know about"},
}
