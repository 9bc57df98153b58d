"""How far a long command is, told to whoever watches."""

from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Told how many of how many pieces are done, so that the command line can draw a bar."""


def silent(_done: int, _total: int) -> None:
    """Nobody is watching."""
