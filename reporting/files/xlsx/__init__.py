"""Writing parts of an .xlsx as XML: one escape, one page set-up, one height of rows, one set of looks."""
