"""Reading any spreadsheet, or a table in a text or Word document, as a grid of cells; tables by heading."""
