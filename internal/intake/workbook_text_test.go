package intake

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// What excelize writes in every kind of cell, we read as excelize reads it, raw.
func TestTextsOfAWorkbook(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	cells := map[string]any{
		"A1": "plain", "B1": " kept space ", "C1": "two\nlines", "D1": "日本語 <&>", "E1": "_x0041_ is no A", "F1": 3, "G1": 2.5, "H1": -7, "J1": "after a gap",
		"A3": time.Date(2026, time.November, 22, 0, 0, 0, 0, time.UTC), "B3": "plain", "C3": "bell",
	}
	for name, value := range cells {
		if err := f.SetCellValue("Sheet1", name, value); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.SetCellRichText("Sheet1", "D3", []excelize.RichTextRun{{Text: "bold ", Font: &excelize.Font{Bold: true}}, {Text: "and not"}}); err != nil {
		t.Fatal(err)
	}
	var data bytes.Buffer
	if err := f.Write(&data); err != nil {
		t.Fatal(err)
	}
	again, err := excelize.OpenReader(bytes.NewReader(data.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	want, err := again.GetRows("Sheet1", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	book, fault := readBook(data.Bytes())
	if fault != nil {
		t.Fatal(fault.what)
	}
	scan, err := book.scan()
	if err != nil {
		t.Fatal(err)
	}
	rows := &bookRows{book: book, xml: scan}
	defer rows.close()
	var lines []int
	for {
		cells, faults, ok := rows.next(0)
		if !ok {
			break
		}
		var got []string
		for _, c := range cells {
			got = append(got, c.text)
		}
		line := rows.xml.row.number
		lines = append(lines, line)
		if len(faults) > 0 || !slices.Equal(got, want[line-1]) {
			t.Errorf("row %d: %q and %v, want %q", line, got, faults, want[line-1])
		}
	}
	if !slices.Equal(lines, []int{1, 3}) {
		t.Errorf("rows %v", lines)
	}
}

// Names of cells as excelize has them, in every column of a sheet.
func TestNamesOfCells(t *testing.T) {
	for column := 1; column <= excelize.MaxColumns; column++ {
		want, err := excelize.CoordinatesToCellName(column, 7)
		if err != nil {
			t.Fatal(err)
		}
		if got := cellName(7, column); got != want {
			t.Fatalf("column %d is %s, want %s", column, got, want)
		}
		if x, y := placeOf(want); x != column || y != 7 {
			t.Fatalf("%s is %d, %d", want, x, y)
		}
	}
	for _, name := range []string{"", "7", "A", "A0", "A07", "a1", "A1B", "$A$1", "ABCD1", "A-1", "A+1"} {
		if x, y := placeOf(name); x != 0 || y != 0 {
			t.Errorf("%q is %d, %d", name, x, y)
		}
	}
}

// Days by the table of ECMA-376, part 1, section 18.17.4.1, and by excelize for each day of some two hundred years.
func TestDaysOfAWorkbook(t *testing.T) {
	known := []struct {
		serial int
		from04 bool
		want   string
	}{{1, false, "1900-01-01"}, {59, false, "1900-02-28"}, {61, false, "1900-03-01"}, {2_958_465, false, "9999-12-31"}, {0, true, "1904-01-01"}, {1462, false, "1904-01-01"}}
	for _, k := range known {
		if day, ok := dayOfSerial(k.serial, k.from04); !ok || day.Format(time.DateOnly) != k.want {
			t.Errorf("%d (from 1904: %v) is %v, %v, want %s", k.serial, k.from04, day, ok, k.want)
		}
	}
	for serial := 62; serial < 80_000; serial++ {
		for _, from04 := range []bool{false, true} {
			want, err := excelize.ExcelDateToTime(float64(serial), from04)
			if err != nil {
				t.Fatal(err)
			}
			if day, ok := dayOfSerial(serial, from04); !ok || !day.Equal(want) {
				t.Fatalf("%d (from 1904: %v) is %v, want %v", serial, from04, day, want)
			}
		}
	}
	for _, serial := range []int{-1, 60, 2_958_466} {
		if _, ok := dayOfSerial(serial, false); ok {
			t.Errorf("%d is a day", serial)
		}
	}
}
