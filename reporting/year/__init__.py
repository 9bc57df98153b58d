"""The year as it stands: opened once, issue in force, decisions, exceptions, consolidation, standings."""
