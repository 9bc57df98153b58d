"""What characters a document or a workbook can hold."""

import re

UNWRITABLE = re.compile("[^\t-\r\x20-\x7e\x80-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold and no program shows: control characters, half a surrogate."""
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
"""Line breaks as Windows, old Macs, Word, web pages and page ends write them."""
_ODD = re.compile("[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""All of both: most texts have none, and are looked through once."""


def writable(text: str) -> str:
    """A text as every document and workbook can hold it: all line breaks plain, nothing that XML refuses."""
    return UNWRITABLE.sub("", _BREAKS.sub("\n", text)) if _ODD.search(text) else text
