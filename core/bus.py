"""The one door into the core: every surface sends commands here."""

from dataclasses import fields
from datetime import datetime
from hashlib import sha256
from typing import Any

from core.commands import Command, R
from core.commands.base import TOLD_APART
from core.domain.actor import Caller
from core.domain.ids import IncidentId
from core.domain.incident import Incident
from core.errors import Conflict, KeyReused
from core.handlers import HANDLERS, Run
from core.language import say, speaking, spoken_now
from core.permissions import check
from core.ports import Clock, Processed, Transactions, UnitOfWork
from core.recalls import Recall
from core.usecases.incident_checks import require_known

ATTEMPTS = 3


class CommandBus:
    def __init__(self, transactions: Transactions, clock: Clock) -> None:
        self._transactions = transactions
        self._clock = clock

    async def execute(self, command: Command[R]) -> R:
        """Carry out one command, once and whole; try again when another writer won the race."""
        check(command)
        for _ in range(ATTEMPTS - 1):
            try:
                return await self._attempt(command)
            except Conflict:
                continue
        return await self._attempt(command)

    async def left_with(self, caller: Caller, key: str) -> IncidentId | None:
        """The incident of which the caller may not know any more since the command under that key,
        for as long as there is no more to know of it than they left; None of all others."""

        async def work(uow: UnitOfWork) -> IncidentId | None:
            seen = await uow.processed.find(key)
            left = seen.fingerprint.partition(" ")[2] if seen else ""
            if seen is None or not left:
                return None
            incident = await uow.incidents.get(IncidentId(seen.subject_id))
            return incident.id if _left(caller, incident) == f" {left}" else None

        return await self._transactions.run(caller.organization_id, work)

    async def _attempt(self, command: Command[R]) -> R:
        use_case = HANDLERS[type(command)]
        now, spoken = self._clock(), spoken_now()

        async def work(uow: UnitOfWork) -> R:
            # Transactions may be carried out elsewhere, several at a time.
            with speaking(spoken):
                if command.key is None or use_case.recall is None:
                    result: R = await use_case.run(command, uow, now)
                    return result
                return await _once(command, use_case.run, use_case.recall, uow, now)

        return await self._transactions.run(command.caller.organization_id, work)


async def _once(command: Command[R], run: Run, recall: Recall, uow: UnitOfWork, now: datetime) -> R:
    key, fingerprint = str(command.key), _fingerprint(command)
    seen = await uow.processed.find(key)
    if seen is None:
        result: R = await run(command, uow, now)
        subject: Any = result
        remembered = Processed(
            key=key, fingerprint=fingerprint + _left(command.caller, subject), subject_id=subject.id
        )
        await uow.processed.add(remembered, now)
        return result
    kept, _, left = seen.fingerprint.partition(" ")
    if kept != fingerprint:
        raise KeyReused(say("This idempotency key was used for another request; use a fresh one."))
    recalled: R = await recall(seen.subject_id, uow)
    if left and _left(command.caller, recalled) == f" {left}":
        return recalled
    await require_known(command.caller, recalled, uow)
    return recalled


def _left(caller: Caller, subject: object) -> str:
    """Who may not know any more of the incident that they changed, and of which version of it: told
    again, it is answered as it was, until there is more to know. Nothing for all others."""
    if not isinstance(subject, Incident) or caller.viewer.sees(subject):
        return ""
    return f" {caller.actor.user_id or ''} {subject.version}"


def _fingerprint(command: Command[Any]) -> str:
    """Of the wish, or of its kind alone where the key decides. Secrets, which are shown nowhere,
    are not in it: those that are made anew for each request would tell it from its repetition,
    and those that people choose are told apart by a seal of them."""
    wish = (
        []
        if command.key_decides
        else [
            (field.name, _in_order(getattr(command, field.name)))
            for field in fields(command)
            if (field.repr or field.metadata == TOLD_APART)
            and field.name not in ("caller", "key", "key_decides")
        ]
    )
    return sha256(f"{type(command).__name__}{wish!r}".encode()).hexdigest()


def _in_order(value: Any) -> Any:
    """A set stands in another order in each process."""
    return sorted(value) if isinstance(value, frozenset) else value
