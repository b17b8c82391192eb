package document

// Numeral is a Pattern that whole numbers match too: what an editor takes for a number, as 3, stands beside what it takes for a text, as 3/2 or 40%.
func Numeral(name, pattern, example string) *Shape {
	s := Pattern(name, pattern, example)
	s.value.schema["type"] = []string{"integer", "string"}
	return s
}
