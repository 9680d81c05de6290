"""What Slack's own client would not let a person choose."""

import re
from collections.abc import Mapping
from typing import Any

from sandbox.errors import Refusal
from sandbox.json_types import Json
from sandbox.model.channels import Channel
from sandbox.model.workspace import Workspace

FORMS: Mapping[str, tuple[re.Pattern[str], str]] = {
    "selected_date": (re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"), "YYYY-MM-DD"),
    "selected_time": (re.compile(r"([01]\d|2[0-3]):[0-5]\d"), "HH:mm"),
}
# Before 2001 and after 2286 the number would not have ten digits.
EARLIEST, LATEST = 1_000_000_000, 9_999_999_999
# How filters of conversation menus name the families.
FAMILIES = {"channels": "public", "groups": "private", "im": "im", "mpim": "mpim"}


def check_chosen(workspace: Workspace, element: Json, key: str, chosen: Any) -> None:
    """`Refusal` with a sentence when this cannot be the element's new state."""
    if key.endswith("s") and not isinstance(chosen, list):
        raise _bad(element, f"{key} is a list")
    if chosen is None or key in ("selected_option", "rich_text_value"):
        return
    if key == "selected_date_time":
        if type(chosen) is not int or not EARLIEST <= chosen <= LATEST:
            raise _bad(element, f"{key} is a number of seconds since 1970 with ten digits")
    elif isinstance(chosen, list):
        _check_number(element, chosen)
        for one in chosen if key != "selected_options" else ():
            _check_one(workspace, element, key.removesuffix("s"), one)
    else:
        _check_one(workspace, element, key, chosen)


def _check_number(element: Json, chosen: list[Any]) -> None:
    most = element.get("max_selected_items")
    if most is not None and len(chosen) > most:
        raise _bad(element, f"at most {most} can be chosen")


def _check_one(workspace: Workspace, element: Json, key: str, one: Any) -> None:
    if not isinstance(one, str):
        raise _bad(element, f"{key} is a text")
    form = FORMS.get(key)
    if form and not form[0].fullmatch(one):
        raise _bad(element, f"{key} looks like {form[1]}")
    if key == "selected_user" and one not in workspace.users:
        raise _bad(element, f"{one} is the id of nobody")
    if key == "selected_channel":
        known = workspace.channels.get(one)
        if known is None or known.is_private:
            raise _bad(element, f"{one} is the id of no public channel")
    if key == "selected_conversation":
        _check_conversation(element, workspace.channels.get(one), one)


def _check_conversation(element: Json, known: Channel | None, wanted: str) -> None:
    families = element.get("filter", {}).get("include")
    if known is None or (families and FAMILIES[known.family] not in families):
        raise _bad(element, f"{wanted} is no conversation this menu shows")


def _bad(element: Json, why: str) -> Refusal:
    return Refusal("invalid_request", f"{element['action_id']} cannot be set so: {why}.")
