"""`tocsin outbox`: what could not be shown, and showing it after all."""

from argparse import Namespace

from bot.answers import Answer, table
from bot.bootstrap import administration
from bot.settings import Settings
from core.domain.ids import IncidentId
from core.effects import IncidentEffect
from core.ports import BuriedParcel, ParcelId

MOST = 500


async def list_buried(given: Namespace, settings: Settings) -> Answer:
    async with administration(settings, given.organization) as office:
        buried = await office.outbox.buried(office.organization_id, MOST)
    return Answer(
        object={
            "buried": [
                {
                    "id": parcel.id,
                    "effect": type(parcel.effect).__name__,
                    "subject_id": parcel.effect.subject_id,
                    "incident_id": _incident_of(parcel),
                    "attempts": parcel.attempts,
                    "reason": parcel.reason,
                    "buried_at": parcel.buried_at,
                }
                for parcel in buried
            ]
        },
        words=table(
            ("ID", "EFFECT", "OF", "REASON"),
            [
                (one.id, type(one.effect).__name__, one.effect.subject_id, one.reason)
                for one in buried
            ],
            empty="Nothing is buried.",
        ),
    )


async def replay(given: Namespace, settings: Settings) -> Answer:
    async with administration(settings, given.organization) as office:
        if given.all:
            return _replayed(await office.outbox.replay_all(office.organization_id, office.clock()))
        await office.outbox.replay(office.organization_id, ParcelId(given.id), office.clock())
    return Answer(
        object={"id": given.id, "replayed": True},
        words=f"Parcel {given.id} is under way again.",
    )


def _incident_of(parcel: BuriedParcel) -> IncidentId | None:
    """What `subject_id` was called when there was nothing but incidents."""
    return parcel.effect.incident_id if isinstance(parcel.effect, IncidentEffect) else None


def _replayed(count: int) -> Answer:
    match count:
        case 0:
            words = "Nothing was buried."
        case 1:
            words = "The one buried parcel is under way again."
        case _:
            words = f"All {count} buried parcels are under way again."
    return Answer(object={"replayed": count}, words=words)
