"""What real Alertmanagers sent."""

from typing import Any

from tests.unit.webhooks.golden import captures, recorded


def captured(name: str) -> Any:
    """The body of a captured notification, by the number in its name."""
    [found] = [one for one in captures() if one.startswith(f"alertmanager/webhook_{name}_")]
    return recorded(found)["body"]


ALL = ("01", "02", "03", "04", "05", "06")
