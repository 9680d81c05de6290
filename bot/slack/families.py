"""Families of wishes, each carried out by a module of its own: one line per kind of wish."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from bot.slack.acts import Outcome
from bot.slack.forms import Whose
from bot.slack.gesture import Gesture, Person, Reply, reply
from bot.slack.targets import Targets
from bot.slack.views.lists import which_incident
from bot.slack.wishes import About, Link, Merge
from core.domain.actor import Permission
from core.domain.ids import IncidentId
from core.domain.state import ACTIVE, State
from core.language import say
from core.permissions import require
from core.views import IncidentPage

Answer: TypeAlias = Callable[[Gesture, Any], Awaitable[Reply | None]]
Families: TypeAlias = Mapping[type, Answer]
"""By the kind of wish; None is answered when a form is the answer."""

Act: TypeAlias = Callable[[Person, IncidentId, Any], Awaitable[Outcome | Reply]]
"""What is done about the incident that is meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """Finds the incident a wish is about, and asks where it cannot."""

    whose: Whose
    targets: Targets

    def acting(
        self,
        act: Act,
        states: frozenset[State] = ACTIVE,
        permission: Permission = Permission.READ_INCIDENTS,
    ) -> Answer:
        """`act` on the incident meant; `states` are those to choose among where none is."""

        async def answer(gesture: Gesture, wish: About) -> Reply:
            person = await self.whose(gesture)
            require(person.caller, permission)
            id = await self.targets.find(person, wish.reference)
            if id is None:
                return await self._ask(person, wish, states)
            outcome = await act(person, id, wish)
            return reply(outcome.sentence) if isinstance(outcome, Outcome) else outcome

        return answer

    async def asking(self, gesture: Gesture, wish: About) -> Reply:
        """Which of those that go on is meant; for a wish that opens a form once that is known."""
        return await self._ask(await self.whose(gesture), wish, ACTIVE)

    async def _ask(self, person: Person, wish: About, states: frozenset[State]) -> Reply:
        page = _others(await self.targets.candidates(person, states), wish)
        if not page.rows:
            return reply(nothing_to(wish.verb))
        return Reply(message=which_incident(page, wish.verb, wish.rest))


def _others(page: IncidentPage, wish: About) -> IncidentPage:
    """No incident is joined with itself."""
    if not isinstance(wish, Merge | Link):
        return page
    rows = tuple(row for row in page.rows if row.reference != wish.other)
    return replace(page, rows=rows, total=page.total - len(page.rows) + len(rows))


def nothing_to(verb: str) -> str:
    """For a command about an incident, where there is none."""
    return say(
        "“/incident {verb}” is about an incident, and there is none to choose from. Name one, like "
        "“/incident {verb} INC-7”, or declare one with “/incident”.",
        verb=verb,
    )
