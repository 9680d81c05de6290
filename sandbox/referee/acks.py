"""Acks that did not come because nobody was at home."""

from sandbox.json_types import Json
from sandbox.world import World

# Reasons of a failure that say nobody was at home, with what a reader calls them.
UNREACHABLE = {
    "connection_failed": "nobody answers there",
    "ssl_error": "its certificate is not valid",
    "too_many_redirects": "it redirects too often",
    "unknown_error": "the connection broke",
}
# Somebody sits before the screen and waits; events come again.
GESTURES = frozenset({"command", "block_actions", "view_submission", "shortcut", "message_action"})


class AckWatch:
    """Listens to the journal; what the courier notes itself is left to it."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._kinds: dict[str, tuple[str, bool]] = {}

    def reset(self) -> None:
        self._kinds.clear()

    def hear_entry(self, entry: Json) -> None:
        if entry["kind"] == "delivery":
            name = str(entry["delivery"])
            self._kinds[name] = (str(entry["delivery_kind"]), bool(entry.get("fault")))
        elif entry["kind"] == "ack":
            kind, is_faulty = self._kinds.get(str(entry["delivery"]), ("", False))
            if not is_faulty:
                self._judge(entry, kind)

    def _judge(self, ack: Json, kind: str) -> None:
        reason = ack.get("reason")
        if kind in GESTURES and reason in UNREACHABLE and self._world.app_url:
            self._world.journal.finding(
                "app_unreachable",
                f"{ack['label']} did not reach {self._world.app_url}: {UNREACHABLE[reason]}.",
                delivery=ack["delivery"],
            )
