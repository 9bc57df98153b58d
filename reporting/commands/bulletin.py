"""TODO reporting.commands.bulletin."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime

from reporting.ledger import Ledger
from reporting.ledger.letters import Sending
from reporting.model import LetterKind
from reporting.model.findings import Outcome
from reporting.office.outbox import OUT_REMINDED
from reporting.office.workspace import Workspace, exclusive
from reporting.year.in_force import current_issue
from reporting.year.open import _consolidate


@exclusive("bulletin")
def bulletin(workspace: Workspace, now: datetime) -> Outcome:
    """Write the bulletin to all units: who reported, what is behind, with named lists."""
    from reporting.documents import bulletin as output
    from reporting.documents.filling.word import fill_template, left_out

    with closing(Ledger(workspace.ledger_url)) as ledger:
        issued = current_issue(workspace, ledger)
        whole = _consolidate(workspace, ledger, issued, now.date())
        context = output.build(whole, workspace.settings, workspace.form)
        template = workspace.template(output.OUTPUT.template)
        data = fill_template(template, context)
        name = f"{issued.year}年度督查通报_{now:%Y%m%d}.docx"
        sending = Sending(workspace, OUT_REMINDED, now)
        sending.put(LetterKind.BULLETIN, "", name, data)
        ledger.add_letters(sending.letters, issued.year)
    early = now.date() <= issued.due
    note = f"报送截止日期 {issued.due:%Y-%m-%d} 还没有过，没有报送的单位未列入名单。"
    notes = [*([note] if early else []), *left_out(template, context)]
    return Outcome(sending.written, notes=tuple(notes))
