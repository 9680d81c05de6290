"""Conversations: public and private channels, and direct messages."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A topic or a purpose."""

    value: str = ""
    creator: str = ""
    last_set: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookmark:
    id: str
    title: str
    link: str
    emoji: str = ""
    created: int = 0
    updated: int = 0
    updated_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    ts: str
    by: str
    created: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    id: str
    name: str
    creator: str
    created: int
    is_private: bool = False
    is_im: bool = False
    is_mpim: bool = False
    is_general: bool = False
    is_archived: bool = False
    # Direct messages only: whether the app sees it among its open ones.
    is_open: bool = True
    topic: Note = field(default_factory=Note)
    purpose: Note = field(default_factory=Note)
    members: tuple[str, ...] = ()
    previous_names: tuple[str, ...] = ()
    bookmarks: tuple[Bookmark, ...] = ()
    pins: tuple[Pin, ...] = ()

    @property
    def family(self) -> str:
        """How scopes and events name this kind: channels, groups, im or mpim."""
        if self.is_im:
            return "im"
        if self.is_mpim:
            return "mpim"
        return "groups" if self.is_private else "channels"

    @property
    def is_direct(self) -> bool:
        return self.is_im or self.is_mpim

    def partner_of(self, user: str) -> str:
        """The other person of a direct message, or the same one when they talk to themselves."""
        return next((member for member in self.members if member != user), user)
