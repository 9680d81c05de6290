"""incident.io's own Python client and maintenance windows: scheduled, changed, begun by time."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from incident_io import AuthenticatedClient
from incident_io.api.maintenance_windows_v1 import (
    maintenance_windows_v1_create,
    maintenance_windows_v1_list,
    maintenance_windows_v1_show,
    maintenance_windows_v1_update,
)
from incident_io.models import (
    ErrorResponse,
    MaintenanceWindowsCreatePayloadV1,
    MaintenanceWindowsUpdatePayloadV1,
    MaintenanceWindowsV1ListStatus,
    MaintenanceWindowV1,
)
from incident_io.types import Unset

from sandbox.conversation.control import wait_for
from tests.processes import Tocsin, ask

T = TypeVar("T")
SCOPES = ("maintenances:write", "users:read")
JOB = {
    "subject": "alert.attributes.job",
    "operation": "one_of",
    "param_bindings": [{"array_value": [{"literal": "database"}]}],
}
WINDOW = {
    "name": "Database upgrade",
    "lead": {"email": "alice@example.com"},
    "show_in_sidebar": True,
    "alert_condition_groups": [{"conditions": [JOB]}],
    "notify_start_minutes_before": 15,
    "notification_message": "Expect a minute of errors.",
}


@pytest.fixture
async def io(tocsin: Tocsin, tmp_path: Path) -> AsyncIterator[AuthenticatedClient]:
    await ask(tocsin.settings, tmp_path, "users", "create", "alice@example.com")
    scopes = [word for scope in SCOPES for word in ("--scope", scope)]
    made = await ask(
        tocsin.settings, tmp_path, "keys", "create", "CI", "--dialect", "incident_io", *scopes
    )
    async with AuthenticatedClient(
        base_url=tocsin.url, token=made["api_key"], raise_on_unexpected_status=True
    ) as client:
        yield client


async def test_a_window_is_scheduled_changed_and_begins_by_itself(io: AuthenticatedClient) -> None:
    now = datetime.now(UTC)
    later = {
        "start_at": (now + timedelta(days=1)).isoformat(),
        "end_at": (now + timedelta(days=1, hours=1)).isoformat(),
    }
    soon = {
        "start_at": (now + timedelta(seconds=4)).isoformat(),
        "end_at": (now + timedelta(hours=1)).isoformat(),
    }

    made = good(
        await maintenance_windows_v1_create.asyncio(
            client=io, body=MaintenanceWindowsCreatePayloadV1.from_dict({**WINDOW, **later})
        )
    ).maintenance_window
    await maintenance_windows_v1_update.asyncio(
        made.id, client=io, body=MaintenanceWindowsUpdatePayloadV1.from_dict({**WINDOW, **soon})
    )
    [active] = await wait_for(lambda: _active(io), "the window is active")

    shown = good(await maintenance_windows_v1_show.asyncio(made.id, client=io)).maintenance_window
    assert active.id == shown.id == made.id
    assert not isinstance(shown.lead.user, Unset)
    assert shown.lead.user.email == "alice@example.com"
    assert shown.notification_message == WINDOW["notification_message"]
    assert shown.notify_start_minutes_before == WINDOW["notify_start_minutes_before"]
    [condition] = shown.alert_condition_groups[0].conditions
    assert (condition.subject.reference, condition.operation.value) == (
        JOB["subject"],
        JOB["operation"],
    )


async def _active(io: AuthenticatedClient) -> list[MaintenanceWindowV1] | None:
    status = MaintenanceWindowsV1ListStatus.ACTIVE
    page = good(await maintenance_windows_v1_list.asyncio(client=io, status=status))
    return page.maintenance_windows or None


def good(answer: T | ErrorResponse | None) -> T:
    assert answer is not None
    assert not isinstance(answer, ErrorResponse), answer
    return answer
