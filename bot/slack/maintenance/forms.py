"""Opens the forms about windows."""

from collections.abc import Mapping

from bot.slack import blocks as b
from bot.slack.forms import Fill, Opening
from bot.slack.gesture import Gesture, Memory, Person
from bot.slack.maintenance.meanwhile import seals_of
from bot.slack.maintenance.scheduling import Scheduling, filled_from
from bot.slack.maintenance.targets import WindowTargets
from bot.slack.maintenance.times import when
from bot.slack.views.maintenance_forms import (
    cancel_modal,
    extend_modal,
    progress_modal,
    shown_modal,
)
from bot.slack.views.maintenance_modal import Around, edit_modal, schedule_modal
from bot.slack.views.waiting import (
    CANCEL_TITLE,
    EDIT_TITLE,
    EXTEND_TITLE,
    PROGRESS_TITLE,
    SCHEDULE_TITLE,
    SHOW_TITLE,
)
from bot.slack.zones import Zones
from core.domain.actor import Permission
from core.domain.maintenance import Maintenance, MaintenanceState
from core.domain.maintenance_refusals import impossible
from core.errors import IllegalTransition
from core.ports import ReadModels

NOTHING: Mapping[str, str] = {}
OVER = frozenset({MaintenanceState.COMPLETED, MaintenanceState.CANCELED})


class WindowForms:
    """Windows are named by id or reference. `announcement` is the channel for those without one."""

    def __init__(
        self,
        reads: ReadModels,
        targets: WindowTargets,
        opening: Opening,
        scheduling: Scheduling,
        zones: Zones,
        announcement: str,
    ) -> None:
        self._reads = reads
        self._targets = targets
        self._opening = opening
        self._scheduling = scheduling
        self._zones = zones
        self._announcement = announcement

    async def schedule(self, gesture: Gesture, title: str = "") -> None:
        async def fill(person: Person) -> b.View:
            around = await self._around(person)
            filled = self._scheduling.beginning(gesture.user_id, around.zone, title)
            return schedule_modal(filled, around, _memory(gesture))

        await self._open(gesture, SCHEDULE_TITLE, fill)

    async def edit(self, gesture: Gesture, name: str) -> None:
        async def fill(person: Person) -> b.View:
            window = (await self._targets.named(person, name)).maintenance
            if not window.scheduled_only:
                raise _too_late(window, "be changed")
            organization = person.caller.organization_id
            card = await self._reads.maintenance_card(organization, window.id)
            around = await self._around(person)
            heading = f"{window.reference} · {window.title}"
            filled = filled_from(card)
            memory = _memory(gesture, window, seals_of(filled))
            return edit_modal(filled, around, memory, heading)

        await self._open(gesture, EDIT_TITLE, fill)

    async def extend(self, gesture: Gesture, name: str) -> None:
        async def fill(person: Person) -> b.View:
            window = await self._going_on(person, name, "be extended")
            ends = when(window.scheduled_end_at, await self._zones.of(gesture))
            return extend_modal(window, ends, _memory(gesture, window))

        await self._open(gesture, EXTEND_TITLE, fill)

    async def cancel(self, gesture: Gesture, name: str) -> None:
        async def fill(person: Person) -> b.View:
            window = await self._going_on(person, name, "be canceled")
            return cancel_modal(window, _memory(gesture, window))

        await self._open(gesture, CANCEL_TITLE, fill)

    async def progress(self, gesture: Gesture, name: str) -> None:
        async def fill(person: Person) -> b.View:
            window = (await self._targets.named(person, name)).maintenance
            return progress_modal(window, _memory(gesture, window))

        await self._open(gesture, PROGRESS_TITLE, fill)

    async def show(self, gesture: Gesture, name: str) -> None:
        """For where there is no channel to answer in."""

        async def fill(person: Person) -> b.View:
            window = (await self._targets.named(person, name)).maintenance
            return shown_modal(await self._targets.card(person, window.id))

        reading = Permission.READ_MAINTENANCES
        await self._opening.open(gesture, SHOW_TITLE, fill, reading)

    async def _open(self, gesture: Gesture, title: str, fill: Fill) -> None:
        await self._opening.open(gesture, title, fill, Permission.WRITE_MAINTENANCES)

    async def _going_on(self, person: Person, name: str, step: str) -> Maintenance:
        window = (await self._targets.named(person, name)).maintenance
        if window.state in OVER:
            raise _too_late(window, step)
        return window

    async def _around(self, person: Person) -> Around:
        return Around(
            services=await self._reads.services(person.caller.organization_id),
            zone=await self._zones.of(person.gesture),
            announcement=self._announcement,
        )


def _memory(
    gesture: Gesture, window: Maintenance | None = None, shown: Mapping[str, str] = NOTHING
) -> str:
    return Memory(
        maintenance_id=window.id if window else "",
        shown=shown,
        response_url=gesture.response_url,
        home=gesture.home,
    ).packed()


def _too_late(window: Maintenance, step: str) -> IllegalTransition:
    return impossible(window.reference, window.state, step)
