"""The organisation's own fields in a form about an incident: asked, filled in, checked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from bot.slack import blocks as b
from bot.slack.views.submission import chosen, chosen_many, written
from core.domain.custom_field import CustomField, FieldOption, FieldType, checked_values
from core.domain.particulars import FieldEntry
from core.errors import InvalidInput
from core.flaws import Flaws
from core.language import say

PLACE = "field."
"""How the blocks of such fields begin; the rest is the field's id."""

LONGEST = 2_000
MOST_ASKED = 40

Entries = Mapping[str, tuple[str, ...]]
"""What is said of each field, by its id; for fields that select, ids of options."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnField:
    """`options` are in their order; a field that selects and has none cannot be asked for."""

    custom: CustomField
    options: Sequence[FieldOption] = ()
    required: bool = False

    @property
    def id(self) -> str:
        return self.custom.id

    @property
    def can_be_asked(self) -> bool:
        return bool(self.options) or not self.custom.type.selects

    @property
    def is_searched(self) -> bool:
        """Too many options to offer them all at once."""
        return len(self.options) > b.MAX_OPTIONS


def asked(fields: Iterable[OwnField], entries: Entries) -> list[b.Input]:
    """With what is said of them already."""
    return [_input(one, entries.get(one.id, ())) for one in fields if one.can_be_asked]


def fitting(fields: Iterable[OwnField], entries: Entries) -> list[OwnField]:
    """Without those whose text is longer than a form can hold, or whose options are gone."""
    return [one for one in fields if _fits(one, entries.get(one.id, ()))]


def among(fields: Iterable[OwnField], entries: Entries) -> list[OwnField]:
    """Those that the form had."""
    return [one for one in fields if one.id in entries]


def entered(values: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """What was filled in, of whichever fields the form had; empty ones too."""
    places = [place for place in values if place.startswith(PLACE)]
    return {place.removeprefix(PLACE): _entered(values, place) for place in places}


def checked(fields: Iterable[OwnField], entries: Entries, flaws: Flaws) -> tuple[FieldEntry, ...]:
    """As they are kept, without those that say nothing; what is wrong stands at its field."""
    kept: list[FieldEntry] = []
    for one in fields:
        given, place = entries.get(one.id, ()), f"{PLACE}{one.id}"
        nothing: tuple[str, ...] = ()
        values = flaws.checked(partial(_checked, one, given, place), nothing)
        if values:
            kept.append(FieldEntry(field_id=one.id, values=values))
    return tuple(kept)


def option_choices(options: Iterable[FieldOption]) -> list[b.Choice]:
    return [b.Choice(label=option.value, value=option.id) for option in options]


def _fits(one: OwnField, given: Sequence[str]) -> bool:
    if one.custom.type.selects:
        return {*given} <= {option.id for option in one.options}
    return len(given) <= 1 and all(len(value) <= LONGEST for value in given)


def _checked(one: OwnField, given: Sequence[str], place: str) -> tuple[str, ...]:
    values = checked_values(one.custom, given, one.options, field=place)
    if one.required and one.can_be_asked and not values:
        raise InvalidInput(say("Fill in “{field}”.", field=one.custom.name), field=place)
    return values


def _input(one: OwnField, given: Sequence[str]) -> b.Input:
    field = b.Input(
        id=f"{PLACE}{one.id}",
        label=one.custom.name,
        element=_element(one),
        hint=_hint(one),
        optional=not one.required,
    )
    chosen_options = [option for option in one.options if option.id in given]
    options = [b.option(choice) for choice in option_choices(chosen_options)]
    match one.custom.type:
        case FieldType.SINGLE_SELECT:
            return field.starting_with(initial_option=options[0] if options else None)
        case FieldType.MULTI_SELECT:
            return field.starting_with(initial_options=options)
        case _:
            return field.starting_with(initial_value=given[0] if given else "")


def _element(one: OwnField) -> b.Element:
    match one.custom.type:
        case FieldType.SINGLE_SELECT:
            return b.searching_select() if one.is_searched else b.select(_choices(one))
        case FieldType.MULTI_SELECT:
            return b.searching_multi_select() if one.is_searched else b.multi_select(_choices(one))
        case FieldType.LINK:
            return b.url_input()
        case FieldType.NUMERIC:
            return b.text_input(longest=100)
        case FieldType.TEXT:
            return b.text_input(multiline=True, longest=LONGEST)


def _hint(one: OwnField) -> str:
    if one.custom.description:
        return one.custom.description
    return say("A number, such as 42 or 0.5") if one.custom.type is FieldType.NUMERIC else ""


def _choices(one: OwnField) -> list[b.Choice]:
    return option_choices(one.options)


def _entered(values: Mapping[str, Any], place: str) -> tuple[str, ...]:
    """One of these it is; Slack sends only what the element has."""
    several = chosen_many(values, place)
    single = chosen(values, place) or written(values, place).strip()
    return several or ((single,) if single else ())
