"""The operations of `/api/v1/metrics`."""

from dataclasses import replace

from bot.api.lists_v1 import Many
from bot.api.metric_shapes import MetricAnswer, MetricChange, MetricLine, NewMetric, NewStatus
from bot.api.operations import Tag
from bot.api.record_pages import RecordsQuery
from bot.api.resources import Resource
from core.domain.actor import Permission

OURS = Resource(
    path="/api/v1/metrics",
    one="metric",
    many="metrics",
    tag=Tag.TOCSIN,
    see=Permission.READ_METRICS,
    change=Permission.WRITE_METRICS,
    lines=Many[MetricLine],
    answer=MetricAnswer,
)
OBSERVER = replace(OURS, tag=Tag.OBSERVER)

LIST = OBSERVER.list("List metrics, newest first", query=RecordsQuery)
CREATE = OURS.add(
    "Add a metric",
    body=NewMetric,
    example={"name": "Checkout latency", "description": "p99 of all payments."},
)
SHOW = OBSERVER.show("One metric")
EDIT = OURS.edit(
    "Change a metric; what is left out stays",
    body=MetricChange,
    example={"description": "p99 of card payments."},
)
DELETE = OURS.delete("Delete a metric; its incidents stay")
SET_STATUS = OBSERVER.step(
    "status",
    "set_metric_status",
    "Say how a metric is doing; 409 if a probe does",
    body=NewStatus,
    example={"status": "unhealthy", "note": "p99 is above 2 s."},
)
