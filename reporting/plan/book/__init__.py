"""plan.xlsx, written and read."""
