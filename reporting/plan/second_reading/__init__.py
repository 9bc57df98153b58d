"""A second reading of a plan document, by another method than the first.

``plan.reading`` goes by markers, labels and brackets; this goes by the names of offices. It knows how offices
are called at each level and which names the document itself lists, cuts every passage into names, words of
roles and the rest, and asks of each task whether the first reading made the same of the passage. It changes
nothing: where the two differ, a finding says so with what this one read. It shares no code with the first.
"""
