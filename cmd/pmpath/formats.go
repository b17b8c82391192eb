package main

const formatsHelp = `What pmpath reads about people, told by the end of the name; from standard input
(-) a table or JSON Lines. All of it is checked, and every problem has its place.

  .yaml .yml .json   a sheet of one person: "pmpath rubric sheet" prints an empty one
  .jsonl .ndjson     sheets in JSON, one on each line
  .csv .tsv          a table, with a row for each person or a row for each answer
  .xlsx              a workbook: the same table on its first sheet that is not hidden
  a folder           the sheets in it and below, but for names that begin with a dot

A table with a row for each person has a header, in any order, as "pmpath cohort
template" prints it:
  name               a name or a number that nobody else has; needed
  team               and any other column that is no question: a field to group by
  stage, target      a role, by its id, title or alias; may be empty
  date               the day of the answers, like 2026-11-22
  ID of a question   a level in plain digits; n/a where the question offers "no chance
                     in this role"; nothing where it was not answered
  ID of a gate       yes, no, or nothing
  ID.evidence        of a question: what could be shown
  ID.date            the day of the evidence, of a question or a gate
  ID.kind            of a gate's evidence: artifact, peer or self

A table with a row for each answer has the columns name, question and answer in place of
the ids, the rows of a person stand together, and all say the same in other columns.

Commas, semicolons or tabs stand between cells, and "sep=;" may say which. The text is
UTF-8, UTF-16 with a byte-order mark, or what --encoding says. No cell has a line break.
A row below the header that begins with # is help and skipped. In sheets a key x-team is
the field team, and any x-KEY of the first line of JSON Lines the field KEY; in folders
the team is the folder's name otherwise. A sheet that names nobody is called by its file.

Exports of form tools (Google Forms, Microsoft Forms, Typeform, Qualtrics, LimeSurvey) are
tables with other titles. They are read by a column map: see "pmpath cohort map --help".
Their cells may have line breaks.

Limits:
  a sheet            1 MiB
  a table, lines     any number of rows; a line 1 MiB, 10,000 columns, a cell 32,767
                     characters, names and teams 200 characters
  a workbook         16 MiB, 64 MiB unpacked, 1,000 parts, 100,000 rows
  an export          64 MiB, 200,000 rows`
