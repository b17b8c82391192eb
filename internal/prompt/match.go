package prompt

import "strings"

// match finds the options that what was typed can mean: the one whose key or
// other word it is, or else all of which one begins with it. "1" therefore means 1 also where
// there is a 10. exact tells the first case.
func match(options []Option, typed string) (found []int, exact bool) {
	typed = strings.ToLower(strings.TrimSpace(typed))
	if typed == "" {
		return nil, false
	}
	for i, o := range options {
		key, also := strings.ToLower(o.Key), strings.ToLower(o.Also)
		if key == typed || also == typed {
			return []int{i}, true
		}
		if strings.HasPrefix(key, typed) || also != "" && strings.HasPrefix(also, typed) {
			found = append(found, i)
		}
	}
	return found, false
}

// rowFilter is match for survey's list, whose row 0 is the (choose) row. It
// never leaves the list empty: survey panics on an empty one. While several
// options are possible the (choose) row stays in front of them, so that Enter
// on half a key is no answer.
func rowFilter(options []Option) func(typed, value string, row int) bool {
	return func(typed, _ string, row int) bool {
		found, _ := match(options, typed)
		if len(found) == 0 {
			return true
		}
		if row == 0 {
			return len(found) > 1
		}
		for _, i := range found {
			if i == row-1 {
				return true
			}
		}
		return false
	}
}
