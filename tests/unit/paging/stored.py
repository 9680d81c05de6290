"""Requests of the paging APIs in the form in which their doors store them."""

from collections.abc import Mapping
from typing import Any

from bot.alert_bodies.opsgenie import Act
from bot.paging.opsgenie_acts import WAYS

PAGERDUTY, OPSGENIE = "pagerduty", "opsgenie"
GIVEN_KEY = "a key that the door has made"


def as_stored(source: str, record: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of a recorded request to that source."""
    return _event(record) if source == PAGERDUTY else _request(record)


def _event(record: Mapping[str, Any]) -> dict[str, Any]:
    body = {name: value for name, value in record["body"].items() if name != "routing_key"}
    if record["path"].endswith("/change/enqueue"):
        return {"change": body}
    return {"dedup_key": GIVEN_KEY, **body}


def _request(record: Mapping[str, Any]) -> dict[str, Any]:
    body = record["body"]
    _, _, rest = record["path"].partition("/v2/alerts")
    if not rest:
        return {"action": Act.CREATE, "alias": body["alias"], "body": body}
    alias, _, word = rest.strip("/").partition("/")
    [act] = [w.act for w in WAYS if (w.method, w.path.strip("/")) == (record["method"], word)]
    return {"action": act, "alias": alias, "body": body}
