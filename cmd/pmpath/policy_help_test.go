package main

import (
	"testing"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/policy"
	"github.com/pmpath/pmpath/rubrics"
)

// What the help shows can be read, and shows every measure.
func TestPolicyHelp(t *testing.T) {
	r, err := rubrics.Load("product-management")
	if err != nil {
		t.Fatal(err)
	}
	n, err := document.ParseYAML("policy", []byte(policyExample))
	if err != nil {
		t.Fatal(err)
	}
	p, err := policy.Read(r, n)
	if err != nil {
		t.Fatal(err)
	}
	for m := policy.Ready; m <= policy.EvidenceAge; m++ {
		if _, shown := p.Wants(m); !shown {
			t.Errorf("the help shows no rule about %s", m)
		}
	}
	if n, err = document.ParseYAML("waivers", []byte(waiversExample)); err != nil {
		t.Fatal(err)
	}
	if w, err := policy.ReadWaivers(p, n); err != nil || len(w) != 1 {
		t.Errorf("%v %v", w, err)
	}
}
