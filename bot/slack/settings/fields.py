"""Which fields of the organisation's own the form to declare asks for, and in which order."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.slack import blocks as b
from bot.slack.settings import parts
from bot.slack.settings.sight import Sight
from bot.slack.text import literal
from bot.slack.views.submission import chosen, chosen_many, written
from core.commands.settings import AddFormField
from core.domain.actor import Caller
from core.domain.custom_field import MAX_NAME, CustomField, FieldType
from core.domain.incident_settings import FormField
from core.language import say, to_say

DO = "settings.field.do"
"""Its value is what to do, with which field, and in which version of the settings that was read."""

ASK, LEAVE, UP, DOWN, REQUIRE, OPTIONAL = "ask", "leave", "up", "down", "require", "optional"
NAME, TYPE, OPTIONS, DESCRIPTION, REQUIRED = (
    "settings.name",
    "settings.type",
    "settings.options",
    "settings.description",
    "settings.required",
)
TYPES: Mapping[FieldType, str] = {
    FieldType.TEXT: to_say("Text"),
    FieldType.SINGLE_SELECT: to_say("One of several"),
    FieldType.MULTI_SELECT: to_say("Some of several"),
    FieldType.LINK: to_say("Link"),
    FieldType.NUMERIC: to_say("Number"),
}
LABELS: Mapping[str, str] = {
    UP: to_say("Ask for it earlier"),
    DOWN: to_say("Ask for it later"),
    REQUIRE: to_say("Make it required"),
    OPTIONAL: to_say("Make it optional"),
    LEAVE: to_say("Do not ask for it"),
}


def fields(sight: Sight, about: str = "") -> b.View:
    asked = _asked(sight)
    others = [one for one in sight.fields if one.id not in {field.id for _, field in asked}]
    rows = [_row(sight, place, len(asked), *one) for place, one in enumerate(asked)]
    rows = rows[: parts.MOST_ROWS]
    free = [_other(sight, one) for one in others[: parts.MOST_ROWS - len(rows)]]
    add = b.button(say("Add a field"), action=f"{parts.GO}.new", value=f"{parts.FIELD}:{parts.NEW}")
    explained = say("The form to declare asks for these after all others, in this order.")
    nothing = say("The form to declare asks for nothing of your own yet.")
    return parts.page(
        sight,
        parts.FIELDS,
        [
            b.section(b.plain(explained if asked else nothing)),
            *rows,
            *([b.header(say("Not asked for"))] if free else []),
            *free,
            *parts.unshown(len(rows) + len(free), len(asked) + len(others)),
            b.actions([add], id="settings.add"),
        ],
    )


def field(sight: Sight, about: str) -> b.View:
    types = [b.Choice(label=say(name), value=type) for type, name in TYPES.items()]
    yes = b.Choice(label=say("The form cannot be sent without it"), value="yes")
    asked = [
        b.Input(id=NAME, label=say("Name"), element=b.text_input(longest=MAX_NAME)),
        b.Input(id=TYPE, label=say("What it holds"), element=b.select(types)).starting_with(
            initial_option=b.option(types[0])
        ),
        b.Input(
            id=OPTIONS, label=say("What there is to choose from"), optional=True,
            element=b.text_input(multiline=True), hint=say("One on each line."),
        ),
        b.Input(
            id=DESCRIPTION, label=say("What it is for"), optional=True,
            element=b.text_input(longest=500), hint=say("Shown below the field."),
        ),
        b.Input(
            id=REQUIRED, label=say("Must it be filled in?"), optional=True,
            element=b.checkboxes([yes]),
        ),
    ]  # fmt: skip
    return parts.form(sight, parts.FIELD, [one.block() for one in asked], {}, about)


def new_field(values: Mapping[str, Any], caller: Caller, key: str) -> AddFormField:
    return AddFormField(
        caller=caller,
        key=key,
        name=written(values, NAME),
        type=chosen(values, TYPE),
        options=tuple(written(values, OPTIONS).splitlines()),
        description=written(values, DESCRIPTION),
        required=bool(chosen_many(values, REQUIRED)),
    )


def done(asked: Sequence[FormField], what: str, id: str) -> tuple[FormField, ...]:
    """The same fields, with this one moved, changed, added or left out."""
    ids = [one.field_id for one in asked]
    if what == ASK:
        return tuple(asked) if id in ids else (*asked, FormField(field_id=id))
    if id not in ids:
        return tuple(asked)
    place, rest = ids.index(id), [one for one in asked if one.field_id != id]
    one = asked[place]
    if what == LEAVE:
        return tuple(rest)
    if what in (UP, DOWN):
        rest.insert(max(place + (1 if what == DOWN else -1), 0), one)
    else:
        rest.insert(place, replace(one, required=what == REQUIRE))
    return tuple(rest)


def _asked(sight: Sight) -> list[tuple[FormField, CustomField]]:
    """Without those that were deleted."""
    pairs = [(one, sight.custom_field(one.field_id)) for one in sight.settings.form_fields]
    return [(one, found) for one, found in pairs if found]


def _row(sight: Sight, place: int, count: int, one: FormField, found: CustomField) -> b.Block:
    how = say("required") if one.required else say("optional")
    kind = say(TYPES[found.type])
    text = f"*{place + 1} · {literal(found.name, 100)}*\n{kind} · {how}"
    offers = [UP] * (place > 0) + [DOWN] * (place < count - 1)
    offers += [OPTIONAL if one.required else REQUIRE, LEAVE]
    choices = [
        b.Choice(label=say(LABELS[what]), value=_value(sight, what, found)) for what in offers
    ]
    menu = b.overflow(choices, action=DO)
    return b.section(b.mrkdwn(text), accessory=menu) | {"block_id": f"field.{found.id}"}


def _other(sight: Sight, found: CustomField) -> b.Block:
    button = b.button(
        say("Ask for it"),
        action=DO,
        value=_value(sight, ASK, found),
        said=say("Ask for {name}", name=found.name),
    )
    text = f"*{literal(found.name, 100)}*\n{say(TYPES[found.type])}"
    return b.section(b.mrkdwn(text), accessory=button) | {"block_id": f"field.{found.id}"}


def _value(sight: Sight, what: str, found: CustomField) -> str:
    return f"{what}:{found.id}:{sight.settings.version}"
