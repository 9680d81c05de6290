"""Matchers that mean alerts like a certain one."""

from core.domain.alert import Episode
from core.domain.matcher import MAX_MATCHER, MAX_MATCHERS, canonical_matchers
from core.domain.routing import ALERTNAME, labels_of
from core.errors import InvalidInput

INSTANCES = frozenset(
    {
        "instance",
        "host",
        "hostname",
        "host_name",
        "node",
        "nodename",
        "server",
        "machine",
        "pod",
        "pod_name",
        "container",
        "container_id",
        "container_name",
        "device",
        "disk",
        "mountpoint",
        "ip",
        "address",
        "endpoint",
        "target",
        "url",
        "instance_id",
        "id",
        "uid",
        "uuid",
        "alert_id",
        "monitor_id",
    }
)
"""Labels that tell things of one kind from each other."""


def alike(episode: Episode) -> tuple[str, ...]:
    """Of alerts with the same labels, but for those that name a single instance of it. Its name
    is among them, whatever its source calls a label."""
    labels = {name: value for name, value in labels_of(episode).items() if value}
    shared = {name: value for name, value in labels.items() if name.lower() not in INSTANCES}
    ordered = sorted(shared.items(), key=lambda pair: (pair[0] != ALERTNAME, pair[0]))
    texts = [text for name, value in ordered if (text := _matcher(name, value))]
    if not texts:
        message = "Its labels do not tell this alert from others; silence it by matchers of yours."
        raise InvalidInput(message, field="alert_id")
    return canonical_matchers(texts[:MAX_MATCHERS])


def _matcher(name: str, value: str) -> str:
    """Empty where it cannot be written as one."""
    quoted = [
        text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        for text in (name, value)
    ]
    text = f'"{quoted[0]}"="{quoted[1]}"'
    if len(text) > MAX_MATCHER:
        return ""
    try:
        [canonical] = canonical_matchers([text])
    except InvalidInput:
        return ""
    return canonical
