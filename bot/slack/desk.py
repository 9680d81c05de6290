"""What every listener works with."""

from dataclasses import dataclass

from bot.slack.acts import Acts
from bot.slack.assignees import Assignees
from bot.slack.forms import Forms
from bot.slack.identity import Identity
from bot.slack.people import People
from bot.slack.responder import Responder
from bot.slack.running import Running
from bot.slack.subcommands import Subcommands
from bot.slack.targets import Targets
from bot.slack.workspaces import Workspaces
from core.bus import CommandBus
from core.ports import Clock, ReadModels


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What a desk stands on."""

    bus: CommandBus
    reads: ReadModels
    clock: Clock
    running: Running
    responder: Responder
    workspaces: Workspaces
    people: People


def desk_on(ground: Ground) -> Desk:
    identity = Identity(ground.workspaces, ground.people)
    acts = Acts(ground.bus, ground.reads, ground.clock)
    assignees = Assignees(ground.people, ground.reads)
    targets = Targets(ground.reads)
    forms = Forms(ground.reads, targets, identity.person)
    return Desk(
        bus=ground.bus,
        reads=ground.reads,
        running=ground.running,
        identity=identity,
        responder=ground.responder,
        acts=acts,
        assignees=assignees,
        forms=forms,
        subcommands=Subcommands(ground.bus, ground.reads, identity.person, acts, assignees, forms),
        targets=targets,
    )
