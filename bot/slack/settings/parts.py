"""What the pages of the settings have in common: their names, buttons and ways back."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.slack import blocks as b
from bot.slack.settings.sight import ABOUT, Sight
from core.language import say, to_say

GO = "settings.go"
"""A button that leads to a page; its value is the page, and what it is about after a colon."""

MOST_ROWS = 80
"""Of those there are of something, on one page."""

MENU = "menu"
CHANNELS, SEVERITIES, SERVICES, ROLES = "channels", "severities", "services", "roles"
FIELDS, REMINDERS, LANGUAGE, SUMMARY = "fields", "reminders", "language", "summary"
SEVERITY, SERVICE, ROLE, FIELD = "severity", "service", "role", "field"
NEW = "new"

TITLES: Mapping[str, str] = {
    MENU: to_say("Settings"),
    CHANNELS: to_say("Channels and timeline"),
    SEVERITIES: to_say("Severities"),
    SERVICES: to_say("People for services"),
    ROLES: to_say("Roles"),
    FIELDS: to_say("Form to declare"),
    REMINDERS: to_say("Reminders"),
    LANGUAGE: to_say("Language and time zone"),
    SUMMARY: to_say("Digest and summary"),
    SEVERITY: to_say("Severity"),
    SERVICE: to_say("People for a service"),
    ROLE: to_say("Role"),
    FIELD: to_say("New field"),
}
PARENTS: Mapping[str, str] = {
    SEVERITY: SEVERITIES,
    SERVICE: SERVICES,
    ROLE: ROLES,
    FIELD: FIELDS,
}
"""Where one comes back to from a page; from all others to the menu."""


def title(page: str) -> str:
    return say(TITLES[page])


def parent(page: str) -> str:
    return PARENTS.get(page, MENU)


def page(sight: Sight, name: str, blocks: Sequence[b.Block]) -> b.View:
    """One that only leads on."""
    back = [] if name == MENU else [back_from(name)]
    view = b.modal(title(name), [*told(sight), *blocks, *back])
    return view | {"private_metadata": sight.memory.packed()}


def form(
    sight: Sight,
    name: str,
    blocks: Sequence[b.Block],
    shown: Mapping[str, str],
    about: str = "",
    heading: str = "",
) -> b.View:
    """One that can be saved; `shown` are the seals of what is in it."""
    kept = {**shown, ABOUT: about} if about else dict(shown)
    return b.form(
        heading or title(name),
        [*told(sight), *blocks, back_from(name)],
        callback=callback(name),
        submit=say("Save"),
        memory=replace(sight.memory, shown=kept).packed(),
    )


def callback(name: str) -> str:
    return f"settings.{name}"


def told(sight: Sight) -> list[b.Block]:
    return [b.section(b.plain(sight.notice)), b.divider()] if sight.notice else []


def remark(sentence: str) -> list[b.Block]:
    return [b.context(b.plain(sentence))] if sentence else []


def unshown(shown: int, there: int) -> list[b.Block]:
    """Slack takes only so many blocks."""
    if shown >= there:
        return []
    left = there - shown
    return remark(
        say("{count} more do not fit here; they can be changed through the API.", count=left)
    )


def row(text: str, address: str, label: str, said: str) -> b.Block:
    """`text` is escaped; the button leads to `address`."""
    button = b.button(label, action=GO, value=address, said=said)
    return b.section(b.mrkdwn(text), accessory=button) | {"block_id": f"go.{address}"}


def back_from(name: str) -> b.Block:
    to = parent(name)
    label = say("All settings") if to == MENU else title(to)
    button = b.button(
        say("Back: {page}", page=label), action=f"{GO}.back", value=to, said=say("Back")
    )
    return b.actions([button], id="settings.back")
