"""What happened to alerts and their sources, as sentences."""

from typing import TypeAlias, assert_never

from core.domain import events as e
from core.domain.wording import and_more, joined, listed, minute
from core.language import say, say_many, to_say

AlertsFact: TypeAlias = e.AlertsFired | e.AlertsCleared | e.AlertsFlapping | e.AlertsSteady


def narrate_alerts(event: e.AlertingFact) -> str:
    who = event.by.name
    match event:
        case e.IntegrationChanged():
            return say(
                "{who} changed {fields} of the alert source {name}.",
                who=who,
                fields=listed(event.fields),
                name=event.name,
            )
        case e.IntegrationDeleted():
            return say("{who} deleted the alert source {name}.", who=who, name=event.name)
        case e.IntegrationQuiet():
            return say(
                "The alert source {name} has said nothing since {since}.",
                name=event.name,
                since=minute(event.since),
            )
        case e.AlertsNotified():
            return alerts_said(
                "The alert {names} of {source}: told here only, as the rule “{rule}” says.",
                "{count} alerts ({names}) of {source}: told here only, as the rule “{rule}” says.",
                event,
                source=event.name,
                rule=event.rule,
            )
        case e.DependenciesChanged():
            return _dependencies(event)
        case _:
            assert_never(event)


def _dependencies(event: e.DependenciesChanged) -> str:
    who, name = event.by.name, event.name
    if not event.depends_on:
        return say("{who} made the service {name} depend on nothing.", who=who, name=name)
    words = to_say("{who} made the service {name} depend on {others}.")
    return say(words, who=who, name=name, others=joined(event.depends_on))


def narrate_incident_alerts(event: AlertsFact) -> str:
    """What the alerts of an incident did."""
    match event:
        case e.AlertsFired(worse=True):
            return alerts_said(
                "The alert {names} got worse.", "{count} alerts ({names}) got worse.", event
            )
        case e.AlertsFired():
            return alerts_said(
                "The alert {names} joined the incident.",
                "{count} alerts ({names}) joined the incident.",
                event,
            )
        case e.AlertsCleared():
            return alerts_said("The alert {names} ended.", "{count} alerts ({names}) ended.", event)
        case e.AlertsFlapping():
            return alerts_said(
                "The alert {names} comes and goes.", "{count} alerts ({names}) come and go.", event
            )
        case e.AlertsSteady():
            return _steady(event)
        case _:
            assert_never(event)


def _steady(event: e.AlertsSteady) -> str:
    if event.firing:
        return alerts_said(
            "The alert {names} is steady again and goes on.",
            "{count} alerts ({names}) are steady again and go on.",
            event,
        )
    return alerts_said(
        "The alert {names} is steady again and stays away.",
        "{count} alerts ({names}) are steady again and stay away.",
        event,
    )


def alerts_said(one: str, many: str, event: AlertsFact | e.AlertsNotified, **values: object) -> str:
    """`The alert High latency …`, or `12 alerts (High latency, Disk full and 10 more) …`."""
    count, names = event.count, event.names
    shown = names[0] if count == 1 else and_more(names, count - len(names))
    return say_many(one, many, count, names=shown, **values)
