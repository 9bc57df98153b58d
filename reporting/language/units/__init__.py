"""Which unit a written name means.

Plans name units the way officials write: 市知识产权、工商、版权局 are three units, 各区、县级市政府 is one
group, 各有关单位 is nobody in particular. This package splits and completes written lists, says what kind of
name one is, and looks a name up. It never decides by similarity: two names are the same only when they differ
in width, blanks or the style of brackets.
"""

from reporting.language.units.lists import (
    UnitList,
    complete_names,
    cut_outside,
    drop_glosses,
    is_field,
    is_of_level,
    may_be_name,
    read_glosses,
    read_units,
    split_units,
)
from reporting.language.units.names import (
    UnitIndex,
    bracket_spans,
    classify,
    collect_units,
    find_unit,
    fold,
    governs,
    is_area,
    is_firm,
    is_short,
    looks_like_unit,
    names_in_use,
    rank_of,
    written_name,
)
