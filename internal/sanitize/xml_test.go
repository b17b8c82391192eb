package sanitize

import (
	"encoding/xml"
	"testing"

	"pgregory.net/rapid"
)

func TestXML(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", ""},
		{"plain, 3 of 5", "plain, 3 of 5"},
		{`<a b="c">&'`, "&lt;a b=&#34;c&#34;&gt;&amp;&#39;"},
		{"]]>", "]]&gt;"},
		{"a\x00b\x0bc", "a&lt;U+0000&gt;b&lt;U+000B&gt;c"},
		{"a\nb", "a b"},
		{"\ufffea\uffff", "&lt;U+FFFE&gt;a&lt;U+FFFF&gt;"},
		{"\xff", "\ufffd"},
		{"👍 日本", "👍 日本"},
	} {
		if got := XML(c.in); got != c.want {
			t.Errorf("XML(%+q) = %+q, want %+q", c.in, got, c.want)
		}
	}
}

// A value is read back by a parser as Line says it, in text and in attributes.
func TestXMLProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := hostile().Draw(t, "text")
		var back struct {
			Attribute string `xml:"a,attr"`
			Text      string `xml:",chardata"`
		}
		if err := xml.Unmarshal([]byte(`<x a="`+XML(s)+`">`+XML(s)+`</x>`), &back); err != nil {
			t.Fatal(err)
		}
		if back.Attribute != Line(s) || back.Text != Line(s) {
			t.Errorf("XML(%+q) reads back as %+q and %+q", s, back.Attribute, back.Text)
		}
	})
}
