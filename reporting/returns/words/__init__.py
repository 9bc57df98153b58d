"""The words that a cell holds, read as a person reads them: what they mean, and how sure that is."""
