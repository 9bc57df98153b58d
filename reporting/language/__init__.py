"""Chinese as clerks write it: characters, figures, dates, names of units, likeness and wording."""
