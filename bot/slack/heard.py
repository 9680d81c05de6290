"""What was heard already: Slack tells the same once more when it thinks nobody listened."""

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

MOST = 10_000
"""More than Slack can tell again of one installation before it gives up."""


class Heard:
    """For answers only, of which a second one is a nuisance and a lost one no loss: what changes
    anything is kept apart by the key of its command, in the database."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._events: OrderedDict[str, None] = OrderedDict()

    def before(self, body: Mapping[str, Any]) -> bool:
        """Whether this very event came already; from now on it did."""
        event = str(body.get("event_id") or "")
        if not event:
            return False
        if event in self._events:
            return True
        self._events[event] = None
        if len(self._events) > self._most:
            self._events.popitem(last=False)
        return False
