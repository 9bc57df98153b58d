"""What changed between two plans, and a corrected document laid over an edited plan."""
