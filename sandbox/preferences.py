"""What the workspace's administrators and its plan allow the app."""

from dataclasses import dataclass
from typing import Any

from sandbox.errors import Refusal
from sandbox.json_types import Json

UPLOADS = ("all", "images", "none")


@dataclass(slots=True, kw_only=True)
class Preferences:
    """User groups need a paid plan; without an edit window messages may be edited forever."""

    is_paid: bool = True
    edit_window_seconds: float | None = None
    # Which files may be uploaded: all, images or none.
    uploads: str = "all"

    def change(self, wanted: Json) -> None:
        """Take over what is named; `Refusal` for a value that is not one."""
        if "is_paid" in wanted:
            self.is_paid = _flag(wanted["is_paid"], "is_paid")
        if "edit_window_seconds" in wanted:
            self.edit_window_seconds = _window(wanted["edit_window_seconds"])
        if "uploads" in wanted:
            if wanted["uploads"] not in UPLOADS:
                raise Refusal("invalid_request", f"uploads is one of {', '.join(UPLOADS)}.")
            self.uploads = wanted["uploads"]


def _flag(value: Any, name: str) -> bool:
    if not isinstance(value, bool):
        raise Refusal("invalid_request", f"{name} is true or false.")
    return value


def _window(value: Any) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise Refusal(
            "invalid_request", "edit_window_seconds is a number, not less than 0, or null."
        )
    return float(value)
