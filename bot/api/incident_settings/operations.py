"""The operations on the settings of incidents."""

from bot.api.incident_settings.shapes import SettingsAnswer, SettingsChange
from bot.api.operations import Operation, Tag
from core.domain.actor import Permission

PATH = "/api/v1/incident-settings"

SHOW = Operation(
    method="GET",
    path=PATH,
    name="get_incident_settings",
    summary="What the organisation decided about its incidents",
    tag=Tag.TOCSIN,
    needs=Permission.READ_ORGANIZATIONS,
    answers={200: SettingsAnswer},
)
EDIT = Operation(
    method="PATCH",
    path=PATH,
    name="update_incident_settings",
    summary="Change the settings of incidents; what is left out stays",
    tag=Tag.TOCSIN,
    needs=Permission.WRITE_ORGANIZATIONS,
    body=SettingsChange,
    answers={200: SettingsAnswer},
    refuses=frozenset({409}),
    example={
        "channel_name": "{severity}-{number}-{title}",
        "severities": [{"severity": "critical", "update_minutes": 15, "broadcast": "here"}],
        "lead_minutes": 5,
    },
)
