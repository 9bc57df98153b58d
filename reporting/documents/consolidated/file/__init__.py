"""The consolidated workbook (汇总表) as a file: its sheets written as XML, and its 核定 columns read back."""
