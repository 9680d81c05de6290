"""Since when an alert source has been silent for longer than it may be."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.domain.ids import IntegrationId
from core.domain.integration import Integration


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietSource:
    """`since` is when it was heard last, or made where it never was."""

    integration: Integration
    since: datetime


def expected_by(integration: Integration, heard: datetime | None) -> datetime | None:
    """When it counts as quiet unless it is heard before; None where it may be silent for ever.
    `heard` is when it was heard last, None where it never was."""
    if not integration.settings.quiet_after or integration.deleted_at:
        return None
    last = heard or integration.created_at
    return last + timedelta(seconds=integration.settings.quiet_after)


def quiet_since(integration: Integration, heard: datetime | None, now: datetime) -> datetime | None:
    """When it was heard last, or made, if that is too long ago; else None."""
    by = expected_by(integration, heard)
    return (heard or integration.created_at) if by is not None and by <= now else None


def quiet_ones(
    integrations: Iterable[Integration],
    heard: Mapping[IntegrationId, datetime],
    now: datetime,
) -> list[QuietSource]:
    """Those that are quiet now, the longest quiet first."""
    found = [
        QuietSource(integration=one, since=since)
        for one in integrations
        if (since := quiet_since(one, heard.get(one.id), now)) is not None
    ]
    return sorted(found, key=lambda one: (one.since, one.integration.id))
