package main

import (
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/path"
	"github.com/pmpath/pmpath/internal/rubric"
)

// wishOptions say what a path is to be like, for every command that looks for one.
type wishOptions struct {
	by        choice
	not, keep []string
	atMost    string
}

func (o *wishOptions) flags(cmd *cobra.Command) {
	o.by = choice{value: path.Steps.String(), words: []string{path.Steps.String(), path.Effort.String()}}
	cmd.Flags().Var(&o.by, "by", "what the path is short in")
	cmd.Flags().StringArrayVar(&o.not, "not", nil, "take no step in this area, skill, question or gate; repeatable")
	cmd.Flags().StringArrayVar(&o.keep, "keep", nil, "take at least one step there; repeatable")
	cmd.Flags().StringVar(&o.atMost, "at-most", "", "the most raises within one area, such as 2 or \"2 per area\"")
}

// in finds out what the wishes mean in a rubric.
func (o *wishOptions) in(r *rubric.Rubric) (path.Wishes, error) {
	var wishes path.Wishes
	var err error
	if wishes.AtMost, err = o.limit(); err != nil {
		return wishes, err
	}
	if o.by.value == path.Effort.String() {
		wishes.By = path.Effort
	}
	if wishes.Not, err = placesNamed(r, "--not", o.not); err != nil {
		return wishes, err
	}
	wishes.Keep, err = placesNamed(r, "--keep", o.keep)
	return wishes, err
}

var limitForm = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^([1-9][0-9]{0,3})( per area)?$`) })

// limit reads --at-most.
func (o *wishOptions) limit() (int, error) {
	if o.atMost == "" {
		return 0, nil
	}
	match := limitForm().FindStringSubmatch(o.atMost)
	if match == nil {
		return 0, withHint(usage("--at-most: %q is no such limit", o.atMost), `use a number from 1, such as 2 or "2 per area"`)
	}
	return strconv.Atoi(match[1])
}

// placesNamed finds what a person named in one of the wishes.
func placesNamed(r *rubric.Rubric, flag string, names []string) ([]path.Place, error) {
	var places []path.Place
	for _, name := range names {
		found := path.Named(r, name)
		switch len(found) {
		case 0:
			return nil, withHint(usage("%s: nothing in the rubric is called %q", flag, name), nearestPlace(r, name))
		case 1:
			places = append(places, found[0])
		default:
			var ids []string
			for _, p := range found {
				ids = append(ids, p.ID())
			}
			return nil, withHint(usage("%s: %q can mean several things", flag, name), "use one of: "+strings.Join(ids, ", "))
		}
	}
	return places, nil
}

func nearestPlace(r *rubric.Rubric, name string) string {
	var known []string
	for _, p := range path.Places(r) {
		known = append(known, p.ID())
	}
	return document.Nearest(name, known, "`pmpath rubric show` lists areas, competencies and questions")
}
