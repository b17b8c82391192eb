// Package rubrics holds the rubrics that ship with pmpath, as the YAML files that people edit.
package rubrics
