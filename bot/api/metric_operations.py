"""The operations of `/api/v1/metrics`."""

from bot.api.lists_v1 import Many
from bot.api.metric_shapes import MetricAnswer, MetricChange, MetricLine, NewMetric, NewStatus
from bot.api.operations import Operation, Tag
from bot.api.record_pages import RecordsQuery
from core.domain.actor import Permission

LIST = Operation(
    method="GET",
    path="/api/v1/metrics",
    name="list_metrics",
    summary="List metrics, newest first",
    tag=Tag.OBSERVER,
    needs=Permission.READ_METRICS,
    query=RecordsQuery,
    answers={200: Many[MetricLine]},
)
CREATE = Operation(
    method="POST",
    path="/api/v1/metrics",
    name="create_metric",
    summary="Add a metric",
    tag=Tag.TOCSIN,
    needs=Permission.WRITE_METRICS,
    body=NewMetric,
    answers={201: MetricAnswer},
    example={"name": "Checkout latency", "description": "p99 of all payments."},
)
SHOW = Operation(
    method="GET",
    path="/api/v1/metrics/{id}",
    name="get_metric",
    summary="One metric",
    tag=Tag.OBSERVER,
    needs=Permission.READ_METRICS,
    answers={200: MetricAnswer},
)
EDIT = Operation(
    method="PATCH",
    path="/api/v1/metrics/{id}",
    name="update_metric",
    summary="Change a metric; what is left out stays",
    tag=Tag.TOCSIN,
    needs=Permission.WRITE_METRICS,
    body=MetricChange,
    answers={200: MetricAnswer},
    refuses=frozenset({409}),
    example={"description": "p99 of card payments."},
)
DELETE = Operation(
    method="DELETE",
    path="/api/v1/metrics/{id}",
    name="delete_metric",
    summary="Delete a metric; its incidents stay",
    tag=Tag.TOCSIN,
    needs=Permission.WRITE_METRICS,
    answers={204: None},
    refuses=frozenset({409}),
)
SET_STATUS = Operation(
    method="POST",
    path="/api/v1/metrics/{id}/status",
    name="set_metric_status",
    summary="Say how a metric is doing; 409 if a probe does",
    tag=Tag.OBSERVER,
    needs=Permission.WRITE_METRICS,
    body=NewStatus,
    answers={200: MetricAnswer},
    refuses=frozenset({409}),
    example={"status": "unhealthy", "note": "p99 is above 2 s."},
)
