"""Tables and data tables, with what their cells may hold."""

from collections.abc import Iterator
from typing import Any

from sandbox.facts import limits
from sandbox.validation.objects import BLOCK_ID, TITLE
from sandbox.validation.rich_text import RICH_TEXT
from sandbox.validation.rules import (
    Problem,
    Rule,
    array,
    by_type,
    every,
    flag,
    literal,
    number,
    record,
    string,
    too_long,
    whole_number,
)
from sandbox.validation.walk import written_text

RAW = {
    "raw_text": record({"text": string(limits.TABLE_TEXT, 1)}),
    "raw_number": record({"text": string(limits.TABLE_TEXT, 1), "value": number(-1e308, 1e308)}),
}
RAW_CELL = by_type(RAW)
CELL = by_type({**RAW, "rich_text": RICH_TEXT})
COLUMN = record({}, {"align": literal("left", "center", "right"), "is_wrapped": flag})


def _text_in_bounds(table: Any, pointer: str) -> Iterator[Problem]:
    """All cells of a table together hold only so much."""
    length = written_text([table])
    if length > limits.TABLE_TEXT:
        yield too_long(limits.TABLE_TEXT, length, f"{pointer}/rows")


def _rows_in_step(table: Any, pointer: str) -> Iterator[Problem]:
    """The rows of a data table are equally long, and one of its columns is named as their head."""
    rows = table.get("rows")
    if not isinstance(rows, list) or not all(isinstance(row, list) and row for row in rows):
        return
    width = len(rows[0]) if rows else 0
    for index, row in enumerate(rows):
        if len(row) != width:
            yield _uneven(width, len(row), f"{pointer}/rows/{index}")
    head = table.get("row_header_column_index")
    if rows and isinstance(head, int) and head >= width:
        yield Problem(
            message="must name a column of the table",
            pointer=f"{pointer}/row_header_column_index",
            type="range",
            expected=[0, width - 1],
            got=head,
        )


def _uneven(width: int, got: int, pointer: str) -> Problem:
    return Problem(
        message=f"must have {width} cells, as the first row has",
        pointer=pointer,
        type="length",
        expected=width,
        got=got,
    )


def _head_and_body(rows: Any, pointer: str) -> Iterator[Problem]:
    """The first row of a data table names its columns, in plain words."""
    row = array(CELL, limits.DATA_TABLE_COLUMNS)
    yield from array(row, limits.DATA_TABLE_ROWS, limits.DATA_TABLE_LEAST_ROWS)(rows, pointer)
    if isinstance(rows, list) and rows and isinstance(rows[0], list):
        for index, cell in enumerate(rows[0]):
            if isinstance(cell, dict) and cell.get("type") == "rich_text":
                yield from RAW_CELL(cell, f"{pointer}/0/{index}")


TABLE: Rule = every(
    record(
        {"rows": array(array(CELL, limits.TABLE_COLUMNS), limits.TABLE_ROWS)},
        {"block_id": BLOCK_ID, "column_settings": array(COLUMN, limits.TABLE_COLUMNS, 0)},
    ),
    _text_in_bounds,
)

DATA_TABLE: Rule = every(
    record(
        {"caption": TITLE, "rows": _head_and_body},
        {
            "block_id": BLOCK_ID,
            "page_size": whole_number(1, limits.DATA_TABLE_PAGE),
            "row_header_column_index": whole_number(0, limits.DATA_TABLE_COLUMNS - 1),
        },
    ),
    _text_in_bounds,
    _rows_in_step,
)
