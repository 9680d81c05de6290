"""The operations on routing rules."""

from bot.api.alerting.rule_shapes import (
    NewRule,
    RuleAnswer,
    RuleChange,
    RuleLine,
    TriedAnswer,
    TryRules,
)
from bot.api.lists_v1 import Many
from bot.api.operations import Operation, Tag
from bot.api.paging import PageQuery
from core.domain.actor import Permission

EVERY = "/api/v1/routing-rules"
ONE = f"{EVERY}/{{id}}"
SEE, CHANGE = Permission.READ_INTEGRATIONS, Permission.WRITE_INTEGRATIONS

LIST = Operation(
    method="GET",
    path=EVERY,
    name="list_routing_rules",
    summary="List routing rules in the order in which they are asked",
    tag=Tag.TOCSIN,
    needs=SEE,
    query=PageQuery,
    answers={200: Many[RuleLine]},
)
CREATE = Operation(
    method="POST",
    path=EVERY,
    name="create_routing_rule",
    summary="Say what becomes of some alerts",
    description="The first rule that fits an alert decides; without a position it is asked last.",
    tag=Tag.TOCSIN,
    needs=CHANGE,
    body=NewRule,
    answers={201: RuleAnswer},
    example={
        "name": "Test alerts",
        "routing": "drop",
        "reason": "They are tests of the probes.",
        "matchers": ['env="test"'],
        "service_ids": ["svc_abc123"],
    },
)
TRY = Operation(
    method="POST",
    path="/api/v1/routing-dry-run",
    name="try_routing_rules",
    summary="Show which rule an alert would meet, and why the earlier ones do not fit",
    description="Nothing is recorded and nobody is called.",
    tag=Tag.TOCSIN,
    needs=SEE,
    body=TryRules,
    answers={200: TriedAnswer},
    example={
        "alert": {
            "name": "HighLatency",
            "severity": "warning",
            "labels": {"env": "test"},
            "source": "alertmanager",
        }
    },
)
SHOW = Operation(
    method="GET",
    path=ONE,
    name="get_routing_rule",
    summary="One routing rule",
    tag=Tag.TOCSIN,
    needs=SEE,
    answers={200: RuleAnswer},
)
EDIT = Operation(
    method="PATCH",
    path=ONE,
    name="update_routing_rule",
    summary="Change a routing rule or move it; what is left out stays",
    tag=Tag.TOCSIN,
    needs=CHANGE,
    body=RuleChange,
    answers={200: RuleAnswer},
    refuses=frozenset({409}),
    example={"position": 1},
)
DELETE = Operation(
    method="DELETE",
    path=ONE,
    name="delete_routing_rule",
    summary="Delete a routing rule; what it decided stays decided",
    tag=Tag.TOCSIN,
    needs=CHANGE,
    answers={204: None},
    refuses=frozenset({409}),
)
