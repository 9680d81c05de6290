"""Writes `docs/settings.md` from the settings: `python -m bot.settings_page > docs/settings.md`."""

import sys
from types import UnionType
from typing import Any, Literal, get_args, get_origin

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from bot.settings import Settings, variable_of

INTRODUCTION = """\
# Settings

Tocsin reads its settings from the environment and from a file `.env` in the folder it is started
in; the environment wins, and an empty value counts as none. A wrong value ends the command with
exit code 2 and a sentence that names the variable. `tocsin doctor` says
what the present settings lead to.

This page is written by `python -m bot.settings_page > docs/settings.md`; a test keeps it true.

| variable | default | kind | meaning |
| --- | --- | --- | --- |
"""

DEFAULTS = {
    "base_url": "the address and port it listens at",
    "database_url": "`tocsin.db` in the data folder",
    "secret_key": "made once in the data folder",
}


def page() -> str:
    return INTRODUCTION + "".join(_row(*item) for item in Settings.model_fields.items())


def _row(name: str, field: FieldInfo) -> str:
    cells = (f"`{variable_of(name)}`", _default(name, field), _kind(field), _meaning(field))
    return f"| {' | '.join(cells)} |\n"


def _default(name: str, field: FieldInfo) -> str:
    if field.default in (None, ""):
        return DEFAULTS.get(name, "none")
    value = f"{field.default:g}" if isinstance(field.default, float) else str(field.default)
    return f"`./{value}`" if name == "data_dir" else f"`{value}`"


def _kind(field: FieldInfo) -> str:
    types = _types(field.annotation)
    if SecretStr in types:
        return "secret"
    if str in types:
        return "text"
    if any(get_origin(one) is Literal for one in types):
        return "one of these words"
    return "number" if types & {int, float} else "folder"


def _types(annotation: Any) -> set[Any]:
    return set(get_args(annotation)) if isinstance(annotation, UnionType) else {annotation}


def _meaning(field: FieldInfo) -> str:
    return " ".join((field.description or "").split()).replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(page())
