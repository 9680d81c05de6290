"""What every family of commands, forms and buttons works with."""

from dataclasses import dataclass

from bot.slack.acts import Acts
from bot.slack.assignees import Assignees
from bot.slack.families import Meant
from bot.slack.forms import Opening, Whose
from bot.slack.people import People
from bot.slack.running import Running
from bot.slack.seeking import Seeking
from bot.slack.targets import Targets
from bot.slack.zones import Zones
from core.bus import CommandBus
from core.ports import Clock, Postings, ReadModels


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """`reads` knows of no private incident; what somebody is shown is read with `seen_by` their
    eyes. `announcement_channel` is the installation's, `base_url` where it is reached."""

    bus: CommandBus
    reads: ReadModels
    clock: Clock
    whose: Whose
    opening: Opening
    meant: Meant
    targets: Targets
    acts: Acts
    assignees: Assignees
    people: People
    seeking: Seeking
    zones: Zones
    running: Running
    postings: Postings
    announcement_channel: str
    base_url: str = ""
