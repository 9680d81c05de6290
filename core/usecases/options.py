"""What use cases on an organisation's own severities and statuses share."""

from collections.abc import Mapping

from core.domain.text import one_line, paragraphs
from core.usecases.records import Making
from core.usecases.standard import ranked, require_unlike

MAX_NAME, MAX_DESCRIPTION = 50, 10_000


def making(standard: Mapping[str, str]) -> Making:
    """`standard` are the names that are taken, by ids."""
    return {
        "name": lambda text: name_of(text, standard),
        "description": description_of,
        "rank": ranked,
    }


def name_of(text: str, standard: Mapping[str, str]) -> str:
    name = one_line(text, field="name", limit=MAX_NAME)
    require_unlike(name, standard)
    return name


def description_of(text: str) -> str:
    return paragraphs(text, field="description", limit=MAX_DESCRIPTION)
