"""What each command says, in plain Chinese: one module for each concern, one function for each result."""
