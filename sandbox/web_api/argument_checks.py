"""Arguments before their method sees them: known, present, of the right kind, within bounds."""

from collections.abc import Iterator
from typing import Any

from sandbox.errors import SlackError
from sandbox.facts.argument_kinds import BOUNDS, FLAGS, LISTS, NESTED, NUMBERS, Bound
from sandbox.facts.methods import METHODS
from sandbox.json_types import Json
from sandbox.web_api.arguments import FALSE_WORDS, TRUE_WORDS, messages
from sandbox.world import World

# Slack's own clients send the team to every method.
UNIVERSAL_ARGUMENTS = frozenset({"token", "team_id"})
# It echoes whatever it is given.
OPEN_METHODS = frozenset({"api.test"})

ABSENCES = {
    ("chat.meMessage", "text"): "no_text",
    ("conversations.create", "name"): "invalid_name_required",
    ("conversations.rename", "name"): "invalid_name_required",
    ("usergroups.create", "name"): "missing_subteam_name",
    ("usergroups.users.update", "users"): "no_users_provided",
}

# Codes for a wrong value that are not called after their argument.
WRONG_VALUES = {
    ("chat.scheduleMessage", "post_at"): "invalid_time",
    ("files.getUploadURLExternal", "length"): "missing_argument",
}


def check_arguments(world: World, method: str, arguments: Json) -> None:
    """Presence first, then kinds and bounds; what the values mean is the method's business."""
    _note_unknown(world, method, arguments)
    facts = METHODS[method]
    absent = [name for name in facts.required if arguments.get(name) in (None, "")]
    absent = [name for name in absent if not _may_be_empty(name, arguments)]
    if absent:
        raise _absence(method, absent)
    for name, value in arguments.items():
        if value is not None and value != "":
            _check_value(world, method, name, value)


def _note_unknown(world: World, method: str, arguments: Json) -> None:
    facts = METHODS[method]
    known = {*facts.arguments, *facts.required, *UNIVERSAL_ARGUMENTS}
    for name in sorted(set(arguments) - known) if method not in OPEN_METHODS else ():
        world.journal.finding(
            "unknown_argument", f"{method} has no argument {name}.", where=method, argument=name
        )


def _may_be_empty(name: str, arguments: Json) -> bool:
    """Topics and purposes are cleared with an empty text."""
    return name in ("topic", "purpose") and arguments.get(name) == ""


def _absence(method: str, absent: list[str]) -> SlackError:
    """Methods have codes of their own for what they miss; else there is the general one."""
    for name in absent:
        if (method, name) in ABSENCES:
            return SlackError(ABSENCES[method, name])
    documented = METHODS[method].errors
    if "channel" in absent and "channel_not_found" in documented:
        return SlackError("channel_not_found")
    code = "missing_argument" if "missing_argument" in documented else "invalid_arguments"
    return SlackError(code, **messages(*(f"missing required field: {name}" for name in absent)))


def _check_value(world: World, method: str, name: str, value: Any) -> None:
    if wrong := next(_wrong_kind(name, value), None):
        raise _refusal(method, name, wrong)
    bound = BOUNDS.get((method, name), Bound())
    if bound.one_of and value not in bound.one_of:
        raise _refusal(method, name, f"must be one of: {', '.join(bound.one_of)}")
    if wrong := next(_out_of_bounds(name, value, bound), None):
        world.journal.finding(
            "over_limit", f"{name} of {method} {wrong}.", where=method, argument=name
        )
        raise _refusal(method, name, wrong)


def _wrong_kind(name: str, value: Any) -> Iterator[str]:
    if name in FLAGS and not _is_flag(value):
        yield "must be a boolean"
    elif name in NUMBERS and not _is_number(value):
        yield "must be an integer"
    elif isinstance(value, _not_texts(name)):
        yield "must be a string"


def _not_texts(name: str) -> tuple[type, ...]:
    """What a text argument cannot be; a number is read as the text it would be in a form."""
    if name in NESTED | FLAGS:
        return ()
    return (dict, bool) if name in LISTS else (dict, list, bool)


def _is_flag(value: Any) -> bool:
    if isinstance(value, str):
        return value in TRUE_WORDS | FALSE_WORDS
    return isinstance(value, int) and value in (0, 1)


def _is_number(value: Any) -> bool:
    if isinstance(value, str):
        return value.removeprefix("-").isascii() and value.removeprefix("-").isdigit()
    return isinstance(value, int) and not isinstance(value, bool)


def _out_of_bounds(name: str, value: Any, bound: Bound) -> Iterator[str]:
    if bound.longest is not None and isinstance(value, str) and len(value) > bound.longest:
        yield f"must be less than {bound.longest + 1} characters"
    if name in NUMBERS:
        if bound.smallest is not None and int(value) < bound.smallest:
            yield f"must be greater than {bound.smallest - 1}"
        if bound.largest is not None and int(value) > bound.largest:
            yield f"must be less than {bound.largest + 1}"


def _refusal(method: str, name: str, wrong: str) -> SlackError:
    """`invalid_link` and the like where a method has them, else the general code."""
    own = WRONG_VALUES.get((method, name), f"invalid_{name}")
    code = own if own in METHODS[method].errors else "invalid_arguments"
    return SlackError(code, **messages(f"{wrong} [json-pointer:/{name}]"))
