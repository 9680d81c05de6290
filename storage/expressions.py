"""Pieces of SQL that each database writes in its own way."""

from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import BindParameter
from sqlalchemy.types import TypeEngine

from storage.types import TextList


class OneOf(ColumnElement[bool]):
    """`column` equals one of the texts in the parameter `name`."""

    inherit_cache = False

    def __init__(self, column: ColumnElement[Any], name: str) -> None:
        self.column = column
        self.texts: BindParameter[Any] = BindParameter(name, type_=TextList(), required=True)


@compiles(OneOf, "sqlite")
def _in_json(element: OneOf, compiler: SQLCompiler, **options: Any) -> str:
    column, texts = compiler.process(element.column, **options), compiler.process(element.texts)
    return f"{column} IN (SELECT value FROM json_each({texts}))"  # noqa: S608 - a placeholder


@compiles(OneOf, "postgresql")
def _in_array(element: OneOf, compiler: SQLCompiler, **options: Any) -> str:
    column = compiler.process(element.column, **options)
    return f"{column} = ANY ({compiler.process(element.texts)})"


class Beside(ColumnElement[Any]):
    """A column that is compared but does not choose the index.

    Without statistics SQLite would rather read a whole organisation than a few keys.
    """

    inherit_cache = False

    def __init__(self, column: ColumnElement[Any]) -> None:
        self.column = column
        self.type: TypeEngine[Any] = column.type


@compiles(Beside, "sqlite")
def _unindexed(element: Beside, compiler: SQLCompiler, **options: Any) -> str:
    return f"+{compiler.process(element.column, **options)}"


@compiles(Beside, "postgresql")
def _as_it_is(element: Beside, compiler: SQLCompiler, **options: Any) -> str:
    return compiler.process(element.column, **options)


def contains(search: str) -> str:
    """The pattern of texts with `search` in them, nothing of which means anything else;
    empty where nothing is searched for."""
    text = search.strip().casefold()
    for special in ("\\", "%", "_"):
        text = text.replace(special, f"\\{special}")
    return f"%{text}%" if text else ""
