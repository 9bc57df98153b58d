"""Writing .xlsx: one escape, one page set-up, one height of rows, one set of looks for all workbooks."""
