"""Plan documents of every format as lines."""
