"""The inspection workbook (核定表), written and read."""
