"""SQL written once with SQLAlchemy, compiled once per database, then used without it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, TypeAlias

from sqlalchemy import Dialect, Executable, Table, Update, bindparam, insert, literal_column
from sqlalchemy import update as sql_update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.postgresql.asyncpg import dialect as postgresql_dialect
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.dialects.sqlite.pysqlite import dialect as sqlite_dialect
from sqlalchemy.sql.elements import BindParameter, ColumnElement

from storage.tables import metadata, outbox

Values: TypeAlias = Mapping[str, Any]
Row: TypeAlias = Sequence[Any]
Convert: TypeAlias = Callable[[Any], Any]

DIALECTS: Mapping[str, Dialect] = {
    "sqlite": sqlite_dialect(),
    "postgresql": postgresql_dialect(),  # type: ignore[no-untyped-call]
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """The text a driver wants, what goes in, and what comes out."""

    sql: str
    answers: bool
    pick: Callable[[Values], Row]
    fixed: Values
    written: tuple[tuple[int, Convert], ...]
    converted: tuple[tuple[int, Convert], ...]
    row: str
    """The placeholders of the one row that is inserted; empty where that is not all of it."""

    def of(self, count: int) -> str:
        """The text that inserts so many rows at once."""
        return self.sql.replace(self.row, ", ".join([self.row] * count), 1)

    def bind(self, values: Values) -> tuple[Any, ...]:
        row = self.pick({**self.fixed, **values} if self.fixed else values)
        return tuple(_converted(row, self.written)) if self.written else tuple(row)

    def read(self, rows: Iterable[Row]) -> list[Row]:
        if not self.converted:
            return list(rows)
        return [_converted(row, self.converted) for row in rows]


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


def replacement(
    table: Table,
    *key: str,
    keep: frozenset[str] = frozenset(),
    where: ColumnElement[bool] | None = None,
) -> Statement:
    """Insert, or overwrite the row with the same key but for the columns to `keep`; `where` given
    only such a row."""
    changed = [name for name in _parameters(table) if name not in key and name not in keep]
    lite = sqlite_insert(table).values(_parameters(table))
    post = postgresql_insert(table).values(_parameters(table))
    return Statement(
        {
            "sqlite": lite.on_conflict_do_update(
                index_elements=key,
                set_={name: lite.excluded[name] for name in changed},
                where=where,
            ),
            "postgresql": post.on_conflict_do_update(
                index_elements=key,
                set_={name: post.excluded[name] for name in changed},
                where=where,
            ),
        },
        rank=_rank(table, 1),
    )


def accumulation(table: Table, *key: str, sums: str) -> Statement:
    """Insert, or add to the sum in the row with the same key."""
    lite = sqlite_insert(table).values(_parameters(table))
    post = postgresql_insert(table).values(_parameters(table))
    return Statement(
        {
            "sqlite": lite.on_conflict_do_update(
                index_elements=key, set_={sums: table.c[sums] + lite.excluded[sums]}
            ),
            "postgresql": post.on_conflict_do_update(
                index_elements=key, set_={sums: table.c[sums] + post.excluded[sums]}
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
    names = list(compiled.positiontup or ())
    parameters = [compiled.binds[name] for name in names]
    columns = list(getattr(statement, "exported_columns", ()))
    types = [parameter.type.dialect_impl(dialect) for parameter in parameters]
    shapes = [column.type.dialect_impl(dialect) for column in columns]
    return Compiled(
        sql=compiled.string,
        answers=bool(columns),
        pick=_picker(names),
        fixed={
            name: parameter.value
            for name, parameter in zip(names, parameters, strict=True)
            if not parameter.required
        },
        written=_numbered(type_.bind_processor(dialect) for type_ in types),
        converted=_numbered(shape.result_processor(dialect, None) for shape in shapes),
        row=_inserted(compiled.string, len(names)),
    )


def _inserted(sql: str, count: int) -> str:
    row = f"({', '.join('?' * count)})"
    return row if f" VALUES {row}" in sql else ""


def _picker(names: Sequence[str]) -> Callable[[Values], Row]:
    """The values in the order of the placeholders."""
    if len(names) == 1:
        return lambda values: (values[names[0]],)
    return itemgetter(*names) if names else lambda values: ()


def _numbered(converts: Iterable[Convert | None]) -> tuple[tuple[int, Convert], ...]:
    return tuple((index, convert) for index, convert in enumerate(converts) if convert)


def _converted(row: Row, converts: Iterable[tuple[int, Convert]]) -> list[Any]:
    values = list(row)
    for index, convert in converts:
        if values[index] is not None:
            values[index] = convert(values[index])
    return values
