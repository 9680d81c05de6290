"""The REST API's place in an application."""

from dataclasses import dataclass

from aiohttp import web

from bot.alert_hearing import Hearing
from bot.api.accounts.desk import Desk
from bot.api.accounts.routes import Accounts
from bot.api.alert_sources import AlertSources, Bells
from bot.api.alerting.alerts import AlertsV1
from bot.api.alerting.rules import RoutingRules
from bot.api.alerting.silences import Silences
from bot.api.alerting.trying import RuleTrials
from bot.api.auth import Gate, Standards
from bot.api.calendar.routes import CalendarFeed
from bot.api.comments import Comments
from bot.api.dialects.incident_io.alert_events_routes import AlertEvents
from bot.api.dialects.incident_io.alerts_routes import Alerts
from bot.api.dialects.incident_io.routes import IncidentIo
from bot.api.dialects.observer.incident_routes import IncidentSteps
from bot.api.dialects.observer.maintenance_history import MaintenanceHistory
from bot.api.dialects.observer.maintenance_routes import Maintenances
from bot.api.dialects.observer.maintenance_steps import MaintenanceSteps
from bot.api.dialects.opsknight import incident_routes, service_routes
from bot.api.dialects.opsknight.events_routes import Events
from bot.api.dialects.opsknight.words import TRIGGERED
from bot.api.doors import Doors
from bot.api.heartbeats.pings import Pings
from bot.api.heartbeats.routes import Heartbeats
from bot.api.incident_settings.routes import IncidentSettingsRoutes
from bot.api.integrations.payloads import Payloads
from bot.api.integrations.routes import Integrations
from bot.api.knowledge.articles import Articles
from bot.api.knowledge.likenesses import LikenessRoutes
from bot.api.knowledge.procedures import Procedures
from bot.api.knowledge.search import SearchRoutes
from bot.api.metrics import Metrics
from bot.api.pages import Pages
from bot.api.postmortems import Postmortems
from bot.api.responding.people import People
from bot.api.responding.reminders import Reminders
from bot.api.responding.snoozing import Snoozes
from bot.api.responding.subscriptions import Subscriptions
from bot.api.responding.tasks import Tasks
from bot.api.responding.timeline import Timelines
from bot.api.responding.together import Together
from bot.api.server import Server
from bot.api.services import Services
from bot.api.shared_v1 import Incidents
from bot.api.webhook_endpoints.deliveries import WebhookDeliveries
from bot.api.webhook_endpoints.routes import WebhookEndpoints
from bot.outgoing.outbound import Outbound
from bot.source_secrets import SourceSecrets
from bot.web.bodies import Reading
from core.bus import CommandBus
from core.domain.viewer import NOBODY
from core.ports import Clock, Directory, ReadModels, Search

USUAL = Reading()


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What the API needs of the rest of the bot."""

    bus: CommandBus
    reads: ReadModels
    search: Search
    directory: Directory
    clock: Clock
    desk: Desk
    standards: Standards
    bells: Bells
    outbound: Outbound
    hearing: Hearing
    secrets: SourceSecrets
    opsknight_open: str = TRIGGERED
    reading: Reading = USUAL


def add_api(app: web.Application, around: Surroundings) -> Server:
    """Every route of the API. The application has the edge of `bot.web.edge` already."""
    gate = Gate(around.directory, around.clock, around.desk.signed_in, around.standards)
    server = Server(app, gate, around.reading)
    server.count_strays()
    doors = Doors(
        server=server,
        bus=around.bus,
        reads=around.reads.seen_by(NOBODY),
        directory=around.directory,
        pages=Pages(around.reads),
        clock=around.clock,
        hearing=around.hearing,
    )
    for group in (Incidents(doors), IncidentSteps(doors), Services(doors)):
        group.register()
    for part in (Maintenances(doors), MaintenanceSteps(doors), MaintenanceHistory(doors)):
        part.register()
    CalendarFeed(doors, gate, around.desk.base_url).register()
    IncidentIo(doors).register()
    Accounts(doors, around.desk).register()
    _add_knowledge(doors, around)
    _add_responding(doors)
    _add_opsknight(doors, around.opsknight_open)
    _add_alerts(doors, gate, around)
    return server


def _add_knowledge(doors: Doors, around: Surroundings) -> None:
    for group in (Procedures(doors), Articles(doors)):
        group.register()
    for finding in (SearchRoutes(doors, around.search), LikenessRoutes(doors, around.search)):
        finding.register()
    for other in (Comments(doors), Metrics(doors)):
        other.register()
    Integrations(doors, around.secrets, around.desk.base_url).register()
    Payloads(doors, around.secrets, around.bells.on_stored).register()
    for hook in (WebhookEndpoints(doors, around.outbound), WebhookDeliveries(doors)):
        hook.register()


def _add_responding(doors: Doors) -> None:
    for group in (Together, People, Snoozes, Tasks, Timelines, Reminders, Subscriptions):
        group(doors).register()
    IncidentSettingsRoutes(doors).register()
    Postmortems(doors).register()


def _add_opsknight(doors: Doors, open_word: str) -> None:
    incident_routes.Incidents(doors, open_word).register()
    service_routes.Services(doors).register()


def _add_alerts(doors: Doors, gate: Gate, around: Surroundings) -> None:
    sources = AlertSources(gate, around.directory, around.bells, around.clock, around.reading)
    Events(doors, sources, around.opsknight_open).register()
    AlertEvents(doors, sources).register()
    Alerts(doors).register()
    Heartbeats(doors, around.desk.base_url).register()
    Pings(doors, sources).register()
    for part in (RuleTrials(doors), RoutingRules(doors), Silences(doors), AlertsV1(doors)):
        part.register()
