"""What a coordinator types, one module for each command, named as it is typed.

A command reads, runs the steps, writes, and gives back what was done; it prints nothing and imports no other
command. A part of one begins with its name (``collect_reply``).
"""
