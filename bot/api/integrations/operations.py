"""The operations on alert sources."""

from dataclasses import replace

from bot.api.integrations.payload_shapes import DryRun, DryRunAnswer, PayloadList, ReplayAnswer
from bot.api.integrations.shapes import (
    IntegrationAnswer,
    IntegrationChange,
    IntegrationLine,
    NewIntegration,
)
from bot.api.lists_v1 import Many
from bot.api.operations import Operation, Tag
from bot.api.paging import PageQuery
from bot.api.resources import Resource
from core.domain.actor import Permission

SOURCES = Resource(
    path="/api/v1/integrations",
    one="integration",
    many="integrations",
    tag=Tag.TOCSIN,
    see=Permission.READ_INTEGRATIONS,
    change=Permission.WRITE_INTEGRATIONS,
    lines=Many[IntegrationLine],
    answer=IntegrationAnswer,
)
OVERWATCH = replace(SOURCES, tag=Tag.OVERWATCH)

LIST = OVERWATCH.list("List alert sources, newest first", query=PageQuery)
CREATE = OVERWATCH.add(
    "Add an alert source",
    description="The token is shown in this answer only.",
    body=NewIntegration,
    example={"name": "Production", "type": "datadog", "config": {"auto_resolve": True}},
)
SHOW = SOURCES.show("One alert source")
EDIT = SOURCES.edit(
    "Change an alert source; what is left out stays",
    body=IntegrationChange,
    example={"settings": {"grace": 120, "group_by": ["service"], "quiet_after": 86_400}},
)
DELETE = SOURCES.delete("Delete an alert source; what it said stays")
ROTATE = SOURCES.step(
    "rotate-token",
    "rotate_integration_token",
    "Give an alert source a new token",
    description="The old one opens nothing from now on. The new one is shown in this answer only.",
)
DRY_RUN = Operation(
    method="POST",
    path=f"{SOURCES.each}/dry-run",
    name="try_payload",
    summary="See what a payload of an alert source becomes, without anything happening",
    description="A mapping can be tried before it is saved: send it in `settings`.",
    tag=Tag.TOCSIN,
    needs=Permission.WRITE_INTEGRATIONS,
    body=DryRun,
    answers={200: DryRunAnswer},
    example={
        "payload": {
            "title": "The queue is long",
            "status": "firing",
            "deduplication_key": "queue-1",
            "metadata": {"severity": "high"},
        }
    },
)
PAYLOADS = Operation(
    method="GET",
    path=f"{SOURCES.each}/payloads",
    name="list_payloads",
    summary="What an alert source sent last, newest first, and what became of it",
    description="The last 20 are kept for good, others for a week. Secrets are masked.",
    tag=Tag.TOCSIN,
    needs=Permission.READ_INTEGRATIONS,
    answers={200: PayloadList},
)
REPLAY = SOURCES.step(
    "payloads/{payload_id}/replay",
    "replay_payload",
    "Deal with something that was sent once more, as if it came now",
    answers={202: ReplayAnswer},
)
