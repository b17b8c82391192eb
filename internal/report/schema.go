package report

import (
	"reflect"
	"strings"
)

// Schema describes the JSON form of a report as a JSON Schema (draft 2020-12). It is read off the types that are printed, so it cannot differ from them.
// Fields that it does not name may be added within one schema version.
func Schema(id string) map[string]any {
	schema := schemaOf(reflect.TypeFor[Report]())
	schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	schema["$id"] = id
	schema["title"] = "pmpath report"
	return schema
}

func schemaOf(t reflect.Type) map[string]any {
	if t == reflect.TypeFor[Amount]() {
		return amountSchema()
	}
	switch t.Kind() {
	case reflect.Pointer:
		return map[string]any{"anyOf": []any{schemaOf(t.Elem()), map[string]any{"type": "null"}}}
	case reflect.Slice:
		return map[string]any{"type": "array", "items": schemaOf(t.Elem())}
	case reflect.Struct:
		properties, required := map[string]any{}, []string{}
		addFields(t, properties, &required)
		return map[string]any{"type": "object", "properties": properties, "required": required}
	case reflect.String:
		return map[string]any{"type": "string"}
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	default:
		return map[string]any{"type": "integer"} // every other number of a report is an Amount
	}
}

// addFields adds the fields of a struct and of those that it embeds.
func addFields(t reflect.Type, properties map[string]any, required *[]string) {
	for i := range t.NumField() {
		field := t.Field(i)
		if field.Anonymous {
			addFields(field.Type, properties, required)
			continue
		}
		if !field.IsExported() {
			continue
		}
		name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		properties[name] = schemaOf(field.Type)
		if options != "omitempty" {
			*required = append(*required, name)
		}
	}
}

func amountSchema() map[string]any {
	return map[string]any{
		"type":        "object",
		"description": "exact is a whole number or a fraction p/q; decimal is the same rounded down to four places",
		"properties": map[string]any{
			"exact":   map[string]any{"type": "string", "pattern": `^-?[0-9]+(/[1-9][0-9]*)?$`},
			"decimal": map[string]any{"type": "number"},
		},
		"required": []string{"exact", "decimal"},
	}
}
