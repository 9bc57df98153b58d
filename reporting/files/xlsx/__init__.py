"""Writing: parts of an .xlsx as XML, with one escape, one page set-up, one height of rows and one set of looks."""
