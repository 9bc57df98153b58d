"""One way for every document: the office's template, what it is to print, and what it leaves out of that.

An office restyles templates and forgets names that came later; whoever makes a document tells the office so,
a letter of one page as well as the report of a year.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reporting.documents import Output
from reporting.office.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Made:
    """A finished document (成文), and sentences on what its template does not print."""

    data: bytes
    notes: tuple[str, ...] = ()


def make_document(workspace: Workspace, output: Output, context: Mapping[str, object]) -> Made:
    """Fill the template of a document, a Word file or a page, as the workspace has it.

    Raises ``DubanError`` with a sentence for the coordinator when the template cannot be used.
    """
    from reporting.documents.filling.page import fill_page
    from reporting.documents.filling.word import fill_template, left_out

    template = workspace.template(output.template)
    if template.suffix == ".html":
        return Made(fill_page(template, context))
    return Made(fill_template(template, context), tuple(left_out(template, context)))
