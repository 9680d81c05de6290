"""`/api/v1/incident-settings`: what an organisation decided about its incidents."""

from typing import Any

from aiohttp import web

from bot.api import wire_v1
from bot.api.answers import answer
from bot.api.doors import Doors
from bot.api.incident_settings import operations, shapes
from bot.api.incident_settings.shapes import SettingsChange
from bot.api.operations import Call
from bot.incident_settings import settings_of
from bot.web.times import instant
from core.commands.settings import EditIncidentSettings, SeverityChange
from core.domain.ids import ServiceId, UserId
from core.domain.incident_settings import (
    Broadcast,
    FormField,
    IncidentSettings,
    RoleInstructions,
    ServiceInvitees,
    SeveritySettings,
)
from core.domain.severity import Severity

AS_THEY_ARE = (
    "announcement_channel",
    "digest_channel",
    "channel_name",
    "reaction",
    "language",
    "timezone",
    "lead_minutes",
    "stale_hours",
    "tasks_left_hours",
    "archive_days",
    "summary_weekday",
    "summary_hour",
)
"""The same in the core and on the wire."""


class IncidentSettingsRoutes:
    def __init__(self, doors: Doors) -> None:
        self._doors = doors

    def register(self) -> None:
        server = self._doors.server
        server.add(operations.SHOW, self.show)
        server.add(operations.EDIT, self.edit)

    async def show(self, call: Call) -> web.Response:
        return answer(wire_v1.one(settings_json(await self._settings(call))))

    async def edit(self, call: Call) -> web.Response:
        wish: SettingsChange = call.body
        settings = await self._doors.bus.execute(
            EditIncidentSettings(
                caller=call.client.caller,
                key=call.key,
                expected_version=wish.expected_version,
                **{name: getattr(wish, name) for name in AS_THEY_ARE},
                **_lists(wish),
            )
        )
        return answer(wire_v1.one(settings_json(settings)))

    async def _settings(self, call: Call) -> IncidentSettings:
        return await settings_of(self._doors.reads, call.client.organization_id)


def settings_json(settings: IncidentSettings) -> dict[str, Any]:
    return {
        "version": settings.version,
        **{name: getattr(settings, name) for name in AS_THEY_ARE},
        "severities": [_severity_json(settings.of(severity)) for severity in Severity],
        "service_invitees": [
            {"service_id": one.service_id, "user_ids": list(one.user_ids)}
            for one in settings.service_invitees
        ],
        "form_fields": [
            {"field_id": one.field_id, "required": one.required} for one in settings.form_fields
        ],
        "role_instructions": [
            {"role_id": one.role_id, "instructions": one.instructions}
            for one in settings.role_instructions
        ],
        "updated_at": instant(settings.updated_at) if settings.version else None,
    }


def _severity_json(one: SeveritySettings) -> dict[str, Any]:
    return {
        "severity": one.severity,
        "meaning": one.meaning,
        "update_minutes": one.update_minutes,
        "broadcast": one.broadcast,
        "invitees": list(one.invitees),
    }


def _severity(wish: shapes.SeverityChange) -> SeverityChange:
    return SeverityChange(
        severity=Severity(wish.severity),
        meaning=wish.meaning,
        update_minutes=wish.update_minutes,
        broadcast=Broadcast(wish.broadcast) if wish.broadcast else None,
        invitees=None if wish.invitees is None else tuple(map(UserId, wish.invitees)),
    )


def _lists(wish: SettingsChange) -> dict[str, Any]:
    """Those that were given."""
    given: dict[str, Any] = {}
    if wish.severities is not None:
        given["severities"] = tuple(map(_severity, wish.severities))
    if wish.service_invitees is not None:
        given["service_invitees"] = tuple(
            ServiceInvitees(
                service_id=ServiceId(one.service_id), user_ids=tuple(map(UserId, one.user_ids))
            )
            for one in wish.service_invitees
        )
    if wish.form_fields is not None:
        given["form_fields"] = tuple(
            FormField(field_id=one.field_id, required=one.required) for one in wish.form_fields
        )
    if wish.role_instructions is not None:
        given["role_instructions"] = tuple(
            RoleInstructions(role_id=one.role_id, instructions=one.instructions)
            for one in wish.role_instructions
        )
    return given
