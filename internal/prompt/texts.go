package prompt

// Every word of ours that people see stands here, so that it can be read, and
// one day translated, as a whole. Texts of the list prompt stay within 20
// columns unless they are wrapped.
const (
	textChoose    = "(choose)"           // the row every list starts on
	textRefused   = "Please choose one." // Enter on that row
	textAnswer    = "Answer:"            // at most 7 cells, see listMessage
	textLine      = "Your text:"
	textNothing   = "(nothing)" // an empty line, said in words
	textListHint  = "A number or the arrow keys choose, Enter confirms. Ctrl-C stops."
	textTooLong   = "That line is too long; please make it shorter."
	textQuestion  = "Question "
	textAnswers   = "Possible answers:"
	textActions   = "Or: "
	textChosen    = "You chose: "
	textTyped     = "You typed: "
	textYour      = "Your answer: "
	textWordHint  = "Type what stands before an answer, then Enter. Type help to hear the question again, quit to stop."
	textLineHint  = "Type one line, then Enter. Type quit to stop."
	textUnknown   = "There is no such answer. Please type what stands before one of the answers."
	textAmbiguous = "More than one answer begins like that. Please type a little more."
	wordHelp      = "help"
	wordQuit      = "quit"
)
