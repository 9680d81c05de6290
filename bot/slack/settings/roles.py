"""The roles of an incident: those every organisation has, and its own."""

from collections.abc import Mapping
from typing import Any

from bot.slack import blocks as b
from bot.slack.settings import parts
from bot.slack.settings.meanwhile import Spoken, Values, seals_of
from bot.slack.settings.sight import Sight
from bot.slack.text import literal
from bot.slack.views.submission import written
from core.domain.incident_role import (
    MAX_NAME,
    MAX_SHORTFORM,
    STANDARD_ROLES,
    IncidentRole,
)
from core.errors import NotFound
from core.language import known, say

NAME, SHORTFORM, DESCRIPTION, INSTRUCTIONS = (
    "settings.name",
    "settings.shortform",
    "settings.description",
    "settings.instructions",
)
REMOVE = "settings.role.remove"


def roles(sight: Sight, about: str = "") -> b.View:
    add = b.button(say("Add a role"), action=f"{parts.GO}.new", value=f"{parts.ROLE}:{parts.NEW}")
    rows = [_row(one) for one in sight.roles[: parts.MOST_ROWS]]
    rows += parts.unshown(len(rows), len(sight.roles))
    return parts.page(sight, parts.ROLES, [*rows, b.actions([add], id="settings.add")])


def role(sight: Sight, about: str) -> b.View:
    if about == parts.NEW:
        shown, heading = seals_of(kept(sight, None)), say("New role")
        return parts.form(sight, parts.ROLE, _own(None), shown, about, heading)
    found = sight.role(about)
    if found is None:
        raise NotFound(say("That role is not there any more."))
    asked = _standard(sight, found) if found.id in STANDARD_ROLES else _own(found)
    return parts.form(sight, parts.ROLE, asked, seals_of(kept(sight, found)), about)


def kept(sight: Sight, one: IncidentRole | None) -> Values:
    """What the form about it shows; of a role of every organisation only its instructions."""
    if one is None:
        return {"name": "", "shortform": "", "description": "", "instructions": ""}
    if one.id in STANDARD_ROLES:
        return {"instructions": sight.settings.instructions(one)[: b.MAX_SECTION]}
    return {
        "name": one.name,
        "shortform": one.shortform,
        "description": one.description[: b.MAX_SECTION],
        "instructions": one.instructions[: b.MAX_SECTION],
    }


def filled(values: Mapping[str, Any], names: Values) -> Values:
    """Those of the fields that the form had."""
    return {name: written(values, f"settings.{name}") for name in names}


def _quoted(text: Any) -> str:
    return f"“{str(text)[:200]}”" if text else ""


SPOKEN: Mapping[str, Spoken] = {
    "name": _quoted,
    "shortform": _quoted,
    "description": _quoted,
    "instructions": _quoted,
}


def _row(one: IncidentRole) -> b.Block:
    short = f" · {literal(one.shortform, 100)}" if one.shortform else ""
    text = f"*{literal(known(one.name), 200)}*{short}\n{literal(known(one.description), 500)}"
    said = say("Change: {page}", page=known(one.name))
    return parts.row(text.strip(), f"{parts.ROLE}:{one.id}", say("Change"), said)


def _standard(sight: Sight, one: IncidentRole) -> list[b.Block]:
    explained = say(
        "Every organisation has this role; what whoever takes it is told can be put in your own "
        "words. Empty means the usual ones."
    )
    given = _instructions(sight.settings.instructions(one), known(one.instructions))
    return [
        b.header(known(one.name)),
        b.section(b.plain(known(one.description))),
        b.context(b.plain(explained)),
        given.block(),
    ]


def _own(one: IncidentRole | None) -> list[b.Block]:
    name = b.Input(id=NAME, label=say("Name"), element=b.text_input(longest=MAX_NAME))
    short = b.Input(
        id=SHORTFORM,
        label=say("Short form"),
        element=b.text_input(longest=MAX_SHORTFORM),
        hint=say("What it is called in commands, as in “/incident role comms @name”."),
        optional=True,
    )
    description = b.Input(
        id=DESCRIPTION,
        label=say("What it is for"),
        element=b.text_input(multiline=True),
        optional=True,
    )
    fields = [
        name.starting_with(initial_value=one.name if one else ""),
        short.starting_with(initial_value=one.shortform if one else ""),
        description.starting_with(initial_value=one.description[: b.MAX_SECTION] if one else ""),
        _instructions(one.instructions if one else "", ""),
    ]
    return [*(field.block() for field in fields), *([_removal(one)] if one else [])]


def _instructions(text: str, usual: str) -> b.Input:
    return b.Input(
        id=INSTRUCTIONS,
        label=say("What whoever takes it is told"),
        element=b.text_input(multiline=True, hint=usual),
        hint=say("Sent in person, once, with a link to the channel."),
        optional=True,
    ).starting_with(initial_value=text[: b.MAX_SECTION])


def _removal(one: IncidentRole) -> b.Block:
    button = b.button(
        say("Remove this role"),
        action=REMOVE,
        value=one.id,
        said=say("Remove {name}", name=one.name),
    )
    asking = b.confirmed(
        b.styled(button, "danger"),
        title=say("Remove the role?"),
        text=say("Nobody plays it any more, in any incident. This cannot be undone."),
        yes=say("Remove"),
        no=say("Keep it"),
    )
    return b.actions([asking], id="settings.removal")
