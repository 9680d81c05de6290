"""The people and bots of a workspace."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    id: str
    name: str
    real_name: str
    email: str = ""
    tz: str = "UTC"
    title: str = ""
    is_bot: bool = False
    is_admin: bool = False
    is_restricted: bool = False
    deleted: bool = False
    bot_id: str = ""
    updated: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """The workspace's identity, and that of the one app installed in it."""

    id: str
    name: str
    domain: str
    app_id: str
    bot_id: str
    bot_user_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UserGroup:
    id: str
    handle: str
    name: str
    users: tuple[str, ...] = ()
    description: str = ""
    channels: tuple[str, ...] = ()
    created: int = 0
    created_by: str = "USLACKBOT"
    updated: int = 0
    updated_by: str = "USLACKBOT"
    # When it was disabled and by whom; 0 while it is in use.
    disabled: int = 0
    disabled_by: str = ""
