"""What Slack tells about channels and people, in typed form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeAlias

from core.domain.ids import ChannelId
from core.language import say

Answer: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A channel with what people call it, for messages about it."""

    id: ChannelId
    name: str = ""

    @property
    def spoken(self) -> str:
        return f"#{self.name}" if self.name else say("the channel")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookmark:
    """`by` wrote it last."""

    id: str
    title: str
    link: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a message goes: a channel, or a thread in one; `broadcast` shows what is said in the
    thread in the channel as well."""

    room: Room
    thread_ts: str = ""
    broadcast: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """`joined` says whether Tocsin is in it; `canvases` are those in its tabs that say
    something."""

    room: Room
    creator: str
    created_at: datetime
    archived: bool
    topic: str
    private: bool = False
    joined: bool = True
    canvases: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody in the workspace, or of another company in a channel shared with it. `timezone` is
    empty where Slack knows none, `teams` where it does not say whose they are."""

    id: str
    name: str
    email: str
    is_bot: bool
    is_guest: bool
    is_gone: bool
    timezone: str = ""
    is_stranger: bool = False
    teams: frozenset[str] = frozenset()

    def is_of(self, team_id: str) -> bool:
        return not self.is_stranger and (not self.teams or team_id in self.teams)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who the bot is, by Slack's own account."""

    team_id: str
    bot_user_id: str
    bot_id: str


def channel_from(item: Answer) -> Channel:
    return Channel(
        room=Room(id=ChannelId(item["id"]), name=item.get("name", "")),
        creator=item.get("creator", ""),
        created_at=datetime.fromtimestamp(item.get("created", 0), UTC),
        archived=bool(item.get("is_archived")),
        topic=(item.get("topic") or {}).get("value", ""),
        private=bool(item.get("is_private")),
        joined=bool(item.get("is_member", True)),
        canvases=frozenset(_canvases(item.get("properties") or {})),
    )


def _canvases(properties: Answer) -> Iterator[str]:
    """Slack names the first one by itself, and all of them among the tabs, or only there."""
    first = properties.get("canvas") or {}
    empty = first.get("file_id") if first.get("is_empty") else ""
    tabs = [one.get("data") or {} for one in properties.get("tabs") or () if _is_canvas(one)]
    for id in (first.get("file_id"), *(one.get("file_id") for one in tabs)):
        if id and id != empty:
            yield str(id)


def _is_canvas(tab: Answer) -> bool:
    return tab.get("type") == "canvas"


def bookmark_from(item: Answer) -> Bookmark:
    return Bookmark(
        id=item["id"],
        title=item["title"],
        link=item.get("link", ""),
        by=str(item.get("last_updated_by_user_id") or ""),
    )


def member_from(item: Answer) -> Member:
    profile = item.get("profile") or {}
    teams = (item.get("enterprise_user") or {}).get("teams") or ()
    name = profile.get("real_name") or item.get("real_name") or item.get("name") or item["id"]
    return Member(
        id=item["id"],
        name=str(name),
        email=str(profile.get("email") or ""),
        is_bot=bool(item.get("is_bot")) or item["id"] == "USLACKBOT",
        is_guest=bool(item.get("is_restricted") or item.get("is_ultra_restricted")),
        is_gone=bool(item.get("deleted")),
        timezone=str(item.get("tz") or ""),
        is_stranger=bool(item.get("is_stranger")),
        teams=frozenset(str(one) for one in (item.get("team_id"), *teams) if one),
    )
