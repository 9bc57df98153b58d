"""The records that every stage hands to the next: frozen, slotted, free of behaviour that needs a library.

Each docstring names the office's own word for the thing. Everything that was read somewhere carries its
``Place`` from the moment of reading; an address is never computed later.
"""

from reporting.model.entries import (
    Decision,
    DecisionKind,
    Issue,
    IssuedWorkbook,
    LetterKind,
    Receipt,
    Standing,
    Verdict,
)
from reporting.model.places import (
    COMMENT,
    HEAD_OR_FOOT,
    HIDDEN,
    NOT_READ,
    ORDER_UNSURE,
    PAGE_FURNITURE,
    PICTURE,
    RECOGNISED,
    REPEATED_HEADING,
    STRUCK,
    TRACKED,
    Item,
    Line,
    Place,
    column_letters,
    column_number,
    split_address,
)
from reporting.model.plans import (
    Alias,
    Assignment,
    Comparator,
    Contact,
    Day,
    Deadline,
    DeadlineKind,
    Goal,
    Measure,
    Plan,
    Role,
    Target,
    Task,
    Unit,
    UnitKind,
)
from reporting.model.returns import (
    Answer,
    Answered,
    AnsweredRow,
    Cell,
    Meaning,
    OtherContent,
    Return,
    Row,
    Signature,
    Understood,
    Unread,
    Value,
    Weight,
)
from reporting.model.whole import (
    UNREPORTED,
    CategoryLine,
    Consolidation,
    Report,
    Share,
    TargetReport,
    TaskLine,
    TaskPart,
    UnitLine,
    UnitState,
)
