"""Templates filled: a Word template or the page, with what it leaves out."""
