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
from bot.api.resources import Resource
from core.domain.actor import Permission

RULES = Resource(
    path="/api/v1/routing-rules",
    one="routing_rule",
    many="routing_rules",
    tag=Tag.TOCSIN,
    see=Permission.READ_INTEGRATIONS,
    change=Permission.WRITE_INTEGRATIONS,
    lines=Many[RuleLine],
    answer=RuleAnswer,
)

LIST = RULES.list("List routing rules in the order in which they are asked", query=PageQuery)
CREATE = RULES.add(
    "Say what becomes of some alerts",
    description="The first rule that fits an alert decides; without a position it is asked last.",
    body=NewRule,
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
    needs=Permission.READ_INTEGRATIONS,
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
SHOW = RULES.show("One routing rule")
EDIT = RULES.edit(
    "Change a routing rule or move it; what is left out stays",
    body=RuleChange,
    example={"position": 1},
)
DELETE = RULES.delete("Delete a routing rule; what it decided stays decided")
