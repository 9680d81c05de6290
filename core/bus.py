"""The one door into the core: every surface sends commands here."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from hashlib import sha256
from typing import Any, TypeAlias

from core import commands as c
from core.commands import Command, R
from core.domain.ids import IncidentId, ServiceId
from core.errors import Conflict, KeyReused
from core.permissions import check
from core.ports import Clock, Processed, Transactions, UnitOfWork
from core.usecases import accounts, alerts, edit, incidents, services

Run: TypeAlias = Callable[[Any, UnitOfWork, datetime], Awaitable[Any]]
Recall: TypeAlias = Callable[[str, UnitOfWork], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class UseCase:
    """How a command is carried out, and how its result is found again under its key."""

    run: Run
    recall: Recall | None = None


async def _incident(id: str, uow: UnitOfWork) -> object:
    return await uow.incidents.get(IncidentId(id))


async def _service(id: str, uow: UnitOfWork) -> object:
    return await uow.services.get(ServiceId(id))


HANDLERS: Mapping[type[Command[Any]], UseCase] = {
    c.DeclareIncident: UseCase(incidents.declare, _incident),
    c.PublishIncident: UseCase(incidents.publish, _incident),
    c.AcknowledgeIncident: UseCase(incidents.acknowledge, _incident),
    c.ReopenIncident: UseCase(incidents.reopen, _incident),
    c.SnoozeIncident: UseCase(incidents.snooze, _incident),
    c.SuppressIncident: UseCase(incidents.suppress, _incident),
    c.ResolveIncident: UseCase(incidents.resolve, _incident),
    c.CloseIncident: UseCase(incidents.close, _incident),
    c.CancelIncident: UseCase(incidents.cancel, _incident),
    c.DeleteIncident: UseCase(incidents.delete),
    c.PostUpdate: UseCase(incidents.post_update, _incident),
    c.ChangeSeverity: UseCase(incidents.change_severity, _incident),
    c.AssignIncident: UseCase(incidents.assign, _incident),
    c.EditIncident: UseCase(edit.edit, _incident),
    c.LinkChannel: UseCase(incidents.link_channel),
    c.RecordBurial: UseCase(incidents.record_burial),
    c.TriageAlerts: UseCase(alerts.triage_alerts),
    c.RefuseDelivery: UseCase(alerts.refuse_delivery),
    c.AddService: UseCase(services.add, _service),
    c.AddUser: UseCase(accounts.add_user),
    c.LinkSlackUser: UseCase(accounts.link_slack_user),
    c.ChangePassword: UseCase(accounts.change_password),
    c.CreateApiKey: UseCase(accounts.create_api_key),
    c.RevokeApiKey: UseCase(accounts.revoke_api_key),
    c.CreateIntegration: UseCase(accounts.create_integration),
}

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

    async def _attempt(self, command: Command[R]) -> R:
        use_case = HANDLERS[type(command)]
        now = self._clock()

        async def work(uow: UnitOfWork) -> R:
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
        await uow.processed.add(
            Processed(key=key, fingerprint=fingerprint, subject_id=subject.id), now
        )
        return result
    if seen.fingerprint != fingerprint:
        raise KeyReused("This idempotency key was used for another request; use a fresh one.")
    recalled: R = await recall(seen.subject_id, uow)
    return recalled


def _fingerprint(command: Command[Any]) -> str:
    wish = [
        (field.name, getattr(command, field.name))
        for field in fields(command)
        if field.name not in ("caller", "key")
    ]
    return sha256(f"{type(command).__name__}{wish!r}".encode()).hexdigest()
