"""What would become of an alert: the window, the silence or the rule that it would meet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.rule_reading import every_rule, silences_in_force
from core.domain.alert import Alert, AlertStatus, Fingerprint, GroupKey
from core.domain.ids import IntegrationId, OrganizationId, ServiceId
from core.domain.integration import Integration
from core.domain.maintenance import Maintenance, MaintenanceState
from core.domain.routing import Decision, Facts, decide, labels_of
from core.domain.routing_rule import Routing, RoutingRule
from core.domain.service import Service
from core.domain.severity import alert_severity
from core.domain.silence import Silence
from core.domain.source_settings import SourceSettings
from core.domain.state import ACTIVE
from core.domain.suppression import Cover
from core.domain.tuning import service_named, tuned
from core.domain.wording import minute, spoken
from core.errors import NotFound
from core.ports import MaintenanceQuery, ReadModels

NO_SOURCE = IntegrationId("")
SOMEBODY = "somebody is called, for an incident of its own or for the live one of its group"


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """The source an alert would come from: a configured one, or any of its kind."""

    source: str
    integration_id: IntegrationId = NO_SOURCE
    service_id: ServiceId | None = None
    settings: SourceSettings = field(default_factory=SourceSettings)

    @classmethod
    def of(cls, integration: Integration) -> "Whose":
        return cls(
            source=integration.source,
            integration_id=integration.id,
            service_id=integration.service_id,
            settings=integration.settings,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """`outcome` in one word, and as a sentence."""

    alert: Alert
    service_id: ServiceId | None
    outcome: str
    sentence: str
    decision: Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What decides, as it is now; `windows` are those in progress."""

    rules: Sequence[RoutingRule]
    silences: Sequence[Silence]
    services: Sequence[Service]
    windows: Sequence[Maintenance]
    live: dict[str, str]
    """Of the incidents that rules name, those that live: their references by their ids."""

    at: datetime

    def met_by(self, alert: Alert, whose: Whose) -> Tried:
        alert = tuned(alert, whose.settings)
        service_id = whose.service_id or self._service(alert, whose.settings)
        labels = labels_of(alert)
        facts = Facts(
            source=whose.source,
            integration_id=whose.integration_id,
            severity=alert.severity,
            labels=labels,
            service_id=service_id,
        )
        decision = decide(facts, self.rules, self.at)
        outcome, sentence = self._outcome(alert, facts, decision, whose)
        return Tried(
            alert=alert,
            service_id=service_id,
            outcome=outcome,
            sentence=sentence,
            decision=decision,
        )

    def _outcome(
        self, alert: Alert, facts: Facts, decision: Decision, whose: Whose
    ) -> tuple[str, str]:
        if alert.status is not AlertStatus.FIRING:
            return "none", f"It says {alert.status}: only what begins to fire is decided on."
        if window := Cover.of(self.windows, facts.service_id).over(facts.labels):
            return "suppressed", f"Suppressed by {window.reference}, until that is over."
        if silence := self._silence(facts):
            by = f" by {silence.by}" if silence.by else ""
            why = f" ({silence.reason})" if silence.reason else ""
            return "silenced", f"Silenced{by} until {minute(silence.ends_at)}{why}."
        rule = decision.rule
        if rule is None:
            return Routing.DECLARE, f"No rule fits: {SOMEBODY}{_held(whose.settings.hold)}."
        return rule.routing, self._routed(rule, whose)

    def _routed(self, rule: RoutingRule, whose: Whose) -> str:
        by = f"by the rule “{rule.name}”"
        match rule.routing:
            case Routing.DROP:
                return f"Dropped {by}: {rule.reason}"
            case Routing.NOTIFY:
                return f"Told to the channel {rule.channel} only, {by}."
            case Routing.ATTACH if rule.incident_id in self.live:
                return f"Put into {self.live[rule.incident_id]} {by}."
            case Routing.ATTACH:
                return f"The incident named {by} is over: {SOMEBODY}."
            case Routing.DECLARE:
                held = _held(whose.settings.hold if rule.hold is None else rule.hold)
                worth = f", as {rule.severity}" if rule.severity else ""
                return f"Decided {by}: {SOMEBODY}{worth}{held}."

    def _silence(self, facts: Facts) -> Silence | None:
        covering = (
            one
            for one in self.silences
            if one.created_at <= self.at and one.covers(facts.integration_id, facts.labels, self.at)
        )
        return next(covering, None)

    def _service(self, alert: Alert, settings: SourceSettings) -> ServiceId | None:
        named = service_named(alert.labels, settings)
        return service_called(named, self.services) if named else None


def an_alert(name: str, word: str, labels: dict[str, str], at: datetime) -> Alert:
    """One that begins to fire; `word` is the severity in the source's words."""
    return Alert(
        fingerprint=Fingerprint("dry-run"),
        group=GroupKey("dry-run"),
        group_title=name,
        name=name,
        status=AlertStatus.FIRING,
        starts_at=at,
        severity=alert_severity(word),
        severity_word=word,
        labels=labels,
    )


async def ground(
    reads: ReadModels, organization_id: OrganizationId, now: datetime, at: datetime | None
) -> Ground:
    """Of another time than now nobody can say which windows will be in progress."""
    rules = await every_rule(reads, organization_id)
    return Ground(
        rules=rules,
        silences=await silences_in_force(reads, organization_id, at or now),
        services=await reads.services(organization_id),
        windows=[] if at else await _running(reads, organization_id),
        live=await _live(rules, reads, organization_id),
        at=at or now,
    )


def service_called(word: str, services: Iterable[Service]) -> ServiceId | None:
    """By its id, or by its name whatever the case."""
    folded = word.casefold()
    alike = (one.id for one in services if word == one.id or folded == one.name.casefold())
    return next(alike, None)


async def _running(reads: ReadModels, organization_id: OrganizationId) -> list[Maintenance]:
    query = MaintenanceQuery(states=frozenset({MaintenanceState.IN_PROGRESS}), limit=500)
    page = await reads.maintenances(organization_id, query)
    return [row.maintenance for row in page.rows]


async def _live(
    rules: Iterable[RoutingRule], reads: ReadModels, organization_id: OrganizationId
) -> dict[str, str]:
    found: dict[str, str] = {}
    for id in {rule.incident_id for rule in rules if rule.incident_id}:
        try:
            row = (await reads.incident(organization_id, id)).row
        except NotFound:
            continue
        if row.state in ACTIVE:
            found[id] = row.reference
    return found


def _held(seconds: int) -> str:
    return f", once it has fired for {spoken(timedelta(seconds=seconds))}" if seconds else ""
