"""Reads what was filled into a form: `view.state.values`, of which any part may be missing."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any


def written(values: Mapping[str, Any], id: str) -> str:
    return str(_element(values, id).get("value") or "")


def chosen(values: Mapping[str, Any], id: str) -> str:
    return str((_element(values, id).get("selected_option") or {}).get("value") or "")


def chosen_many(values: Mapping[str, Any], id: str) -> tuple[str, ...]:
    options = _element(values, id).get("selected_options") or []
    return tuple(str(option["value"]) for option in options)


def person(values: Mapping[str, Any], id: str) -> str:
    return str(_element(values, id).get("selected_user") or "")


def people(values: Mapping[str, Any], id: str) -> tuple[str, ...]:
    return tuple(map(str, _element(values, id).get("selected_users") or ()))


def channels(values: Mapping[str, Any], id: str) -> tuple[str, ...]:
    return tuple(map(str, _element(values, id).get("selected_conversations") or ()))


def channel(values: Mapping[str, Any], id: str) -> str:
    return str(_element(values, id).get("selected_conversation") or "")


def number(values: Mapping[str, Any], id: str) -> int:
    """0 for what is no whole number: Slack takes nothing else in such a field."""
    given = written(values, id)
    return int(given) if given.isascii() and given.isdigit() else 0


def moment(values: Mapping[str, Any], id: str) -> datetime | None:
    picked = _element(values, id).get("selected_date_time")
    return datetime.fromtimestamp(int(picked), UTC) if picked else None


def _element(values: Mapping[str, Any], id: str) -> Mapping[str, Any]:
    """Our blocks and their elements have the same name."""
    return (values.get(id) or {}).get(id) or {}
