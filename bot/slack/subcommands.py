"""Carries out what was wished with “/incident”, typed or carried by a button."""

from typing import assert_never

from bot.slack import wishes as w
from bot.slack.acts import Acts, Outcome
from bot.slack.assignees import Assignees
from bot.slack.declaring import Draft, declare
from bot.slack.forms import Forms, Whose
from bot.slack.gesture import Gesture, Person, Reply, reply
from bot.slack.slash import parse
from bot.slack.targets import SHOWN, Targets
from bot.slack.text import escape, mention
from bot.slack.views.card import incident_card
from bot.slack.views.choices import which_assignee, which_severity
from bot.slack.views.help import MANUAL, not_yet
from bot.slack.views.lists import incident_list, which_incident
from core.bus import CommandBus
from core.domain.actor import Permission
from core.domain.ids import IncidentId
from core.domain.state import ACTIVE, State
from core.permissions import require
from core.ports import ReadModels
from core.views import IncidentPage, IncidentQuery

LISTED = 20
REOPENABLE = frozenset({State.RESOLVED, State.CLOSED})

OnIncident = w.Show | w.Acknowledge | w.Update | w.SetSeverity | w.Assign | w.Resolve | w.Reopen


class Subcommands:
    def __init__(
        self,
        bus: CommandBus,
        reads: ReadModels,
        whose: Whose,
        acts: Acts,
        assignees: Assignees,
        forms: Forms,
    ) -> None:
        self._bus = bus
        self._reads = reads
        self._whose = whose
        self._acts = acts
        self._assignees = assignees
        self._forms = forms
        self._targets = Targets(reads)

    async def run(self, gesture: Gesture, line: str) -> Reply | None:
        """None when a form is the answer. Forms go first: Slack waits least for them."""
        match parse(line):
            case w.OpenForm():
                await self._forms.declare(gesture)
            case w.Update(reference=reference, text=""):
                await self._forms.update(gesture, reference)
            case w.Resolve(reference=reference, text=""):
                await self._forms.resolve(gesture, reference)
            case w.Help(topic=topic):
                return Reply(message=MANUAL.on(topic))
            case w.NotYet(word=word):
                return Reply(message=not_yet(word))
            case w.Declare() | w.ListIncidents() as wish:
                return await self._at_large(await self._whose(gesture), wish)
            case wish:
                return await self._on_incident(await self._whose(gesture), wish)
        return None

    async def _at_large(self, person: Person, wish: w.Declare | w.ListIncidents) -> Reply:
        if isinstance(wish, w.ListIncidents):
            return await self._list(person, wish)
        draft = Draft(title=wish.title, severity=wish.severity)
        return await declare(self._bus, person, draft)

    async def _list(self, person: Person, wish: w.ListIncidents) -> Reply:
        require(person.caller, Permission.READ_INCIDENTS)
        states = SHOWN if wish.everything else ACTIVE
        mine = person.caller.actor.user_id if wish.mine else None
        query = IncidentQuery(states=states, assignee_id=mine, limit=LISTED)
        page = await self._targets.listed(person, query)
        if not page.rows:
            whose = "you are assigned to" if wish.mine else "to show"
            return reply(f"There is no incident {whose}. “/incident” declares one.")
        return Reply(message=incident_list(page, _heading(page, wish)))

    async def _on_incident(self, person: Person, wish: OnIncident) -> Reply:
        require(person.caller, Permission.READ_INCIDENTS)
        id = await self._targets.find(person, wish.reference)
        if id is None:
            return await self._ask_which(person, wish)
        answer = await self._carry_out(person, id, wish)
        return reply(answer.sentence) if isinstance(answer, Outcome) else answer

    async def _carry_out(self, person: Person, id: IncidentId, wish: OnIncident) -> Outcome | Reply:
        match wish:
            case w.Show():
                return await self._show(person, id)
            case w.Acknowledge():
                return await self._acts.acknowledge(person, id)
            case w.Update(text=text):
                return await self._acts.update(person, id, text)
            case w.SetSeverity():
                return await self._severity(person, id, wish)
            case w.Assign():
                return await self._assign(person, id, wish)
            case w.Resolve(text=text):
                return await self._acts.resolve(person, id, text)
            case w.Reopen(text=text):
                return await self._acts.reopen(person, id, text)
            case _:
                assert_never(wish)

    async def _show(self, person: Person, id: IncidentId) -> Reply:
        card = await self._reads.card(person.caller.organization_id, id)
        return Reply(message=incident_card(card))

    async def _severity(
        self, person: Person, id: IncidentId, wish: w.SetSeverity
    ) -> Outcome | Reply:
        if not wish.level:
            return Reply(message=which_severity(await self._reference(person, id)))
        return await self._acts.change_severity(person, id, wish.level)

    async def _assign(self, person: Person, id: IncidentId, wish: w.Assign) -> Outcome | Reply:
        if wish.who is None:
            return Reply(message=which_assignee(id, await self._reference(person, id)))
        assignee = await self._assignees.find(person, wish.who)
        return await self._acts.assign(person, id, assignee)

    async def _reference(self, person: Person, id: IncidentId) -> str:
        return (await self._reads.card(person.caller.organization_id, id)).incident.reference

    async def _ask_which(self, person: Person, wish: OnIncident) -> Reply:
        states = REOPENABLE if isinstance(wish, w.Reopen) else ACTIVE
        page = await self._targets.candidates(person, states)
        verb, rest = as_typed(wish)
        if not page.rows:
            return reply(
                f"There is no incident to {verb}. Name one, like “/incident {verb} INC-7”, "
                "or declare one with “/incident”."
            )
        return Reply(message=which_incident(page, verb, rest))


def _heading(page: IncidentPage, wish: w.ListIncidents) -> str:
    kind = "incident" if wish.everything else "active incident"
    plural = "" if page.total == 1 else "s"
    if wish.everything and page.more:
        return f"The {page.total} newest {kind}{plural}."
    return f"{page.total} {kind}{plural}{' assigned to you' if wish.mine else ''}, newest first."


def as_typed(wish: OnIncident) -> tuple[str, str]:
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
        case _:
            assert_never(wish)


def _spelled(who: w.Somebody) -> str:
    if who.me:
        return "me"
    return mention(who.slack_user_id) if who.slack_user_id else escape(who.email or who.name)
