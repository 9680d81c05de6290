"""SQL written once with SQLAlchemy, compiled once per database, then used without it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import Dialect, Executable, Table, Update, bindparam, insert, literal_column
from sqlalchemy import update as sql_update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.postgresql.asyncpg import dialect as postgresql_dialect
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.dialects.sqlite.pysqlite import dialect as sqlite_dialect
from sqlalchemy.sql.elements import BindParameter
from sqlalchemy.types import TypeEngine

from storage.tables import metadata, outbox

Values: TypeAlias = Mapping[str, Any]
Row: TypeAlias = Sequence[Any]
Convert: TypeAlias = Callable[[Any], Any] | None

DIALECTS: Mapping[str, Dialect] = {
    "sqlite": sqlite_dialect(),
    "postgresql": postgresql_dialect(),  # type: ignore[no-untyped-call]
}
_MISSING = object()


@dataclass(frozen=True, slots=True)
class Compiled:
    """The text a driver wants, what goes in, and what comes out."""

    sql: str
    answers: bool
    parameters: tuple[tuple[str, object, Convert], ...]
    converted: tuple[tuple[int, Callable[[Any], Any]], ...]

    def bind(self, values: Values) -> tuple[Any, ...]:
        return tuple(
            convert(_given(name, default, values)) if convert else _given(name, default, values)
            for name, default, convert in self.parameters
        )

    def read(self, rows: Iterable[Row]) -> list[Row]:
        if not self.converted:
            return list(rows)
        return [self._read(row) for row in rows]

    def _read(self, row: Row) -> Row:
        values = list(row)
        for index, convert in self.converted:
            values[index] = convert(values[index])
        return values


class Statement:
    """A statement of ours; `rank` says when it is written among others of one transaction.

    `must_match`: each execution has to find its row, else somebody else was first.
    """

    def __init__(
        self,
        statement: Executable | Mapping[str, Executable],
        *,
        rank: int = 0,
        must_match: bool = False,
    ) -> None:
        self._statement = statement
        self._compiled: dict[str, Compiled] = {}
        self.rank = rank
        self.must_match = must_match

    def on(self, dialect: str) -> Compiled:
        if dialect not in self._compiled:
            self._compiled[dialect] = _compile(self._executable(dialect), DIALECTS[dialect])
        return self._compiled[dialect]

    def _executable(self, dialect: str) -> Executable:
        return self._statement[dialect] if isinstance(self._statement, Mapping) else self._statement


def insertion(table: Table) -> Statement:
    return Statement(insert(table).values(_parameters(table)), rank=_rank(table, 1))


def replacement(table: Table, *key: str, keep: frozenset[str] = frozenset()) -> Statement:
    """Insert, or overwrite the row with the same key but for the columns to `keep`."""
    changed = [name for name in _parameters(table) if name not in key and name not in keep]
    lite = sqlite_insert(table).values(_parameters(table))
    post = postgresql_insert(table).values(_parameters(table))
    return Statement(
        {
            "sqlite": lite.on_conflict_do_update(
                index_elements=key, set_={name: lite.excluded[name] for name in changed}
            ),
            "postgresql": post.on_conflict_do_update(
                index_elements=key, set_={name: post.excluded[name] for name in changed}
            ),
        },
        rank=_rank(table, 1),
    )


def guarded(statement: Update, table: Table) -> Statement:
    """An update that must find its row, as it was seen."""
    return Statement(
        {"sqlite": statement, "postgresql": statement.returning(literal_column("1"))},
        rank=_rank(table, 2),
        must_match=True,
    )


def versioned_update(table: Table, *key: str, keep: frozenset[str] = frozenset()) -> Statement:
    """Overwrite a row if it still has the version before the new one."""
    fixed = {*key, "organization_id", *keep}
    statement = sql_update(table).where(
        table.c.organization_id == bindparam("organization"),
        table.c.version == bindparam("seen_version"),
        *(table.c[name] == bindparam(f"this_{name}") for name in key),
    )
    changes = {name: value for name, value in _parameters(table).items() if name not in fixed}
    return guarded(statement.values(changes), table)


def changing(statement: Update, table: Table) -> Statement:
    """An update of however many rows there are."""
    return Statement(statement, rank=_rank(table, 2))


def deletion(statement: Executable, table: Table) -> Statement:
    return Statement(statement, rank=_rank(table, 0))


def _parameters(table: Table) -> dict[str, BindParameter[Any]]:
    return {
        column.name: bindparam(column.name, type_=column.type, required=True)
        for column in table.columns
        if column is not table.autoincrement_column
    }


def _rank(table: Table, step: int) -> int:
    """Parents before children; in one table first deleting, then adding, then changing.

    The outbox comes last: its numbers are then given under the lock on the incident's row, and
    within a lane they follow the order of the commits.
    """
    tables = [*(other for other in metadata.sorted_tables if other is not outbox), outbox]
    return 3 * tables.index(table) + step


def _compile(statement: Executable, dialect: Dialect) -> Compiled:
    compiled: Any = statement.compile(dialect=dialect)  # type: ignore[attr-defined]
    columns = list(getattr(statement, "exported_columns", ()))
    readers = [_reader(column.type, dialect) for column in columns]
    return Compiled(
        sql=compiled.string,
        answers=bool(columns),
        parameters=tuple(
            (name, _default(compiled.binds[name]), _writer(compiled.binds[name].type, dialect))
            for name in compiled.positiontup or ()
        ),
        converted=tuple((i, reader) for i, reader in enumerate(readers) if reader),
    )


def _default(parameter: BindParameter[Any]) -> object:
    return _MISSING if parameter.required else parameter.value


def _writer(type_: TypeEngine[Any], dialect: Dialect) -> Convert:
    return type_.dialect_impl(dialect).bind_processor(dialect)


def _reader(type_: TypeEngine[Any], dialect: Dialect) -> Convert:
    return type_.dialect_impl(dialect).result_processor(dialect, None)


def _given(name: str, default: object, values: Values) -> Any:
    return values[name] if default is _MISSING else values.get(name, default)
