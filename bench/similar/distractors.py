"""Incidents that have nothing to do with any topic, put together from pieces, in four languages."""

import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from bench.similar.labelled import Labelled, topics

NOISE = Path(__file__).parent / "noise.toml"
MANY = 2_200
FOREIGN = ("de", "es", "fr")
PLACES = (
    "Berlin", "Lyon", "Sevilla", "Tallinn", "Porto", "Graz", "Malmö", "Gdańsk", "Leeds", "Bari",
    "Utrecht", "Osaka", "Denver", "Quito", "Perth", "Cork", "Brno", "Turku", "Basel", "Izmir",
)  # fmt: skip


@cache
def distractors(count: int = MANY) -> tuple[Labelled, ...]:
    """The same ones each time; no two of them read the same."""
    families = tomllib.loads(NOISE.read_text(encoding="utf-8"))["family"]
    services = sorted({incident.service for topic in topics() for incident in topic.incidents})
    return tuple(islice(_unlike(families, services), count))


def _unlike(families: list[dict[str, Any]], services: list[str]) -> Iterator[Labelled]:
    chance, seen = Random(7), set[tuple[str, str, str]]()
    while True:
        for family in families:
            title, text, fix, service = _put_together(family, services, chance)
            if (title, text, fix) not in seen:
                seen.add((title, text, fix))
                name = f"{family['language']}.{len(seen)}"
                yield Labelled(id=name, title=title, text=text, fix=fix, service=service)


def _put_together(
    family: dict[str, Any], services: list[str], chance: Random
) -> tuple[str, str, str, str]:
    service = chance.choice(services)
    filled = {
        "service": service,
        "place": chance.choice(PLACES),
        "n": chance.randint(20, 99),
        "m": chance.randint(2, 19),
    }
    title, text, fix = (
        chance.choice(family[part]).format(**filled) for part in ("titles", "texts", "fixes")
    )
    return title, text, fix, service
