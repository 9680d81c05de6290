"""Which incident a form is about, and what the form remembers of it."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.slack.gesture import Gesture, Memory, Person, unpacked
from bot.slack.targets import IN_A_FORM, Targets
from bot.slack.views.subject import Subject, chosen_incident
from core.domain.ids import IncidentId
from core.errors import InvalidInput, NotFound
from core.language import say
from core.ports import ReadModels
from core.views import IncidentCard

NOTHING: Mapping[str, str] = MappingProxyType({})


class Subjects:
    def __init__(self, reads: ReadModels, targets: Targets) -> None:
        self._reads = reads
        self._targets = targets

    async def of(self, person: Person, reference: str) -> Subject:
        """Where none is meant, those that go on are to be chosen from."""
        card = await self.card(person, reference)
        if card is not None:
            return Subject(incident=card.incident)
        page = await self._targets.candidates(person, most=IN_A_FORM)
        if not page.rows:
            raise NotFound(say("There is no active incident. “/incident” declares one."))
        return Subject(candidates=page.rows, more=page.more)

    async def card(self, person: Person, reference: str) -> IncidentCard | None:
        """None where it has to be asked."""
        id = await self._targets.find(person, reference)
        if id is None:
            return None
        reads = self._reads.seen_by(person.caller.viewer)
        return await reads.card(person.caller.organization_id, id)


def memory_of(gesture: Gesture, subject: Subject, shown: Mapping[str, str] = NOTHING) -> str:
    id = subject.incident.id if subject.incident else ""
    memory = Memory(
        incident_id=id, shown=shown, response_url=gesture.response_url, home=gesture.home
    )
    return memory.packed()


def incident_meant(view: Mapping[str, object]) -> IncidentId:
    """Chosen in the form, or what the form was opened for."""
    state, remembered = view.get("state"), str(view.get("private_metadata") or "")
    values = state.get("values") if isinstance(state, dict) else None
    chosen = chosen_incident(values) if isinstance(values, dict) else None
    id = chosen or unpacked(remembered).incident_id
    if not id:
        raise InvalidInput(say("Choose the incident this is about."), field="incident_id")
    return IncidentId(id)
