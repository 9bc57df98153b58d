"""What the tests are built from: plans and years, workbooks in every format, readers of what is written."""
