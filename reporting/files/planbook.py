"""plan.xlsx, the workbook in which the coordinator corrects the task list by hand.

``write_planbook`` makes it from a plan, ``read_planbook`` reads it back after the coordinator has worked in
it with Excel, WPS or LibreOffice. Written and read again, a plan is the same but for the places.
"""

from __future__ import annotations

from reporting.plan.book.kinds import KINDS
from reporting.plan.book.patch import fill_blanks
from reporting.plan.book.read import Planbook, open_planbook, read_if_planbook, read_planbook, read_remarks
from reporting.plan.book.write import make_planbook, write_planbook

__all__ = [
    "KINDS",
    "Planbook",
    "fill_blanks",
    "make_planbook",
    "open_planbook",
    "read_if_planbook",
    "read_planbook",
    "read_remarks",
    "write_planbook",
]
