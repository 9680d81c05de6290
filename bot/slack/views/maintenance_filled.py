"""What was filled into the form of a window: its fields by name, before and after."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.slack.views import submission as given
from bot.slack.views.maintenance_repeats import NEVER, OWN, rule_of

SCHEDULE, EDIT = "maintenance.schedule", "maintenance.edit"
"""What is sent."""

TITLE, DESCRIPTION, SERVICES = "title", "description", "service_ids"
START, END, START_NOW, ZONE = "scheduled_start_at", "scheduled_end_at", "start_now", "timezone"
CHANNELS, PEOPLE, OWNER = "notify_channels", "notify_user_ids", "owner_id"
RUNBOOK, REMINDERS, REPEATS, MATCHERS = "runbook_url", "reminders", "recurrence", "matchers"
"""Named like the fields of the command, so that a refusal finds its place."""

RULE, SWITCHES, SCOPE = "rule", "switches", "scope"
VISIBLE, AUTO_START, AUTO_COMPLETE = "customer_visible", "auto_start", "auto_complete"
ONE, ALL = "one", "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What is in the form, before or after somebody worked on it. People are Slack members, the
    times None where nothing was picked; `named_channels` are told as well and cannot be shown as
    chosen, for Slack chooses by id; `all_following` moves a whole series."""

    title: str = ""
    description: str = ""
    service_ids: tuple[str, ...] = ()
    start: datetime | None = None
    end: datetime | None = None
    start_now: bool = False
    timezone: str = "UTC"
    channels: tuple[str, ...] = ()
    named_channels: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    owner: str = ""
    runbook_url: str = ""
    reminders: tuple[int, ...] = ()
    repeats: str = NEVER
    rule: str = ""
    matchers: tuple[str, ...] = ()
    customer_visible: bool = True
    auto_start: bool = True
    auto_complete: bool = True
    all_following: bool = False

    @property
    def recurrence(self) -> str:
        """The rule that was chosen or written; empty without a start to count from."""
        return rule_of(self.repeats, self.rule, self.start, self.timezone) if self.start else ""


def filled_in(values: Mapping[str, Any]) -> Filled:
    switches = given.chosen_many(values, SWITCHES)
    matchers = (line.strip() for line in given.written(values, MATCHERS).splitlines())
    return Filled(
        title=given.written(values, TITLE),
        description=given.written(values, DESCRIPTION),
        service_ids=given.chosen_many(values, SERVICES),
        start=given.moment(values, START),
        end=given.moment(values, END),
        start_now=bool(given.chosen_many(values, START_NOW)),
        timezone=given.chosen(values, ZONE) or "UTC",
        channels=given.channels(values, CHANNELS),
        people=given.people(values, PEOPLE),
        owner=given.person(values, OWNER),
        runbook_url=given.written(values, RUNBOOK).strip(),
        reminders=tuple(sorted(map(int, given.chosen_many(values, REMINDERS)))),
        repeats=given.chosen(values, REPEATS) or NEVER,
        rule=given.written(values, RULE).strip(),
        matchers=tuple(filter(None, matchers)),
        customer_visible=VISIBLE in switches,
        auto_start=AUTO_START in switches,
        auto_complete=AUTO_COMPLETE in switches,
        all_following=given.chosen(values, SCOPE) == ALL,
    )


def places(filled: Filled) -> dict[str, str]:
    """Where a refusal is shown that concerns a field by another name."""
    return {REPEATS: RULE} if filled.repeats == OWN else {}
