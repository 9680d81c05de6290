"""Which alerts a window keeps quiet, in incident.io's conditions: groups of which one has to hold,
each of conditions which all have to hold."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import re2

from bot.api.dialects.incident_io.window_shapes import ConditionGroupPayloadV2, ConditionPayloadV2
from core.domain.ids import ServiceId
from core.domain.maintenance import Maintenance
from core.domain.matcher import Matcher, Operator, understood
from core.errors import InvalidInput

FIELD = "alert_condition_groups"
SERVICE, LABEL = "alert.service", "alert.attributes."
ONE_OF, NOT_ONE_OF = "one_of", "not_one_of"
FITS, FITS_NOT = "matches_regex", "not_matches_regex"

_OPERATIONS: Mapping[Operator, str] = {
    Operator.IS: ONE_OF,
    Operator.IS_NOT: NOT_ONE_OF,
    Operator.FITS: FITS,
    Operator.FITS_NOT: FITS_NOT,
}
_OPERATORS: Mapping[str, Operator] = {
    "is": Operator.IS,
    "is_not": Operator.IS_NOT,
    **{operation: operator for operator, operation in _OPERATIONS.items()},
}
_ANY_OF: Mapping[Operator, Operator] = {
    Operator.IS: Operator.FITS,
    Operator.IS_NOT: Operator.FITS_NOT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Alerts of one of the services, and those that all matchers fit."""

    service_ids: tuple[ServiceId, ...] = ()
    matchers: tuple[str, ...] = ()


def scope_of(groups: Sequence[ConditionGroupPayloadV2]) -> Scope:
    """`InvalidInput` names the condition that cannot be kept."""
    services: list[ServiceId] = []
    matchers: tuple[str, ...] = ()
    for number, group in enumerate(groups):
        place = f"{FIELD}.{number}.conditions"
        if [one.subject for one in group.conditions] == [SERVICE]:
            services += _services(group.conditions[0], f"{place}.0")
        elif matchers:
            message = "One group of conditions on labels is possible; put them all into it."
            raise InvalidInput(message, field=place)
        else:
            matchers = tuple(
                _matcher(one, f"{place}.{index}") for index, one in enumerate(group.conditions)
            )
    return Scope(service_ids=tuple(services), matchers=matchers)


def groups_of(window: Maintenance, services: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    """The same in the form in which incident.io shows it."""
    groups = []
    if named := list(services):
        groups.append([_condition(SERVICE, "Service", ONE_OF, named)])
    if window.matchers:
        each = (one for text in window.matchers for one in understood((text,)))
        groups.append([_shown(one) for one in each])
    return [{"conditions": conditions} for conditions in groups]


def _services(condition: ConditionPayloadV2, place: str) -> list[ServiceId]:
    if condition.operation not in (ONE_OF, "is"):
        raise InvalidInput(f"A service is asked for with {ONE_OF}.", field=place)
    return [ServiceId(value) for value in _values(condition, place)]


def _matcher(condition: ConditionPayloadV2, place: str) -> str:
    operator = _OPERATORS.get(condition.operation)
    if not condition.subject.startswith(LABEL) or operator is None:
        raise InvalidInput(
            f"A condition is about {SERVICE}, in a group of its own, or about {LABEL}LABEL, "
            f"with one of {', '.join(_OPERATORS)}.",
            field=place,
        )
    label, values = condition.subject.removeprefix(LABEL), _values(condition, place)
    if len(values) == 1:
        return Matcher(label=label, operator=operator, value=values[0]).text
    if operator not in _ANY_OF:
        raise InvalidInput("One pattern is possible; write a|b for several.", field=place)
    pattern = "|".join(re2.escape(value) for value in values)
    return Matcher(label=label, operator=_ANY_OF[operator], value=pattern).text


def _values(condition: ConditionPayloadV2, place: str) -> list[str]:
    found = []
    for binding in condition.param_bindings:
        several = binding.array_value or ([binding.value] if binding.value else [])
        found += [one.literal for one in several if one.literal]
    if not found:
        raise InvalidInput("The condition names no literal to compare with.", field=place)
    return found


def _shown(matcher: Matcher) -> dict[str, Any]:
    operation = _OPERATIONS[matcher.operator]
    values = [(matcher.value, matcher.value)]
    return _condition(f"{LABEL}{matcher.label}", matcher.label, operation, values)


def _condition(
    subject: str, label: str, operation: str, values: Iterable[tuple[str, str]]
) -> dict[str, Any]:
    shown = [{"literal": literal, "label": name} for literal, name in values]
    return {
        "subject": {"reference": subject, "label": label},
        "operation": {"value": operation, "label": operation.replace("_", " ")},
        "param_bindings": [{"array_value": shown}],
    }
