"""Every notation reads the sample beside its name: document.* gives the plan written in expected.txt.

The samples are of our own writing. To add one: a folder with a document and the plan a person expects.
"""

from __future__ import annotations

import pytest
from builders.notations import FOLDERS, SAMPLES, show

from reporting.plan.documents.open import read_document
from reporting.plan.notations import gather
from reporting.plan.reading.plan import Reading, read_plan

NOTATION_OF = {
    "wrapped_page": "roles_in_brackets",
    "run_in": "assigned_nowhere",
    "units_after_dash": "assigned_nowhere",
    "units_in_last_sentence": "assigned_nowhere",
    "cell_per_line": "table_rows",
    "copied_cells": "table_rows",
    "aligned_cells": "table_rows",
    "bars_without_edge": "table_rows",
    "traditional": "roles_and_deadline",
    "one_line": "roles_in_brackets",
    "one_sign_numbers": "roles_in_brackets",
    "semicolons": "table_rows",
    "web_blocks": "roles_and_deadline",
    "markdown_list": "roles_and_deadline",
    "numbered_list": "units_in_brackets",
    "text_and_table": "table_rows",
    "people_in_lines": "labelled_lines",
    "arranged_by_units": "assigned_nowhere",
    "articles": "roles_and_deadline",
    "numbered_fields": "labelled_lines",
    "units_for_all_above": "assigned_nowhere",
    "roman_numbers": "labelled_lines",
    "web_page": "roles_and_deadline",
    "lead_in_headings": "labelled_lines",
    "units_on_lines": "assigned_nowhere",
    "labels_of_all_kinds": "roles_in_brackets",
    "shares_of_areas": "roles_in_brackets",
    "table_of_areas": "table_rows",
    "shares_in_cells": "table_rows",
    "measured_columns": "table_rows",
    "beside_units": "roles_in_brackets",
    "blank_lines_part_cells": "table_rows",
    "bold_leads": "units_in_brackets",
    "comma_parts_leads": "units_in_brackets",
    "duties_of_members": "assigned_nowhere",
    "elided_names": "units_in_brackets",
    "first_named_leads": "roles_in_brackets",
    "heading_says_who_leads": "table_rows",
    "labels_without_colon": "assigned_nowhere",
    "levels_elsewhere": "roles_in_brackets",
    "matrix_of_signs": "assigned_nowhere",
    "matrix_of_words": "table_rows",
    "members_of_groups": "assigned_nowhere",
    "open_roles": "roles_and_deadline",
    "paged_list": "roles_in_brackets",
    "paged_table": "table_rows",
    "starred_in_bracket": "units_in_brackets",
    "starred_leads": "units_in_brackets",
    "subpoints": "units_in_brackets",
    "underlined_leads": "units_in_brackets",
    "roles_of_helpers": "units_in_brackets",
    "names_of_the_place": "units_in_brackets",
    "towns_and_sections": "assigned_nowhere",
    "chapters_of_units": "assigned_nowhere",
    "duties_in_one_paragraph": "assigned_nowhere",
    "duties_in_paragraphs": "assigned_nowhere",
    "short_labels": "assigned_nowhere",
    "problems": "labelled_lines",
    "bars_over_pages": "table_rows",
    "fields_with_leaders": "assigned_nowhere",
    "cards_of_tasks": "labelled_lines",
    "cut_ends": "table_rows",
    "signs_between_units": "units_in_brackets",
    "lines_without_marks": "assigned_nowhere",
    "wrapped_headings": "labelled_lines",
    "centred_rows": "table_rows",
    "headings_without_number": "assigned_nowhere",
    "text_and_further_table": "table_rows",
    "same_as_above": "table_rows",
    "chapters_with_text": "assigned_nowhere",
    "subjects_after_title": "assigned_nowhere",
    "units_as_chapters": "assigned_nowhere",
    "units_as_labels": "assigned_nowhere",
    "units_as_subjects": "assigned_nowhere",
    "units_as_titles": "assigned_nowhere",
    "units_before_verb": "assigned_nowhere",
    "units_of_heading": "units_in_brackets",
    "wrapped_labels": "labelled_lines",
}
"""Samples of damage and of mixed ways of writing, and which notation reads them."""


def read_sample(name: str) -> Reading:
    document = next(path for path in sorted((SAMPLES / name).iterdir()) if path.stem == "document")
    return read_plan(read_document(document))


@pytest.mark.parametrize("name", FOLDERS)
def test_sample_reads_as_expected(name: str) -> None:
    expected = (SAMPLES / name / "expected.txt").read_text(encoding="utf-8")
    assert show(read_sample(name).plan) == expected


@pytest.mark.parametrize("name", FOLDERS)
def test_sample_is_recognised(name: str) -> None:
    assert read_sample(name).notation == NOTATION_OF.get(name, name)


def test_every_notation_has_a_sample_and_a_name_of_its_file() -> None:
    names = [notation.name for notation in gather()]
    assert names == sorted(set(names))
    assert set(names) <= set(FOLDERS)


def test_a_document_without_any_sign_is_left_to_the_narrative_notation() -> None:
    signs = {notation.name: notation.recognise([]) for notation in gather()}
    assert set(signs.values()) == {0}
