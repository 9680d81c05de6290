"""Documents of the workspace: in a tab of a channel, or by themselves, with who may see them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Canvas:
    """`channel` is the one in whose tab it stands, if it does; `access` is by the ids of channels
    and people, each with what they may do."""

    id: str
    user: str
    markdown: str
    created: int
    updated: int
    title: str = ""
    channel: str = ""
    access: tuple[tuple[str, ...], ...] = ()
    is_deleted: bool = False
