"""What every listener works with."""

from dataclasses import dataclass

from bot.slack.acts import Acts
from bot.slack.alert_pages import AlertPages
from bot.slack.assignees import Assignees
from bot.slack.forms import Forms, Opening, Whose
from bot.slack.home import Home
from bot.slack.identity import Identity
from bot.slack.maintenance.acts import WindowActs
from bot.slack.maintenance.desk import WindowDesk
from bot.slack.maintenance.forms import WindowForms
from bot.slack.maintenance.scheduling import Scheduling
from bot.slack.maintenance.subcommands import WindowSubcommands
from bot.slack.maintenance.targets import WindowTargets
from bot.slack.naming import name_in
from bot.slack.people import People
from bot.slack.responder import Responder
from bot.slack.running import Running
from bot.slack.seeking import Seeking
from bot.slack.subcommands import Subcommands
from bot.slack.targets import Targets
from bot.slack.workspaces import Workspaces
from bot.slack.zones import Zones
from core.bus import CommandBus
from core.domain.policy import Policy
from core.ports import Clock, ReadModels, Search


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    bus: CommandBus
    reads: ReadModels
    running: Running
    identity: Identity
    responder: Responder
    acts: Acts
    assignees: Assignees
    forms: Forms
    subcommands: Subcommands
    targets: Targets
    windows: WindowDesk
    home: Home
    seeking: Seeking
    zones: Zones


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What a desk stands on. `announcement_channel` is a name or an id."""

    bus: CommandBus
    reads: ReadModels
    search: Search
    clock: Clock
    running: Running
    responder: Responder
    workspaces: Workspaces
    people: People
    zones: Zones
    policy: Policy
    announcement_channel: str


def desk_on(ground: Ground) -> Desk:
    identity = Identity(ground.workspaces, ground.people)
    acts = Acts(ground.bus, ground.reads, ground.clock)
    assignees = Assignees(ground.people, ground.reads)
    targets = Targets(ground.reads)
    whose, opening = identity.person, Opening(identity.person)
    seeking = Seeking(ground.reads, ground.search)
    forms = Forms(ground.reads, targets, opening)
    windows = _windows(ground, assignees, whose, opening)
    return Desk(
        bus=ground.bus,
        reads=ground.reads,
        running=ground.running,
        identity=identity,
        responder=ground.responder,
        acts=acts,
        assignees=assignees,
        forms=forms,
        subcommands=_subcommands(ground, whose, acts, assignees, forms, seeking),
        targets=targets,
        windows=windows,
        home=_home(ground, whose, targets, windows.targets, seeking),
        seeking=seeking,
        zones=ground.zones,
    )


def _subcommands(
    ground: Ground,
    whose: Whose,
    acts: Acts,
    assignees: Assignees,
    forms: Forms,
    seeking: Seeking,
) -> Subcommands:
    return Subcommands(
        bus=ground.bus,
        reads=ground.reads,
        whose=whose,
        acts=acts,
        assignees=assignees,
        forms=forms,
        targets=Targets(ground.reads),
        seeking=seeking,
        alerts=AlertPages(reads=ground.reads),
    )


def _home(
    ground: Ground, whose: Whose, targets: Targets, windows: WindowTargets, seeking: Seeking
) -> Home:
    return Home(
        reads=ground.reads,
        whose=whose,
        targets=targets,
        windows=windows,
        zones=ground.zones,
        clock=ground.clock,
        seeking=seeking,
    )


def _windows(ground: Ground, assignees: Assignees, whose: Whose, opening: Opening) -> WindowDesk:
    bus, reads, clock, zones = ground.bus, ground.reads, ground.clock, ground.zones
    acts, targets = WindowActs(bus, reads, clock), WindowTargets(reads, clock)
    scheduling = Scheduling(bus, reads, clock, assignees, ground.policy)
    name = name_in(ground.announcement_channel)
    announcement = f"#{name}" if name else "the channel for announcements"
    forms = WindowForms(reads, targets, opening, scheduling, zones, announcement)
    return WindowDesk(
        acts=acts,
        forms=forms,
        scheduling=scheduling,
        subcommands=WindowSubcommands(reads, whose, targets, acts, forms, zones),
        targets=targets,
    )
