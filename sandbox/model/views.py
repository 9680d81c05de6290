"""Modals and App Home views, with what the user has filled in so far."""

from dataclasses import dataclass, field

from sandbox.json_types import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """`content` is the view as the app sent it, with block and action ids filled in."""

    id: str
    type: str
    user: str
    content: Json
    hash: str
    root_view_id: str
    previous_view_id: str = ""
    values: Json = field(default_factory=dict)

    @property
    def external_id(self) -> str:
        return str(self.content.get("external_id") or "")

    @property
    def blocks(self) -> list[Json]:
        return list(self.content.get("blocks", ()))
