package report

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"

	"github.com/pmpath/pmpath/internal/lint"
	"github.com/pmpath/pmpath/internal/sanitize"
)

// SARIF 2.1.0 (Static Analysis Results Interchange Format, OASIS), as far as code scanning reads it.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool      `json:"tool"`
		ColumnKind string         `json:"columnKind"`
		Results    []sarifResult  `json:"results"`
		Properties map[string]int `json:"properties,omitempty"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version"`
		URI     string      `json:"informationUri"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID      string         `json:"id"`
		Short   sarifText      `json:"shortDescription"`
		Full    sarifText      `json:"fullDescription"`
		Help    sarifText      `json:"help"`
		Default sarifDefaults  `json:"defaultConfiguration"`
		Tags    sarifRuleExtra `json:"properties"`
	}
	sarifDefaults struct {
		Level string `json:"level"`
	}
	sarifRuleExtra struct {
		Tags []string `json:"tags"`
	}
	sarifResult struct {
		RuleID       string            `json:"ruleId"`
		RuleIndex    int               `json:"ruleIndex"`
		Level        string            `json:"level"`
		Message      sarifText         `json:"message"`
		Locations    []sarifLocation   `json:"locations"`
		Fingerprints map[string]string `json:"partialFingerprints"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn"`
	}
)

const (
	sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

	// mostResults is how many results code scanning takes; a file with more is refused as a whole.
	mostResults = 25000
)

// FindingsSARIF prints the findings for code scanning. What is accepted is left out: code scanning knows no acceptance in the source and would open an
// alert for each. uri turns the name of a file into a URI that is relative to the repository.
func FindingsSARIF(w io.Writer, result lint.Result, version string, uri func(file string) string) error {
	run := sarifRun{
		Tool:       sarifTool{sarifDriver{"pmpath", version, "https://github.com/pmpath/pmpath", nil}},
		ColumnKind: "unicodeCodePoints",
		Results:    []sarifResult{},
	}
	index := map[string]int{}
	for i, rule := range lint.Rules() {
		index[rule.Name] = i
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRule{
			ID: rule.Name, Short: sarifText{rule.Finds}, Full: sarifText{"Finds " + rule.Finds + "."}, Help: sarifText{"To mend it: " + rule.Do + "."},
			Default: sarifDefaults{rule.Severity.String()}, Tags: sarifRuleExtra{[]string{"rubric"}},
		})
	}
	seen := map[string]int{}
	for i, f := range result.Findings {
		if i == mostResults {
			run.Properties = map[string]int{"resultsLeftOut": len(result.Findings) - mostResults}
			break
		}
		what := f.Rule.Name + "\n" + f.Place
		seen[what]++
		run.Results = append(run.Results, sarifResult{
			RuleID: f.Rule.Name, RuleIndex: index[f.Rule.Name], Level: f.Rule.Severity.String(),
			Message:      sarifText{sanitize.Line(f.What + " – " + f.Rule.Do)},
			Locations:    []sarifLocation{{sarifPhysical{sarifArtifact{uri(f.File)}, regionOf(f)}}},
			Fingerprints: map[string]string{"primaryLocationLineHash": fingerprint(what, seen[what])},
		})
	}
	return JSON(w, sarifLog{sarifSchema, "2.1.0", []sarifRun{run}})
}

// regionOf is nothing for a finding about a file as a whole.
func regionOf(f lint.Finding) *sarifRegion {
	if f.Line == 0 {
		return nil
	}
	return &sarifRegion{f.Line, f.Column}
}

// fingerprint tells a finding from others by its rule and its part of the rubric, so that it stays the same while lines move and words change.
func fingerprint(what string, number int) string {
	sum := sha256.Sum256([]byte(what))
	return fmt.Sprintf("%s:%d", hex.EncodeToString(sum[:8]), number)
}
