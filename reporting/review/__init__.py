"""The inspection: what is drawn, the inspection workbook (核定表) both ways, several inspectors, scoring."""
