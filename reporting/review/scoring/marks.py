"""Figures of the scoring: exact between the roundings, rounded as people do by hand, and written out."""

import math
from fractions import Fraction

from reporting.language.values import format_number

FULL = 100


def exact(value: float) -> Fraction:
    """A figure as it is written: 0.1 is a tenth and not the nearest binary fraction."""
    return Fraction(str(value))


def tenth(value: Fraction | float) -> float:
    """Round to one decimal, halves up: 86.25 is 86.3."""
    whole = value if isinstance(value, Fraction) else exact(value)
    return math.floor(whole * 10 + Fraction(1, 2)) / 10


def marks(value: float) -> str:
    """Write marks to one decimal, with a proper minus sign."""
    return f"{value:.1f}".replace("-", "−")


def figure(value: Fraction | float) -> str:
    """Write a weight, a sum or a deduction as it is, to four decimals at most."""
    return format_number(round(float(value), 4)).replace("-", "−")


def percentage(done: Fraction) -> str:
    """Write a ratio as a percentage to two decimals, halves up."""
    return f"{format_number(math.floor(done * 10_000 + Fraction(1, 2)) / 100)}%"
