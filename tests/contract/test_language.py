"""What is refused is said in the language of whoever wished for it, wherever it is carried out."""

import asyncio

import pytest

from core.commands import AddNote, DeclareIncident
from core.domain.ids import IncidentId
from core.errors import InvalidInput, NotFound
from core.language import Catalogue, speaking
from tests.contract.house import House
from tests.fakes.people import a_caller

EMPTY = "The note is empty; write what others should know."
GERMAN = Catalogue(language="de", templates={EMPTY: "Die Notiz ist leer."})
FRENCH = Catalogue(language="fr", templates={EMPTY: "La note est vide."})


async def _refused(house: House, id: IncidentId, catalogue: Catalogue) -> str:
    wish = AddNote(caller=a_caller(house.organization_id), incident_id=id, text=" ")
    with speaking(catalogue), pytest.raises(InvalidInput) as refusal:
        await house.bus.execute(wish)
    return str(refusal.value)


async def test_several_at_once_are_refused_each_in_their_own_language(house: House) -> None:
    caller = a_caller(house.organization_id)
    wish = DeclareIncident(caller=caller, title="Slow", severity="high")
    incident = await house.bus.execute(wish)

    refused = [_refused(house, incident.id, one) for one in (GERMAN, FRENCH, GERMAN)]

    assert await asyncio.gather(*refused) == [
        "Die Notiz ist leer.",
        "La note est vide.",
        "Die Notiz ist leer.",
    ]


async def test_what_is_not_there_is_missed_in_the_language_of_who_asked(house: House) -> None:
    missing = Catalogue(
        language="de",
        templates={
            "There is no incident {id}.": "Kein Vorfall {id}.",
            "There is no maintenance {id}.": "Keine Wartung {id}.",
        },
    )

    with speaking(missing):
        with pytest.raises(NotFound) as incident:
            await house.reads.incident(house.organization_id, "INC-99")
        with pytest.raises(NotFound) as maintenance:
            await house.reads.maintenance(house.organization_id, "MNT-99")

    assert str(incident.value) == "Kein Vorfall INC-99."
    assert str(maintenance.value) == "Keine Wartung MNT-99."
