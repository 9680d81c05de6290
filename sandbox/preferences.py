"""What the workspace's administrators and its plan allow the app."""

from dataclasses import dataclass

UPLOADS = ("all", "images", "none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """User groups need a paid plan; without an edit window messages may be edited forever."""

    is_paid: bool = True
    edit_window_seconds: float | None = None
    # Which files may be uploaded: all, images or none.
    uploads: str = "all"
    # Whether people may have canvases at all.
    canvases: bool = True
