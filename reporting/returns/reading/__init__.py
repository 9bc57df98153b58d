"""A return read from a file: tables, block, signature and what stands around them."""
