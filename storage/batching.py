"""Group commit: the works that wait share one transaction, and each succeeds or fails alone."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from core.errors import CoreError
from storage.connection import Connection
from storage.session import Draft, Session, Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a work ended."""

    value: Any = None
    error: BaseException | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """How the works of one batch ended; `effects` when the outbox has something new."""

    outcomes: Sequence[Outcome]
    effects: bool


class _Spoiled(Exception):
    """One work took the shared transaction down with it."""


async def carry_out(connection: Connection, works: Sequence[Work[Any]]) -> Carried:
    """Do the works in the transaction that was just begun; where one of them spoils it,
    begin again for each by itself."""
    try:
        return await _together(connection, works)
    except _Spoiled as spoiled:
        with suppress(CoreError):  # a connection that is gone has forgotten the transaction
            await connection.rollback()
        if len(works) == 1:
            return Carried(outcomes=[Outcome(error=spoiled.__cause__)], effects=False)
    alone = [await _alone(connection, work) for work in works]
    return Carried(
        outcomes=[outcome for one in alone for outcome in one.outcomes],
        effects=any(one.effects for one in alone),
    )


async def _alone(connection: Connection, work: Work[Any]) -> Carried:
    try:
        await connection.begin()
    except CoreError as error:
        return Carried(outcomes=[Outcome(error=error)], effects=False)
    return await carry_out(connection, [work])


async def _together(connection: Connection, works: Sequence[Work[Any]]) -> Carried:
    session = Session(connection)
    outcomes = [await _attempt(session, work) for work in works]
    try:
        await session.commit()
    except Exception as error:
        raise _Spoiled from error
    return Carried(outcomes=outcomes, effects=session.has_effects)


async def _attempt(session: Session, work: Work[Any]) -> Outcome:
    """Whatever goes wrong in a work is its caller's to hear, and nobody else's."""
    draft = Draft(session)
    try:
        value = await work(draft)
    except Exception as error:
        if session.broken or draft.sent:
            raise _Spoiled from error
        return Outcome(error=error)
    draft.accept()
    return Outcome(value=value)
