"""The app as its manifest describes it: commands, shortcuts, scopes, events and addresses."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """`url` is where the manifest wants it delivered; empty when it does not say."""

    command: str
    description: str = ""
    usage_hint: str = ""
    should_escape: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortcut:
    name: str
    callback_id: str
    type: str
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """What the manifest grants and announces.

    The URLs are as the manifest has them: their paths count, for the app that a sandbox talks to
    rarely listens at the host it will have one day. They are empty where the manifest is silent.
    """

    name: str
    bot_name: str
    description: str = ""
    long_description: str = ""
    commands: tuple[Command, ...] = ()
    shortcuts: tuple[Shortcut, ...] = ()
    unfurl_domains: tuple[str, ...] = ()
    bot_scopes: frozenset[str] = frozenset()
    user_scopes: frozenset[str] = frozenset()
    events: frozenset[str] = frozenset()
    user_events: frozenset[str] = frozenset()
    redirect_urls: tuple[str, ...] = ()
    events_url: str = ""
    interactivity_url: str = ""
    options_url: str = ""
    home_tab: bool = False
    messages_tab: bool = False
    # The Messages tab shows what the bot writes, and lets nobody answer.
    messages_read_only: bool = False
    interactive: bool = False
    socket_mode: bool = False

    def command(self, name: str) -> Command | None:
        return next((known for known in self.commands if known.command == name), None)

    def shortcut(self, callback_id: str) -> Shortcut | None:
        return next((known for known in self.shortcuts if known.callback_id == callback_id), None)
