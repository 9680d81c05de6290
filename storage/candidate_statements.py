"""How each database is asked for the documents that may fit a question.

On PostgreSQL a row comes with those terms of the question that it has: to send all terms of a long
document and to read them takes longer than to find it.
"""

from typing import Any

from sqlalchemy import (
    Integer,
    Select,
    TableClause,
    bindparam,
    cast,
    column,
    func,
    literal_column,
    select,
    true,
)
from sqlalchemy import table as named
from sqlalchemy.dialects.postgresql import TSQUERY

from storage.expressions import Beside, OneOf
from storage.statements import Statement
from storage.tables import search_documents
from storage.tables.search import SQLITE_INDEX
from storage.types import TermQuery, TextList

_documents = search_documents.c
_lite: TableClause = named(SQLITE_INDEX, column("rowid"), column("rank"))
_ours = Beside(_documents.organization_id) == bindparam("organization")
_limit = bindparam("limit", type_=Integer, required=True)
_sought = bindparam("sought", type_=TermQuery, required=True)
_tsquery = cast(_sought, TSQUERY)
_unforeseen = select(_tsquery).scalar_subquery()
"""What is sought, unknown to the planner: that a term is common does not mean that its documents
are the newest, and to walk back to them unpacks all that is between."""
_held = literal_column(SQLITE_INDEX).op("MATCH")(_sought)
_row = select(
    _documents.id, _documents.kind, _documents.title, _documents.body, _documents.words
).where(_ours)
_title = select(_documents.id, _documents.kind, _documents.title, _documents.sequence).where(_ours)
_matching = _documents.words.op("@@")(_tsquery)
_best_first = (func.ts_rank(_documents.words, _tsquery).desc(), _documents.id.desc())


def _from_index(rows: Select[Any]) -> Select[Any]:
    return rows.join(_lite, _lite.c.rowid == _documents.sequence).where(_held).limit(_limit)


def _newest(rows: Select[Any]) -> Select[Any]:
    """Only the numbers of what matches are sorted."""
    matching = _documents.words.op("@@")(_unforeseen)
    every = select(_documents.sequence).where(_ours, matching).cte("matching")
    every = every.prefix_with("MATERIALIZED", dialect="postgresql")
    newest = select(every.c.sequence).order_by(every.c.sequence.desc()).limit(_limit).subquery()
    found = rows.join(newest, newest.c.sequence == _documents.sequence)
    return found.order_by(newest.c.sequence.desc())


def _with_terms(rows: Select[Any]) -> Select[Any]:
    """The rows with the terms of the question instead of all; each document is unpacked once."""
    found = rows.cte("found").prefix_with("MATERIALIZED", dialect="postgresql")
    term = func.unnest(bindparam("terms", type_=TextList(), required=True)).column_valued("term")
    unpacked = (
        select(func.strip(found.c.words).label("words"))
        .correlate(found)
        .offset(literal_column("0"))
        .lateral("unpacked")
    )
    has = unpacked.c.words.op("@@")(cast(func.quote_literal(term), TSQUERY))
    terms = func.array(select(term).where(has).scalar_subquery())
    shown = (found.c[name] for name in ("id", "kind", "title", "body"))
    return select(*shown, terms.label("words")).select_from(found.join(unpacked, true()))


BEST = Statement(
    {
        "sqlite": _from_index(_row).order_by(_lite.c.rank),
        "postgresql": _with_terms(_row.where(_matching).order_by(*_best_first).limit(_limit)),
    }
)
NEWEST = Statement(
    {
        "sqlite": _from_index(_row).order_by(_lite.c.rowid.desc()),
        "postgresql": _with_terms(_newest(_row)),
    }
)
_these = _row.where(OneOf(_documents.id, "ids"), OneOf(_documents.kind, "kinds"))
THESE = Statement({"sqlite": _these, "postgresql": _with_terms(_these)})
TITLES = Statement(
    {
        "sqlite": _from_index(_title).order_by(_lite.c.rowid.desc()),
        "postgresql": _newest(_title),
    }
)
