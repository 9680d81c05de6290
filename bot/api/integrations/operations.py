"""The operations on alert sources."""

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
from core.domain.actor import Permission

EVERY = "/api/v1/integrations"
ONE = f"{EVERY}/{{id}}"
SEE, CHANGE = Permission.READ_INTEGRATIONS, Permission.WRITE_INTEGRATIONS
REFUSED = frozenset({409})

LIST = Operation(
    method="GET",
    path=EVERY,
    name="list_integrations",
    summary="List alert sources, newest first",
    tag=Tag.OVERWATCH,
    needs=SEE,
    query=PageQuery,
    answers={200: Many[IntegrationLine]},
)
CREATE = Operation(
    method="POST",
    path=EVERY,
    name="create_integration",
    summary="Add an alert source",
    description="The token is shown in this answer only.",
    tag=Tag.OVERWATCH,
    needs=CHANGE,
    body=NewIntegration,
    answers={201: IntegrationAnswer},
    example={"name": "Production", "type": "datadog", "config": {"auto_resolve": True}},
)
SHOW = Operation(
    method="GET",
    path=ONE,
    name="get_integration",
    summary="One alert source",
    tag=Tag.TOCSIN,
    needs=SEE,
    answers={200: IntegrationAnswer},
)
EDIT = Operation(
    method="PATCH",
    path=ONE,
    name="update_integration",
    summary="Change an alert source; what is left out stays",
    tag=Tag.TOCSIN,
    needs=CHANGE,
    body=IntegrationChange,
    answers={200: IntegrationAnswer},
    refuses=REFUSED,
    example={"settings": {"grace": 120, "group_by": ["service"], "quiet_after": 86_400}},
)
DELETE = Operation(
    method="DELETE",
    path=ONE,
    name="delete_integration",
    summary="Delete an alert source; what it said stays",
    tag=Tag.TOCSIN,
    needs=CHANGE,
    answers={204: None},
    refuses=REFUSED,
)
ROTATE = Operation(
    method="POST",
    path=f"{ONE}/rotate-token",
    name="rotate_integration_token",
    summary="Give an alert source a new token",
    description="The old one opens nothing from now on. The new one is shown in this answer only.",
    tag=Tag.TOCSIN,
    needs=CHANGE,
    answers={200: IntegrationAnswer},
    refuses=REFUSED,
)
DRY_RUN = Operation(
    method="POST",
    path=f"{ONE}/dry-run",
    name="try_payload",
    summary="See what a payload of an alert source becomes, without anything happening",
    description="A mapping can be tried before it is saved: send it in `settings`.",
    tag=Tag.TOCSIN,
    needs=CHANGE,
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
    path=f"{ONE}/payloads",
    name="list_payloads",
    summary="What an alert source sent last, newest first, and what became of it",
    description="The last 20 are kept for good, others for a week. Secrets are masked.",
    tag=Tag.TOCSIN,
    needs=SEE,
    answers={200: PayloadList},
)
REPLAY = Operation(
    method="POST",
    path=f"{ONE}/payloads/{{payload_id}}/replay",
    name="replay_payload",
    summary="Deal with something that was sent once more, as if it came now",
    tag=Tag.TOCSIN,
    needs=CHANGE,
    answers={202: ReplayAnswer},
    refuses=REFUSED,
)
