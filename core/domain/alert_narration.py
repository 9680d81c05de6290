"""What happened to alerts and their sources, as sentences."""

from typing import assert_never

from core.domain import events as e
from core.domain.wording import joined, listed, minute


def narrate_alerts(event: e.AlertingFact) -> str:
    who = event.by.name
    match event:
        case e.IntegrationChanged():
            return f"{who} changed {listed(event.fields)} of the alert source {event.name}."
        case e.IntegrationDeleted():
            return f"{who} deleted the alert source {event.name}."
        case e.IntegrationQuiet():
            return f"The alert source {event.name} has said nothing since {minute(event.since)}."
        case e.AlertsNotified():
            said = alerts_named(event.count, event.names)
            return f"{said} of {event.name}: told here only, as the rule “{event.rule}” says."
        case e.DependenciesChanged(depends_on=()):
            return f"{who} made the service {event.name} depend on nothing."
        case e.DependenciesChanged():
            return f"{who} made the service {event.name} depend on {joined(event.depends_on)}."
        case _:
            assert_never(event)


def alerts_named(count: int, names: tuple[str, ...]) -> str:
    """`The alert High latency`, or `12 alerts (High latency, Disk full and 10 more)`."""
    if count == 1:
        return f"The alert {names[0]}"
    more = count - len(names)
    return f"{count} alerts ({', '.join(names)}{f' and {more} more' if more else ''})"
