"""Comments read from a return, so that the sender's own go back with a correction.

A comment of ours begins with ``OUR_MARK``; what follows ``THEIR_MARK`` in it is the sender's of a round
before.
"""

from itertools import islice

from reporting.files.sheets.comments import Notes, read_notes
from reporting.files.xlsx.xml import Note

OUR_MARK, THEIR_MARK = "【校验意见】", "【来件批注】"
_MAX_COMMENTS = 500
_MAX_LENGTH = 2_000


def read_comments(data: bytes) -> Notes:
    """The sender's own comments of an .xlsx file; none of any other file."""
    cut = (
        (place, Note(note.author[:100], note.text[:_MAX_LENGTH])) for place, note in read_notes(data).items()
    )
    owned = ((place, _own(note)) for place, note in cut)
    return dict(islice(((place, note) for place, note in owned if note.text), _MAX_COMMENTS))


def _own(note: Note) -> Note:
    """What the sender wrote of a comment: all of it, or what stands below our own words."""
    if not note.text.startswith(OUR_MARK):
        return note
    author, _, text = note.text.partition(THEIR_MARK)[2].partition("\n")
    return Note(author.strip(), text.strip())
