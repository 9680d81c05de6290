"""Menus and pickers that Slack fills by itself or asks the app about: part of `blocks`."""

from typing import Any, TypeAlias

Element: TypeAlias = dict[str, Any]


def searching_multi_select() -> Element:
    """Its options are asked for as the person types."""
    return {"type": "multi_external_select", "min_query_length": 0}


def searching_select() -> Element:
    """The same for a single choice."""
    return {"type": "external_select", "min_query_length": 0}


def person_select() -> Element:
    return {"type": "users_select"}


def people_select() -> Element:
    return {"type": "multi_users_select"}


def channels_select() -> Element:
    """Channels of any kind, private ones included; nobody's direct messages."""
    wanted = {"include": ["public", "private"], "exclude_external_shared_channels": False}
    return {"type": "multi_conversations_select", "filter": wanted}


def channel_select() -> Element:
    """The same for a single one."""
    return channels_select() | {"type": "conversations_select"}


def moment_picker() -> Element:
    """A day and a time, in the zone of whoever picks."""
    return {"type": "datetimepicker"}


def number_input(most: int) -> Element:
    """A whole number from 0 to `most`."""
    return {
        "type": "number_input",
        "is_decimal_allowed": False,
        "min_value": "0",
        "max_value": str(most),
    }
