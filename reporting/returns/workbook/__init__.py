"""The workbook of a unit, built once and stamped for each; the same marked as a correction."""
