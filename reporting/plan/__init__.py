"""The plan: from the document to plan.xlsx and back, its rules, its changes, who gets which task."""
