"""What every listener works with."""

from dataclasses import dataclass, replace

from bot.slack import following
from bot.slack.acts import Acts
from bot.slack.alert_pages import AlertPages
from bot.slack.assignees import Assignees
from bot.slack.families import Families, Meant
from bot.slack.forms import Forms, Opening, Whose
from bot.slack.home import Home
from bot.slack.identity import Identity
from bot.slack.kit import Kit
from bot.slack.listing import Listing
from bot.slack.maintenance.acts import WindowActs
from bot.slack.maintenance.desk import WindowDesk
from bot.slack.maintenance.forms import WindowForms
from bot.slack.maintenance.scheduling import Scheduling
from bot.slack.maintenance.subcommands import WindowSubcommands
from bot.slack.maintenance.targets import WindowTargets
from bot.slack.naming import name_in
from bot.slack.people import People
from bot.slack.postmortem import family as postmortem
from bot.slack.responder import Responder
from bot.slack.roles import family as roles
from bot.slack.running import Running
from bot.slack.seeking import Seeking
from bot.slack.settings import desk as settings
from bot.slack.subcommands import Subcommands
from bot.slack.targets import Targets
from bot.slack.tasks import answers as tasks
from bot.slack.timeline import family as timeline
from bot.slack.together import family as together
from bot.slack.workspaces import Workspaces
from bot.slack.zones import Zones
from core.bus import CommandBus
from core.domain.policy import Policy
from core.domain.viewer import NOBODY
from core.language import to_say
from core.ports import Clock, Postings, ReadModels, Search


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    kit: Kit
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
    postings: Postings
    announcement_channel: str
    base_url: str = ""


def desk_on(ground: Ground) -> Desk:
    """What it reads knows of no private incident, until it is asked through somebody's eyes."""
    ground = replace(ground, reads=ground.reads.seen_by(NOBODY))
    identity = Identity(ground.workspaces, ground.people)
    kit = _kit(ground, identity)
    forms = Forms(kit.reads, kit.targets, kit.opening, kit.acts)
    windows = _windows(ground, kit.assignees, kit.whose, kit.opening)
    return Desk(
        kit=kit,
        bus=kit.bus,
        reads=kit.reads,
        running=kit.running,
        identity=identity,
        responder=ground.responder,
        acts=kit.acts,
        assignees=kit.assignees,
        forms=forms,
        subcommands=_subcommands(kit, forms),
        targets=kit.targets,
        windows=windows,
        home=Home(kit=kit, windows=windows.targets),
        seeking=kit.seeking,
        zones=kit.zones,
    )


def _kit(ground: Ground, identity: Identity) -> Kit:
    targets = Targets(ground.reads)
    return Kit(
        bus=ground.bus,
        reads=ground.reads,
        clock=ground.clock,
        whose=identity.person,
        opening=Opening(identity.person),
        meant=Meant(whose=identity.person, targets=targets),
        targets=targets,
        acts=Acts(ground.bus, ground.reads, ground.clock),
        assignees=Assignees(ground.people, ground.reads),
        people=ground.people,
        seeking=Seeking(ground.reads, ground.search),
        zones=ground.zones,
        running=ground.running,
        postings=ground.postings,
        announcement_channel=ground.announcement_channel,
        base_url=ground.base_url,
    )


def families_of(kit: Kit) -> Families:
    """Each family adds its own line."""
    return {
        **roles.answers(kit),
        **together.answers(kit),
        **settings.answers(kit),
        **postmortem.answers(kit),
        **timeline.answers(kit),
        **tasks.answers(kit),
        **following.answers(kit),
    }


def _subcommands(kit: Kit, forms: Forms) -> Subcommands:
    return Subcommands(
        bus=kit.bus,
        reads=kit.reads,
        whose=kit.whose,
        acts=kit.acts,
        assignees=kit.assignees,
        forms=forms,
        targets=kit.targets,
        seeking=kit.seeking,
        alerts=AlertPages(reads=kit.reads),
        listing=Listing(reads=kit.reads, targets=kit.targets),
        families=families_of(kit),
    )


def _windows(ground: Ground, assignees: Assignees, whose: Whose, opening: Opening) -> WindowDesk:
    bus, reads, clock, zones = ground.bus, ground.reads, ground.clock, ground.zones
    acts, targets = WindowActs(bus, reads, clock), WindowTargets(reads, clock)
    scheduling = Scheduling(bus, reads, clock, assignees, ground.policy)
    name = name_in(ground.announcement_channel)
    announcement = f"#{name}" if name else to_say("the channel for announcements")
    forms = WindowForms(reads, targets, opening, scheduling, zones, announcement)
    return WindowDesk(
        acts=acts,
        forms=forms,
        scheduling=scheduling,
        subcommands=WindowSubcommands(reads, whose, targets, acts, forms, zones),
        targets=targets,
    )
