"""Services by the names that people type."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from core.domain.ids import ServiceId
from core.domain.service import Service
from core.errors import InvalidInput
from core.language import say

FIELD = "service_ids"
SHOWN = 8


def service_named(name: str, services: Sequence[Service]) -> Service:
    """By its name, or by how it begins; `InvalidInput` with what is nearest otherwise."""
    wanted = " ".join(name.casefold().split())
    names = {service.id: " ".join(service.name.casefold().split()) for service in services}
    exact = [one for one in services if names[one.id] == wanted]
    begun = [one for one in services if names[one.id].startswith(wanted)]
    found = exact or begun
    if len(found) == 1:
        return found[0]
    if found:
        choices = ", ".join(one.name for one in found[:SHOWN])
        sentence = say("“{name}” could be several services: {choices}.", name=name, choices=choices)
        raise InvalidInput(sentence, field=FIELD)
    raise InvalidInput(_unknown(name, wanted, services, names), field=FIELD)


def _unknown(
    name: str, wanted: str, services: Sequence[Service], names: Mapping[ServiceId, str]
) -> str:
    if not services:
        return say("There are no services yet; an admin adds them with “tocsin services add”.")
    nearest = get_close_matches(wanted, names.values(), n=1)
    if nearest:
        meant = next(one.name for one in services if names[one.id] == nearest[0])
        return say("There is no service “{name}”; did you mean “{meant}”?", name=name, meant=meant)
    choices = ", ".join(one.name for one in services[:SHOWN])
    return say("There is no service “{name}”; there are {choices}.", name=name, choices=choices)
