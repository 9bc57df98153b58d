"""What ``build.py`` makes the Word templates of."""
