"""Lines of a plan document → the Plan, in steps that can be tested alone."""
