"""The text of a Word document as a stream → paragraphs and tables, with all that a reader sees of them.

Word wraps text into content controls, insertions, links, smart tags and text boxes; none of them matters to a
reader. What is deleted, struck or hidden stays in its place, marked as such, so that it can be said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from reporting.model import COMMENT, HIDDEN, NOT_READ, TRACKED
from reporting.plan.documents.blocks import Blocks, TextCell, TextLook, TextParagraph, TextPiece, TextRow, TextTable
from reporting.plan.documents.word_fields import FieldNumbers, OpenField
from reporting.plan.documents.word_numbers import ListNumbers, level_index
from reporting.plan.documents.word_styles import LOOKS, WordStyles, property_on, switched_on
from reporting.plan.documents.word_symbols import symbol

CONTENTS, UNFILLED = "目录", "没有填写的控件"
"""Why a piece of text is none: the table of contents, what stands in a control until somebody fills it."""
_PROMPT = re.compile(r"单击|点击|选择一项|[Cc]lick|[Cc]hoose|[Tt]ap")
_MOST_SPANNED = 63
"""Columns of a table in Word."""
_DEEPEST_FIELD = 20
"""Fields inside each other."""
_LONGEST_COMMENT = 200


@dataclass(slots=True)
class _Story:
    """Blocks while they come: of the body, a cell, a text box, a note."""

    blocks: Blocks
    carried: TextParagraph | None = None
    """A paragraph whose end is deleted or hidden: the next goes on with it."""

    def put(self, paragraph: TextParagraph, *, ends: bool) -> None:
        """Take in a paragraph that was read."""
        before, self.carried = self.carried, None
        if before is not None:
            if not before.is_seen or not before.number:
                before.number = paragraph.number
            before.pieces += paragraph.pieces
            before.boxes += paragraph.boxes
            paragraph = before
        if ends:
            self.blocks.append(paragraph)
        else:
            self.carried = paragraph

    def flush(self) -> None:
        """What was carried ends here."""
        if self.carried is not None:
            self.blocks.append(self.carried)
            self.carried = None


@dataclass(slots=True)
class _Open:
    """A paragraph while it is being read."""

    made: TextParagraph
    style: str
    listed: str | None = None
    level: int | None = None
    numbered: bool = False
    deleted: bool = False
    """Whether its end is deleted: what is left of it belongs to the next."""
    initial: bool = False
    """Whether it is only the large first letter of the next."""
    hidden: bool | None = None
    """Whether its end is hidden; None where only its style says."""
    fields: int = 0
    """How many fields were open where it began."""
    swallowed: list[TextPiece] = field(default_factory=list)
    """Text that stood in the code of a field."""


class BodyReader:
    """Takes in the elements of ``document.xml``, or of the notes, and makes blocks of them."""

    def __init__(
        self,
        styles: WordStyles,
        numbers: ListNumbers,
        comments: Mapping[str, Blocks] | None = None,
        *,
        leave_contents: bool = True,
    ) -> None:
        self._styles = styles
        self._numbers = numbers
        self._fields_shown = FieldNumbers(numbers)
        self._comments = comments or {}
        self._leave_contents = leave_contents
        self.blocks: Blocks = []
        self.notes: dict[str, Blocks] = {}
        """Notes and comments of a part that holds them, by their id."""
        self.references: list[tuple[str, str]] = []
        """The notes that the text refers to: ``footnote`` or ``endnote``, and the id."""
        self._stories = [_Story(self.blocks)]
        self._paragraphs: list[_Open] = []
        self._tables: list[TextTable] = []
        self._fields: list[OpenField] = []
        self._closers: list[tuple[int, Callable[[], None]]] = []
        self._depth = 0
        self._silent = 0
        """The depth at which an element begins of which nothing is read; 0 where there is none."""
        self._where = ""
        """Whose properties these are: of a paragraph, its end (mark), a run, a row, a cell; empty for text."""
        self._direct: dict[str, bool] = {}
        self._character = ""
        self._look: TextLook | None = None
        self._deleted = self._contents = self._unfilled = 0
        self._controls: list[bool] = []
        self._take: Callable[[str], None] | None = None
        self._tracked = self._changed = False
        """Whether there are tracked changes, and whether this is still to be said at the next paragraph."""
        self._embeddings = 0
        self._extent = (0, 0)
        self._choices: list[bool] = []

    # ---- the stream ----------------------------------------------------------------------------------------

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        self._depth += 1
        if self._silent:
            if name == "showingPlcHdr" and self._controls:
                self._controls[-1] = switched_on(name, attributes.get("val"))
            return
        if name in _SILENT:
            self._silent = self._depth
            return
        handler = _HANDLERS.get(name)
        closer = handler(self, attributes) if handler is not None else None
        if closer is not None:
            self._closers.append((self._depth, closer))

    def end(self, _: str) -> None:
        """An element ends."""
        if self._silent == self._depth:
            self._silent = 0
        while self._closers and self._closers[-1][0] == self._depth:
            self._closers.pop()[1]()
        self._depth -= 1

    def text(self, piece: str) -> None:
        """Text of an element."""
        if self._take is not None and not self._silent:
            self._take(piece)

    def finish(self) -> bool:
        """Close what is open; false where a table of contents never ended, so that all after it was lost."""
        self._stories[0].flush()
        return not self._contents

    # ---- paragraphs and their text -------------------------------------------------------------------------

    def _paragraph(self, _: Mapping[str, str]) -> Callable[[], None]:
        opened = _Open(TextParagraph(), self._styles.default, fields=len(self._fields))
        self._paragraphs.append(opened)
        where, self._where = self._where, ""
        return partial(self._end_paragraph, opened, where)

    def _end_paragraph(self, opened: _Open, where: str) -> None:
        self._paragraphs.pop()
        self._where = where
        lost = next((at for at in range(opened.fields, len(self._fields)) if not self._fields[at].in_result), None)
        if lost is not None:  # a field that never comes to its result: its text is text
            self._contents -= sum(each.in_result and self._is_contents(each) for each in self._fields[lost:])
            del self._fields[lost:]
            opened.made.pieces += opened.swallowed
        if self._changed:
            self._changed = False
            opened.made.pieces.append(TextPiece("", TextLook(aside=TRACKED)))
        hidden = self._styles.look(opened.style, "", {}).aside == HIDDEN if opened.hidden is None else opened.hidden
        if not (opened.deleted or opened.initial):
            self._number(opened)  # one that is hidden counts: so Word begins a chapter at 2.1
        self._stories[-1].put(opened.made, ends=not (opened.deleted or opened.initial or hidden))

    def _number(self, opened: _Open) -> None:
        """Count a paragraph of a list once."""
        if opened.numbered:
            return
        opened.numbered = True
        if not any(each.rows and each.rows[-1].gone == TRACKED for each in self._tables):
            opened.made.number = self._numbers.next(*self._list_of(opened))

    def _list_of(self, opened: _Open) -> tuple[str, int]:
        """The list and the level by which a paragraph is numbered, by itself or by its style."""
        by_style, style_level = self._styles.number(opened.style)
        number = by_style if opened.listed is None else opened.listed
        level = opened.level
        if level is None:
            linked = self._numbers.level_of(number, self._styles.chain(opened.style))
            level = linked if linked is not None else style_level if opened.listed is None else None
        return "" if number == "0" else number, level or 0

    def _add(self, text: str, aside: str = "") -> None:
        """Take in text of the run, as it looks."""
        if not self._paragraphs or self._where:
            return
        opened = self._paragraphs[-1]
        look = self._looks(opened) if not aside else TextLook(aside=aside)
        if self._fields:
            if not all(each.in_result for each in self._fields):
                opened.swallowed.append(TextPiece(text, look))
                return
            for each in self._fields:
                each.has_result = True
        if not look.aside and not opened.deleted and text.strip():
            self._number(opened)
        opened.made.pieces.append(TextPiece(text, look))

    def _looks(self, opened: _Open) -> TextLook:
        if self._look is None:
            self._look = self._styles.look(opened.style, self._character, self._direct)
        if self._deleted:
            return TextLook(aside=TRACKED)
        if self._look.aside:
            return self._look
        if self._contents:
            return TextLook(aside=CONTENTS)
        return self._look

    def _note_unread(self, what: str) -> None:
        """Say of something that a reader sees and we do not read, where it stands."""
        if self._paragraphs:
            self._paragraphs[-1].made.pieces.append(TextPiece(what, TextLook(aside=NOT_READ)))
        else:
            self._stories[-1].put(TextParagraph(pieces=[TextPiece(what, TextLook(aside=NOT_READ))]), ends=True)

    def _text(self, _: Mapping[str, str]) -> Callable[[], None]:
        before, self._take = self._take, self._typed
        return partial(self._taken, before)

    def _typed(self, piece: str) -> None:
        aside = UNFILLED if self._unfilled and _PROMPT.search(piece) else ""
        self._add(piece, aside)

    def _code(self, _: Mapping[str, str]) -> Callable[[], None]:
        before, self._take = self._take, self._coded
        return partial(self._taken, before)

    def _coded(self, piece: str) -> None:
        if self._fields and not self._fields[-1].in_result:
            self._fields[-1].code.append(piece)

    def _taken(self, before: Callable[[str], None] | None) -> None:
        self._take = before

    def _broken(self, _: Mapping[str, str]) -> None:
        self._add("\n")

    def _tab(self, _: Mapping[str, str]) -> None:
        self._add("\t")

    def _hyphen(self, _: Mapping[str, str]) -> None:
        self._add("-")

    def _symbol(self, attributes: Mapping[str, str]) -> None:
        self._add(symbol(attributes.get("font") or "", attributes.get("char") or ""))

    def _word_art(self, attributes: Mapping[str, str]) -> None:
        """Text that is drawn as a picture of itself, such as the red head of a document."""
        words = attributes.get("string") or ""
        if words.strip() and self._paragraphs:
            aside = TRACKED if self._deleted else ""
            box: Blocks = [TextParagraph(pieces=[TextPiece(words, TextLook(aside=aside))])]
            self._paragraphs[-1].made.boxes.append(box)

    # ---- properties ----------------------------------------------------------------------------------------

    def _enter(self, where: str) -> Callable[[], None]:
        before, self._where = self._where, where
        return partial(self._leave, before)

    def _leave(self, before: str) -> None:
        self._where = before

    def _run(self, _: Mapping[str, str]) -> Callable[[], None]:
        before = (self._direct, self._character, self._look)
        self._direct, self._character, self._look = {}, "", None
        return partial(self._end_run, *before)

    def _end_run(self, direct: dict[str, bool], character: str, look: TextLook | None) -> None:
        self._direct, self._character, self._look = direct, character, look

    def _run_properties(self, _: Mapping[str, str]) -> Callable[[], None]:
        return self._enter("mark" if self._where == "paragraph" else "run")

    def _paragraph_properties(self, _: Mapping[str, str]) -> Callable[[], None]:
        return self._enter("paragraph")

    def _row_properties(self, _: Mapping[str, str]) -> Callable[[], None]:
        return self._enter("row")

    def _cell_properties(self, _: Mapping[str, str]) -> Callable[[], None]:
        return self._enter("cell")

    def _paragraph_style(self, attributes: Mapping[str, str]) -> None:
        if self._where == "paragraph" and self._paragraphs:
            self._paragraphs[-1].style = attributes.get("val") or ""

    def _frame(self, attributes: Mapping[str, str]) -> None:
        if self._where == "paragraph" and self._paragraphs:
            self._paragraphs[-1].initial = (attributes.get("dropCap") or "none") != "none"

    def _list(self, attributes: Mapping[str, str]) -> None:
        if self._where == "paragraph" and self._paragraphs:
            self._paragraphs[-1].listed = attributes.get("val") or "0"

    def _list_level(self, attributes: Mapping[str, str]) -> None:
        if self._where == "paragraph" and self._paragraphs:
            self._paragraphs[-1].level = level_index(attributes.get("val"))

    def _character_style(self, attributes: Mapping[str, str]) -> None:
        if self._where == "run":
            self._character = attributes.get("val") or ""

    def _switch(self, name: str, attributes: Mapping[str, str]) -> None:
        on = property_on(name, attributes)
        if on is None:
            return
        if self._where == "run":
            self._direct[name] = on
        elif self._where == "mark" and name == "vanish" and self._paragraphs:
            self._paragraphs[-1].hidden = on

    # ---- tracked changes -----------------------------------------------------------------------------------

    def _inserted(self, _: Mapping[str, str]) -> None:
        self._changed = self._changed or not self._tracked
        self._tracked = True

    def _delete(self, _: Mapping[str, str]) -> Callable[[], None] | None:
        if not self._where:
            self._deleted += 1
            return self._undelete
        self._delete_mark()
        return None

    def _undelete(self) -> None:
        self._deleted -= 1

    def _move_away(self, attributes: Mapping[str, str]) -> None:
        """What was moved stands where it was moved to."""
        if self._where:
            self._delete_mark()
        else:
            self._inserted(attributes)
            self._silent = self._depth

    def _delete_mark(self) -> None:
        if self._where == "mark" and self._paragraphs:
            self._paragraphs[-1].deleted = True
        elif self._where == "row" and self._tables and self._tables[-1].rows:
            self._tables[-1].rows[-1].gone = TRACKED

    # ---- tables --------------------------------------------------------------------------------------------

    def _table(self, _: Mapping[str, str]) -> Callable[[], None]:
        self._stories[-1].flush()
        made = TextTable()
        self._stories[-1].blocks.append(made)
        self._tables.append(made)
        return self._end_table

    def _end_table(self) -> None:
        self._tables.pop()

    def _column(self, attributes: Mapping[str, str]) -> None:
        if self._tables and len(self._tables[-1].widths) < 1000:
            self._tables[-1].widths.append(_number(attributes.get("w"), 0, 100_000))

    def _row(self, _: Mapping[str, str]) -> None:
        if self._tables:
            self._tables[-1].rows.append(TextRow())

    def _cell(self, _: Mapping[str, str]) -> Callable[[], None] | None:
        if not self._tables or not self._tables[-1].rows:
            return None
        made = TextCell([])
        self._tables[-1].rows[-1].cells.append(made)
        return self._open_story(made.blocks)

    def _open_story(self, blocks: Blocks) -> Callable[[], None]:
        self._stories.append(_Story(blocks))
        return self._end_story

    def _end_story(self) -> None:
        self._stories.pop().flush()

    def _last_cell(self) -> TextCell | None:
        if self._where != "cell" or not self._tables or not self._tables[-1].rows:
            return None
        cells = self._tables[-1].rows[-1].cells
        return cells[-1] if cells else None

    def _span(self, attributes: Mapping[str, str]) -> None:
        if (cell := self._last_cell()) is not None:
            cell.span = _number(attributes.get("val"), 1, _MOST_SPANNED)

    def _merge_down(self, attributes: Mapping[str, str]) -> None:
        if (cell := self._last_cell()) is not None:
            cell.down = "restart" if attributes.get("val") == "restart" else "continue"

    def _merge_sideways(self, attributes: Mapping[str, str]) -> None:
        if (cell := self._last_cell()) is not None:
            cell.sideways = attributes.get("val") != "restart"

    def _cell_deleted(self, _: Mapping[str, str]) -> None:
        if (cell := self._last_cell()) is not None:
            cell.gone = True

    def _before(self, attributes: Mapping[str, str]) -> None:
        if self._where == "row" and self._tables and self._tables[-1].rows:
            self._tables[-1].rows[-1].before = _number(attributes.get("val"), 0, _MOST_SPANNED)

    def _hidden_row(self, attributes: Mapping[str, str]) -> None:
        if self._where == "row" and self._tables and self._tables[-1].rows and switched_on("", attributes.get("val")):
            self._tables[-1].rows[-1].gone = HIDDEN

    # ---- fields --------------------------------------------------------------------------------------------

    def _field_char(self, attributes: Mapping[str, str]) -> None:
        if self._where or not self._paragraphs:
            return
        step = attributes.get("fldCharType")
        if step == "begin":
            if len(self._fields) < _DEEPEST_FIELD:
                self._fields.append(OpenField())
        elif step == "separate" and self._fields:
            self._begin_result(self._fields[-1])
        elif step == "end" and self._fields:
            self._end_field()

    def _begin_result(self, opened: OpenField) -> None:
        if not opened.in_result:
            opened.in_result = True
            self._contents += self._is_contents(opened)

    def _is_contents(self, opened: OpenField) -> bool:
        return self._leave_contents and opened.words[:1] == ["TOC"]

    def _end_field(self) -> None:
        ended = self._fields.pop()
        self._contents -= ended.in_result and self._is_contents(ended)
        if ended.has_result:
            self._fields_shown.count(ended)
        elif self._paragraphs:
            opened = self._paragraphs[-1]
            if not opened.deleted and not self._deleted:
                self._number(opened)
                shown = self._fields_shown.shown(ended, self._list_of(opened), self._styles.outline(opened.style))
                if shown:
                    self._add(shown)

    def _simple_field(self, attributes: Mapping[str, str]) -> Callable[[], None]:
        self._fields.append(OpenField([attributes.get("instr") or ""]))
        self._begin_result(self._fields[-1])
        return partial(self._end_simple_field, self._fields[-1])

    def _end_simple_field(self, opened: OpenField) -> None:
        while any(each is opened for each in self._fields):
            self._end_field()

    def _choice_offered(self, attributes: Mapping[str, str]) -> None:
        if self._fields and len(self._fields[-1].choices) < 200:
            self._fields[-1].choices.append(attributes.get("val") or "")

    def _choice_made(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._fields and not self._fields[-1].in_result:
            self._fields[-1].chosen[name] = attributes.get("val", "1")

    # ---- what wraps text, hangs on it or is drawn beside it ----------------------------------------------

    def _control(self, _: Mapping[str, str]) -> Callable[[], None]:
        self._controls.append(False)
        return self._end_control

    def _end_control(self) -> None:
        self._controls.pop()

    def _control_content(self, _: Mapping[str, str]) -> Callable[[], None] | None:
        if not self._controls or not self._controls[-1]:
            return None
        self._unfilled += 1
        return self._end_unfilled

    def _end_unfilled(self) -> None:
        self._unfilled -= 1

    def _box(self, _: Mapping[str, str]) -> Callable[[], None]:
        """A text box: read after the paragraph that it hangs on, whatever it floats beside."""
        blocks: Blocks = []
        opened = self._paragraphs[-1] if self._paragraphs else None
        if opened is None:
            return self._open_story(self._stories[-1].blocks)
        opened.made.boxes.append(blocks)
        outer = (self._fields, self._where, self._take)
        self._fields, self._where, self._take = [], "", None
        return partial(self._end_box, self._open_story(blocks), *outer)

    def _end_box(
        self, close: Callable[[], None], fields: list[OpenField], where: str, take: Callable[[str], None] | None
    ) -> None:
        close()
        self._fields, self._where, self._take = fields, where, take

    def _alternatives(self, _: Mapping[str, str]) -> Callable[[], None]:
        self._choices.append(False)
        return self._end_alternatives

    def _end_alternatives(self) -> None:
        self._choices.pop()

    def _alternative(self, attributes: Mapping[str, str]) -> None:
        """The first that can be understood is read, once; all are drawn from the same text."""
        needed = (attributes.get("Requires") or "").split()
        if not self._choices:
            return
        if self._choices[-1] or not all(each in _UNDERSTOOD for each in needed):
            self._silent = self._depth
        else:
            self._choices[-1] = True

    def _reference(self, kind: str, attributes: Mapping[str, str]) -> None:
        if not self._deleted and not (self._looks(self._paragraphs[-1]).aside if self._paragraphs else ""):
            self.references.append((kind, attributes.get("id") or ""))

    def _commented(self, attributes: Mapping[str, str]) -> None:
        said = self._comments.get(attributes.get("id") or "")
        if said and self._paragraphs:
            words = " ".join(plain_text(said).split())[:_LONGEST_COMMENT]
            self._paragraphs[-1].made.pieces.append(TextPiece(words, TextLook(aside=COMMENT)))

    def _note(self, attributes: Mapping[str, str]) -> Callable[[], None]:
        blocks: Blocks = []
        if (attributes.get("type") or "normal") == "normal":
            self.notes[attributes.get("id") or ""] = blocks
        return self._open_story(blocks)

    def _drawn_size(self, attributes: Mapping[str, str]) -> None:
        self._extent = (_number(attributes.get("cx"), 0, 10**9), _number(attributes.get("cy"), 0, 10**9))

    def _drawn(self, attributes: Mapping[str, str]) -> None:
        kind = (attributes.get("uri") or "").rpartition("/")[2]
        if kind in _DRAWN:
            self._note_unread(_DRAWN[kind])

    def _picture(self, _: Mapping[str, str]) -> None:
        if not self._embeddings and self._extent[0] >= _WIDE and self._extent[1] >= _HIGH:
            self._note_unread("图片")
            self._extent = (0, 0)

    def _shape(self, attributes: Mapping[str, str]) -> None:
        sizes = dict(_SIZE.findall((attributes.get("style") or "")[:2000]))
        self._extent = (round(float(sizes.get("width", 0)) * 12_700), round(float(sizes.get("height", 0)) * 12_700))

    def _embedding(self, _: Mapping[str, str]) -> Callable[[], None]:
        self._embeddings += 1
        return self._end_embedding

    def _end_embedding(self) -> None:
        self._embeddings -= 1

    def _embedded(self, attributes: Mapping[str, str]) -> None:
        program = (attributes.get("ProgID") or "").partition(".")[0]
        if program not in ("Equation", "MathType"):
            self._note_unread(_EMBEDDED.get(program, "嵌入的对象"))

    def _other_file(self, _: Mapping[str, str]) -> None:
        self._note_unread("插入的另一个文件")


def plain_text(blocks: Blocks) -> str:
    """The words of blocks, a line for each paragraph, without what stands aside."""
    lines = []
    for block in blocks:
        if isinstance(block, TextParagraph):
            lines.append(block.number + "".join(piece.text for piece in block.pieces if not piece.look.aside))
            lines += [plain_text(box) for box in block.boxes]
        else:
            lines += [plain_text(cell.blocks) for row in block.rows for cell in row.cells]
    return "\n".join(lines)


def _number(text: str | None, least: int, most: int) -> int:
    digits = (text or "").partition(".")[0]
    return min(max(int(digits), least), most) if digits.isascii() and digits.isdigit() and len(digits) < 12 else least


_WIDE, _HIGH = 2_880_000, 1_440_000
"""Eight centimetres and four: a picture of this size may show a table (360,000 EMU a centimetre)."""
_SIZE = re.compile(r"\b(width|height):(\d{1,5}(?:\.\d{1,4})?)pt")
_DRAWN = {"chart": "图表", "chartex": "图表", "diagram": "SmartArt 图形"}
_EMBEDDED = {
    "Excel": "嵌入的 Excel 表格",
    "Word": "嵌入的 Word 文档",
    "Package": "嵌入的附件",
    "PowerPoint": "嵌入的演示文稿",
}
_UNDERSTOOD = frozenset(("wps", "wpg", "wpc", "wp14", "w14", "w15", "a14", "m", "v", "o"))
"""Extensions that are understood, by the prefixes that Word gives them; what is not has its text beside it."""
_SILENT = frozenset(
    (
        *("sdtPr", "sdtEndPr", "rt", "rubyPr", "tblPrEx", "sectPr", "fldData", "numberingChange", "textInput"),
        *("rPrChange", "pPrChange", "tblPrChange", "tblGridChange", "trPrChange", "tcPrChange", "sectPrChange"),
        *("tblPrExChange", "smartTagPr", "customXmlPr", "txbxStory"),
    )
)
"""What holds properties, older ones among them, and the small signs above a text that tell how it is read."""
_HANDLERS: dict[str, Callable[[BodyReader, Mapping[str, str]], Callable[[], None] | None]] = {
    "p": BodyReader._paragraph,
    "r": BodyReader._run,
    "t": BodyReader._text,
    "delText": BodyReader._text,
    "instrText": BodyReader._code,
    "delInstrText": BodyReader._code,
    "br": BodyReader._broken,
    "cr": BodyReader._broken,
    "tab": BodyReader._tab,
    "ptab": BodyReader._tab,
    "noBreakHyphen": BodyReader._hyphen,
    "sym": BodyReader._symbol,
    "textpath": BodyReader._word_art,
    "rPr": BodyReader._run_properties,
    "pPr": BodyReader._paragraph_properties,
    "trPr": BodyReader._row_properties,
    "tcPr": BodyReader._cell_properties,
    "pStyle": BodyReader._paragraph_style,
    "framePr": BodyReader._frame,
    "rStyle": BodyReader._character_style,
    "numId": BodyReader._list,
    "ilvl": BodyReader._list_level,
    "ins": BodyReader._inserted,
    "moveTo": BodyReader._inserted,
    "del": BodyReader._delete,
    "moveFrom": BodyReader._move_away,
    "tbl": BodyReader._table,
    "gridCol": BodyReader._column,
    "tr": BodyReader._row,
    "tc": BodyReader._cell,
    "gridSpan": BodyReader._span,
    "vMerge": BodyReader._merge_down,
    "hMerge": BodyReader._merge_sideways,
    "cellDel": BodyReader._cell_deleted,
    "gridBefore": BodyReader._before,
    "hidden": BodyReader._hidden_row,
    "fldChar": BodyReader._field_char,
    "fldSimple": BodyReader._simple_field,
    "listEntry": BodyReader._choice_offered,
    "sdt": BodyReader._control,
    "sdtContent": BodyReader._control_content,
    "txbxContent": BodyReader._box,
    "AlternateContent": BodyReader._alternatives,
    "Choice": BodyReader._alternative,
    "Fallback": BodyReader._alternative,
    "commentReference": BodyReader._commented,
    "footnote": BodyReader._note,
    "endnote": BodyReader._note,
    "comment": BodyReader._note,
    "extent": BodyReader._drawn_size,
    "graphicData": BodyReader._drawn,
    "blip": BodyReader._picture,
    "imagedata": BodyReader._picture,
    "shape": BodyReader._shape,
    "object": BodyReader._embedding,
    "OLEObject": BodyReader._embedded,
    "altChunk": BodyReader._other_file,
    "subDoc": BodyReader._other_file,
}
for _name in LOOKS:
    _HANDLERS[_name] = partial(lambda name, reader, attributes: reader._switch(name, attributes), _name)
for _name in ("result", "default", "checked"):
    _HANDLERS[_name] = partial(lambda name, reader, attributes: reader._choice_made(name, attributes), _name)
for _kind in ("footnote", "endnote"):
    _HANDLERS[f"{_kind}Reference"] = partial(lambda kind, reader, found: reader._reference(kind, found), _kind)
