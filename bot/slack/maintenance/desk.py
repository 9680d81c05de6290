"""What the listeners to maintenance work with."""

from dataclasses import dataclass

from bot.slack.maintenance.acts import WindowActs
from bot.slack.maintenance.forms import WindowForms
from bot.slack.maintenance.scheduling import Scheduling
from bot.slack.maintenance.subcommands import WindowSubcommands
from bot.slack.maintenance.targets import WindowTargets


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowDesk:
    acts: WindowActs
    forms: WindowForms
    scheduling: Scheduling
    subcommands: WindowSubcommands
    targets: WindowTargets
