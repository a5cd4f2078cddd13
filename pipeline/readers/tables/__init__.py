"""Tables: spreadsheets, questionnaires, records -> answers, a contribution a row and question."""
