"""The parcels a relay is delivering; their leases are renewed for as long as it lives."""

from datetime import datetime, timedelta

from core.ports import Outbox, Parcel, ParcelId

RENEWS_EVERY = timedelta(seconds=5)
"""A third of a lease: two renewals may fail before a parcel is taken for abandoned."""


class Leases:
    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox
        self._held: dict[ParcelId, Parcel] = {}
        self._renewed_at: datetime | None = None

    def hold(self, parcel: Parcel) -> None:
        self._held[parcel.id] = parcel

    def let_go(self, parcel: Parcel) -> None:
        """Its outcome is about to be stored, and that ends the lease."""
        self._held.pop(parcel.id, None)

    async def renew(self, now: datetime) -> None:
        """Now and then; most calls have nothing to do."""
        if self._renewed_at and now - self._renewed_at < RENEWS_EVERY:
            return
        self._renewed_at = now
        if self._held:
            await self._outbox.renew([*self._held.values()], now)
