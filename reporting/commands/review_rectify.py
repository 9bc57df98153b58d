"""Notices of rectification (整改通知) to the units that the inspection did not simply pass."""

from datetime import datetime

from reporting.documents import rectification
from reporting.documents.acceptance.view import AcceptanceView
from reporting.documents.filling.make import make_document
from reporting.ledger.letters import Sending
from reporting.model import LetterKind
from reporting.model.findings import DubanError, Outcome
from reporting.office.outbox import OUT_REVIEW, safe_name
from reporting.office.workspace import Workspace, exclusive
from reporting.review.verified import current_verified
from reporting.year.open import open_year


@exclusive("review rectify")
def review_rectify(workspace: Workspace, now: datetime) -> Outcome:
    """Write the notices from what is verified by now, and book what goes out.

    All are made before the first is written. Raises ``DubanError`` before anything was verified.
    """
    with open_year(workspace, now) as year:
        whole = year.whole
        verified = current_verified(workspace, year.ledger, whole)
        if verified is None:
            raise DubanError("还没有核定结果，不能写整改通知。请先运行 review collect 收回核定表。")
        view = AcceptanceView(whole, verified.review, verified.scores, workspace.form)
        made = {
            found.unit: make_document(
                workspace, rectification.OUTPUT, rectification.build(view, found, workspace.settings, year.today)
            )
            for found in rectification.units_to_rectify(view)
        }
        ordinals = {line.unit: line.ordinal for line in whole.units}
        sending = Sending(workspace, OUT_REVIEW, now)
        for unit, document in made.items():
            name = f"{whole.year}_{ordinals.get(unit, 0):02}_{safe_name(unit)}_整改通知.docx"
            sending.put(LetterKind.RECTIFICATION, unit, name, document.data, notes=document.notes)
        year.ledger.add_letters(sending.letters, year.number)
    notes = list(sending.notes)
    if old := sending.others("*_整改通知.docx"):
        notes.append(f"“{OUT_REVIEW}”文件夹里还有以前写的整改通知，按现在的结论不再需要，请勿发出：{'、'.join(old)}。")
    return Outcome(sending.written, notes=tuple(notes))
