"""Single cells of verified results to figures and dates; what is vague is none."""

from __future__ import annotations

from reporting.language.values import convert, parse_measure, parse_quantity
from reporting.model import Value


def exact_points(value: Value) -> float | None:
    """Marks: a bare number or one with 分, and nothing vague such as 约90 or 90以上."""
    quantity = parse_quantity(value)
    if quantity is None or quantity.approximate or quantity.op != "=" or quantity.unit not in ("", "分"):
        return None
    return quantity.value


def exact_measure(value: Value, measure: str) -> float | None:
    """A verified figure in the unit of the plan; a vague one is none."""
    quantity = parse_quantity(value)
    if quantity is None or quantity.approximate or quantity.op != "=":
        return None
    if convert(quantity, measure) is None:
        return None
    return parse_measure(value, measure)
