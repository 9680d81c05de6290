"""Carries out what was wished with “/incident”, typed or carried by a button."""

from dataclasses import dataclass
from functools import partial
from typing import assert_never

from bot.slack import wishes as w
from bot.slack.acts import Acts, Outcome
from bot.slack.alert_pages import AlertPages
from bot.slack.assignees import Assignees
from bot.slack.declaring import Draft, declare
from bot.slack.families import Families, nothing_to
from bot.slack.forms import Forms, Whose
from bot.slack.gesture import Gesture, Person, Reply, reply
from bot.slack.grammar import Either
from bot.slack.listing import Listing
from bot.slack.own_fields import wants_more
from bot.slack.rhythm import with_rhythm
from bot.slack.seeking import Seeking
from bot.slack.slash import parse
from bot.slack.targets import Targets
from bot.slack.text import escape, mention
from bot.slack.views.card import incident_card
from bot.slack.views.choices import which_assignee
from bot.slack.views.help import MANUAL
from bot.slack.views.likenesses import similar, similar_to_words
from bot.slack.views.lists import number_or_text, which_incident
from core.bus import CommandBus
from core.domain.actor import Permission
from core.domain.ids import IncidentId
from core.domain.severity import severity_named
from core.domain.state import ACTIVE, State
from core.errors import NotFound
from core.permissions import require
from core.ports import ReadModels

NOBODY = "nobody"
REOPENABLE = frozenset({State.RESOLVED, State.CLOSED})

OnIncident = (
    w.Show
    | w.Acknowledge
    | w.Update
    | w.SetSeverity
    | w.Assign
    | w.Resolve
    | w.Reopen
    | w.Similar
    | w.Alerts
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subcommands:
    bus: CommandBus
    reads: ReadModels
    whose: Whose
    acts: Acts
    assignees: Assignees
    forms: Forms
    targets: Targets
    seeking: Seeking
    alerts: AlertPages
    listing: Listing
    families: Families

    async def run(  # noqa: C901 - one line per wish
        self, gesture: Gesture, line: str
    ) -> Reply | None:
        """None when a form is the answer. Forms go first: Slack waits least for them."""
        match parse(line):
            case w.OpenForm(severity=severity):
                await self.forms.declare(gesture, severity=severity)
            case w.Update(reference=reference, text=""):
                await self.forms.update(gesture, reference)
            case w.Resolve(reference=reference, text=""):
                await self.forms.resolve(gesture, reference)
            case w.SetSeverity(reference=reference, level=""):
                await self.forms.severity(gesture, reference)
            case w.Which() as wish:
                return await self.listing.which(await self.whose(gesture), wish)
            case w.Help(topic=topic):
                return Reply(message=MANUAL.on(topic))
            case Either() as either:
                return await self._number_or_text(gesture, either)
            case w.About() | w.OpenSettings() as wish:
                return await self.families[type(wish)](gesture, wish)
            case w.Similar(text=text) if text:
                return await self._has_to_do_with(await self.whose(gesture), text)
            case w.Declare() as wish:
                return await self._declare(gesture, wish)
            case w.ListIncidents() as wish:
                return await self.listing.answer(await self.whose(gesture), wish)
            case wish:
                return await self._on_incident(await self.whose(gesture), wish)
        return None

    async def _declare(self, gesture: Gesture, wish: w.Declare) -> Reply | None:
        """Where the organisation wants to know more, the form asks for it."""
        if await wants_more(self.reads, gesture.workspace.organization_id):
            await self.forms.declare(gesture, drafted=partial(_as_typed, wish))
            return None
        draft = Draft(title=wish.title, severity=wish.severity)
        return await declare(self.bus, await self.whose(gesture), draft)

    async def _number_or_text(self, gesture: Gesture, either: Either) -> Reply | None:
        """Where there is no such incident, the number belongs to the text."""
        person = await self.whose(gesture)
        try:
            await self.targets.named(person, either.reference)
        except NotFound:
            return await self.run(gesture, either.told)
        return Reply(message=number_or_text(either))

    async def _has_to_do_with(self, person: Person, text: str) -> Reply:
        return Reply(message=similar_to_words(text, await self.seeking.words(person, text)))

    async def _on_incident(self, person: Person, wish: OnIncident) -> Reply:
        require(person.caller, Permission.READ_INCIDENTS)
        id = await self.targets.find(person, wish.reference)
        if id is None:
            return await self._ask_which(person, wish)
        answer = await self._carry_out(person, id, wish)
        return reply(answer.sentence) if isinstance(answer, Outcome) else answer

    async def _carry_out(  # noqa: C901 - one line per wish
        self, person: Person, id: IncidentId, wish: OnIncident
    ) -> Outcome | Reply:
        match wish:
            case w.Show():
                return await self._show(person, id)
            case w.Acknowledge():
                return await self.acts.acknowledge(person, id)
            case w.Update(text=text):
                return await self.acts.update(person, id, text)
            case w.SetSeverity(level=level):
                return await self.acts.change_severity(person, id, level)
            case w.Assign():
                return await self._assign(person, id, wish)
            case w.Resolve(text=text):
                return await self.acts.resolve(person, id, text)
            case w.Reopen(text=text):
                return await self.acts.reopen(person, id, text)
            case w.Similar():
                return await self.similar(person, id)
            case w.Alerts(firing=firing, after=after):
                return await self.alerts.page(person, id, firing=firing, after=after)
            case _:
                assert_never(wish)

    async def _show(self, person: Person, id: IncidentId) -> Reply:
        organization = person.caller.organization_id
        reads = self.reads.seen_by(person.caller.viewer)
        card = await with_rhythm(await reads.card(organization, id), reads, organization)
        return Reply(message=incident_card(card))

    async def similar(self, person: Person, id: IncidentId) -> Reply:
        rows = await self.seeking.about(person, id)
        return Reply(message=similar(id, await self._reference(person, id), rows))

    async def _assign(self, person: Person, id: IncidentId, wish: w.Assign) -> Outcome | Reply:
        if wish.who is None:
            return Reply(message=which_assignee(id, await self._reference(person, id)))
        left = wish.who.name.casefold() == NOBODY
        assignee = None if left else await self.assignees.taker(person, wish.who)
        return await self.acts.assign(person, id, assignee)

    async def _reference(self, person: Person, id: IncidentId) -> str:
        reads = self.reads.seen_by(person.caller.viewer)
        return (await reads.card(person.caller.organization_id, id)).incident.reference

    async def _ask_which(self, person: Person, wish: OnIncident) -> Reply:
        states = REOPENABLE if isinstance(wish, w.Reopen) else ACTIVE
        page = await self.targets.candidates(person, states)
        verb, rest = as_typed(wish)
        if not page.rows:
            return reply(nothing_to(verb))
        return Reply(message=which_incident(page, verb, rest))


async def _as_typed(wish: w.Declare, _: Person) -> Draft:
    severity = severity_named(wish.severity) if wish.severity else ""
    return Draft(title=wish.title, severity=severity)


def as_typed(wish: OnIncident) -> tuple[str, str]:  # noqa: C901 - one line per wish
    """Command and the rest of the line, so that a button can say it again with a reference."""
    match wish:
        case w.Show():
            return "show", ""
        case w.Acknowledge():
            return "ack", ""
        case w.Update(text=text):
            return "update", escape(text)
        case w.SetSeverity(level=level):
            return "severity", level
        case w.Assign(who=who):
            return "assign", _spelled(who) if who else ""
        case w.Resolve(text=text):
            return "resolve", escape(text)
        case w.Reopen(text=text):
            return "reopen", escape(text)
        case w.Similar():
            return "similar", ""
        case w.Alerts(firing=firing):
            return "alerts", "firing" if firing else ""
        case _:
            assert_never(wish)


def _spelled(who: w.Somebody) -> str:
    if who.me:
        return "me"
    return mention(who.slack_user_id) if who.slack_user_id else escape(who.email or who.name)
