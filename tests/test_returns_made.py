"""Return workbooks of an invented city: what collect says of each, to the last finding."""

from __future__ import annotations
