"""Use cases on alert sources, and on what they sent."""

from dataclasses import fields, replace
from datetime import datetime

from core import commands as c
from core.commands import alerting as a
from core.domain.account import MAX_NAME
from core.domain.actor import Actor
from core.domain.events import IntegrationChanged, IntegrationCreated, IntegrationDeleted
from core.domain.ids import IntegrationId, ServiceId
from core.domain.integration import HEARTBEAT, Integration, source_named
from core.domain.source_settings import SourceSettings
from core.domain.text import one_line
from core.domain.timer import TimerKind
from core.errors import IllegalTransition, InvalidInput, NotFound
from core.flaws import Flaws
from core.ports import UnitOfWork
from core.usecases.asked_sources import require_askable
from core.usecases.deleted_sources import end_later
from core.usecases.quiet_sources import look_out_for
from core.usecases.source_settings_checks import changed_settings

_SPOKEN = {"service_id": "service", "sealed_secret": "secret", "token_hash": "token"}
GENERIC = "generic"

TOKENLESS = "none:"
"""How the hash of no token at all begins: the source opens to keys of the API alone."""


async def create(command: c.CreateIntegration, uow: UnitOfWork, now: datetime) -> Integration:
    flaws = Flaws()
    service_id = await flaws.awaited(_service(command.service_id or "", uow), None)
    integration = Integration(
        id=IntegrationId(uow.new_id("int")),
        source=flaws.checked(lambda: source_named(command.source), GENERIC),
        name=flaws.checked(lambda: one_line(command.name, field="name", limit=MAX_NAME), ""),
        token_hash=command.token_hash,
        service_id=service_id,
        auto_resolve=command.auto_resolve,
        settings=flaws.checked(
            lambda: changed_settings(SourceSettings(), command.settings), SourceSettings()
        ),
        sealed_token=command.sealed_token,
        sealed_secret=command.sealed_secret,
        created_at=now,
    )
    flaws.refuse()
    _require_sense(integration)
    require_askable(integration)
    event = IntegrationCreated(
        by=command.caller.actor, at=now, integration_id=integration.id, name=integration.name
    )
    made = await uow.integrations.save(integration, because=event)
    await look_out_for(made, uow)
    return made


async def edit(command: a.EditIntegration, uow: UnitOfWork, now: datetime) -> Integration:
    before = after = await present(command.integration_id, uow)
    flaws = Flaws()
    if (name := command.name) is not None:
        checked = flaws.checked(lambda: one_line(name, field="name", limit=MAX_NAME), "")
        after = replace(after, name=checked)
    if command.service_id is not None:
        service_id = await flaws.awaited(_service(command.service_id, uow), None)
        after = replace(after, service_id=service_id)
    if command.auto_resolve is not None:
        after = replace(after, auto_resolve=command.auto_resolve)
    if command.sealed_secret is not None:
        after = replace(after, sealed_secret=command.sealed_secret)
    settings = flaws.checked(
        lambda: changed_settings(before.settings, command.settings), before.settings
    )
    flaws.refuse()
    after = replace(after, settings=settings)
    _require_sense(after)
    require_askable(after, before=before, secret_given=command.sealed_secret is not None)
    return await _changed(before, after, uow, by=command.caller.actor, at=now)


async def rotate_token(
    command: a.RotateIntegrationToken, uow: UnitOfWork, now: datetime
) -> Integration:
    before = await present(command.integration_id, uow)
    _require_own_token(before)
    after = replace(before, token_hash=command.token_hash, sealed_token=command.sealed_token)
    return await _changed(before, after, uow, by=command.caller.actor, at=now)


async def delete(command: a.DeleteIntegration, uow: UnitOfWork, now: datetime) -> Integration:
    before = await present(command.integration_id, uow)
    if before.token_hash.startswith(TOKENLESS):
        raise IllegalTransition(
            f"{before.name} came by itself and stays: heartbeats and keys of the API ring by it."
        )
    await uow.timers.cancel(TimerKind.QUIET, before.id)
    await end_later(before.id, uow, now)
    gone = replace(before, deleted_at=now)
    event = IntegrationDeleted(
        by=command.caller.actor, at=now, integration_id=gone.id, name=gone.name
    )
    return await uow.integrations.save(gone, because=event)


async def replay(command: a.ReplayDelivery, uow: UnitOfWork, now: datetime) -> a.Replayed:
    """One that still waits is not dealt with twice."""
    found = await uow.deliveries.source_of(command.delivery_id)
    if found is None:
        raise NotFound(f"There is no payload {command.delivery_id}.")
    await present(found, uow)
    await uow.deliveries.replay(command.delivery_id, now)
    return a.Replayed(id=str(command.delivery_id))


async def recall_replay(id: str, _: UnitOfWork) -> a.Replayed:
    return a.Replayed(id=id)


async def present(id: IntegrationId, uow: UnitOfWork) -> Integration:
    """One that was not deleted, or `NotFound`."""
    integration = await uow.integrations.get(id)
    if integration.deleted_at:
        raise NotFound(f"The alert source {integration.name} was deleted.")
    return integration


async def _changed(
    before: Integration, after: Integration, uow: UnitOfWork, *, by: Actor, at: datetime
) -> Integration:
    """Nothing happens where nothing is different."""
    different = _different(before, after)
    if not different:
        return before
    event = IntegrationChanged(
        by=by, at=at, integration_id=after.id, name=after.name, fields=different
    )
    saved = await uow.integrations.save(after, because=event)
    if saved.settings.quiet_after != before.settings.quiet_after:
        await look_out_for(saved, uow)
    return saved


def _different(before: Integration, after: Integration) -> tuple[str, ...]:
    names = [
        _SPOKEN.get(field.name, field.name.replace("_", " "))
        for field in fields(after)
        if field.name not in ("settings", "sealed_token")
        and getattr(before, field.name) != getattr(after, field.name)
    ]
    settings = [
        field.name.replace("_", " ")
        for field in fields(SourceSettings)
        if getattr(before.settings, field.name) != getattr(after.settings, field.name)
    ]
    return (*names, *settings)


async def _service(id: str, uow: UnitOfWork) -> ServiceId | None:
    try:
        return (await uow.services.get(ServiceId(id))).id if id else None
    except NotFound as error:
        raise InvalidInput(str(error), field="service_id") from error


def _require_own_token(integration: Integration) -> None:
    if integration.source == HEARTBEAT:
        raise IllegalTransition("Each heartbeat has a token of its own; give that a new one.")
    if integration.token_hash.startswith(TOKENLESS):
        raise IllegalTransition(f"{integration.name} has no token; keys of the API open it.")


def _require_sense(integration: Integration) -> None:
    """A generic source has to be told where things stand; the others know it."""
    if integration.source != GENERIC and integration.settings.mapping:
        message = f"What {integration.source} sends is understood without a mapping; take it away."
        raise InvalidInput(message, field="settings.mapping")
