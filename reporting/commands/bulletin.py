"""A bulletin to all units: who reported, what is behind, what is asked of whom."""

from datetime import datetime

from reporting.documents import bulletin as output
from reporting.documents.filling.make import make_document
from reporting.ledger.letters import Sending
from reporting.model import LetterKind
from reporting.model.findings import Outcome
from reporting.office.outbox import OUT_REMINDED
from reporting.office.workspace import Workspace, exclusive
from reporting.year.open import open_year


@exclusive("bulletin")
def bulletin(workspace: Workspace, now: datetime) -> Outcome:
    """Write the bulletin to all units: who reported, what is behind, with named lists."""
    with open_year(workspace, now) as year:
        context = output.build(year.whole, workspace.settings, workspace.form)
        made = make_document(workspace, output.OUTPUT, context)
        name = f"{year.number}年度督查通报_{now:%Y%m%d}.docx"
        sending = Sending(workspace, OUT_REMINDED, now)
        sending.put(LetterKind.BULLETIN, "", name, made.data, notes=made.notes)
        year.ledger.add_letters(sending.letters, year.number)
    early = year.today <= year.issued.due
    note = f"报送截止日期 {year.issued.due:%Y-%m-%d} 还没有过，没有报送的单位未列入名单。"
    notes = [*([note] if early else []), *sending.notes]
    return Outcome(sending.written, notes=tuple(notes))
