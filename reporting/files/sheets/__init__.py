"""Reading: any spreadsheet, and any table in a text or a Word document, as a grid of cells; tables found by heading."""
