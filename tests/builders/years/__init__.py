"""Years made up from a seed, told anew by the tests, and every document of theirs read back."""
