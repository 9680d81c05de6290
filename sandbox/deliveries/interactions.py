"""Buttons, selects and forms: what people do with blocks, brought to the app and back."""

from typing import Any

from sandbox.deliveries.action_entries import action_entry
from sandbox.deliveries.answers import BadAnswer, apply_submission, blame, read_options
from sandbox.deliveries.choosing import (
    chosen_state,
    chosen_values,
    find_element,
    require_dispatch,
)
from sandbox.deliveries.courier import Courier
from sandbox.deliveries.field_checks import field_errors, require_submittable
from sandbox.deliveries.interactivity import bring, undeliverable
from sandbox.deliveries.outcome import done, failed
from sandbox.deliveries.payloads import (
    closing_payload,
    interaction,
    message_place,
    submission_payload,
    suggestion_payload,
    view_place,
)
from sandbox.errors import Refusal
from sandbox.json_types import Json
from sandbox.model import showing
from sandbox.model.messages import Message
from sandbox.model.people import User
from sandbox.model.view_state import initial_values, kept_values
from sandbox.model.views import View
from sandbox.referee import note_typed
from sandbox.world import World

Place = Message | View
# A press of these leaves no state behind.
STATELESS = ("overflow", "feedback_buttons")


class Interactions:
    def __init__(self, world: World, courier: Courier) -> None:
        self._world = world
        self._courier = courier

    async def click(self, user: User, place: Place, block_id: str, given: Json) -> Json:
        """Use one element; `given` names its action and what was chosen."""
        blocks = list(place.blocks)
        block, element = find_element(blocks, block_id, str(given.get("action_id") or ""))
        require_dispatch(block, element)
        state = chosen_state(self._world.workspace, element, given)
        place, values = self._filled(place, block, element, state, given.get("values") or {})
        payload = interaction(self._world, "block_actions", user) | self._place(place, user)
        if isinstance(place, Message):
            payload["state"] = {"values": values}
        now = self._world.workspace.next_ts()
        payload["actions"] = [action_entry(block, element, state, now)]
        label = str(element.get("text", {}).get("text") or element["action_id"])
        return await bring(self._world, self._courier, "block_actions", label, payload)

    def _filled(
        self, place: Place, block: Json, element: Json, state: Json, others: Json
    ) -> tuple[Place, Json]:
        """The place with what the user holds in it: views remember it, messages do not."""
        values = self._chosen(place, others)
        if state and element["type"] not in STATELESS:
            values.setdefault(block["block_id"], {})[element["action_id"]] = state
        note_typed(self._world, values)
        if isinstance(place, View):
            place = showing.keep_values(self._world.workspace, place, values)
            return place, place.values
        blocks = list(place.blocks)
        return place, kept_values(blocks, {**initial_values(blocks), **values})

    def _chosen(self, place: Place, given: Json) -> Json:
        blocks = list(place.blocks)
        held = place.values if isinstance(place, View) else initial_values(blocks)
        return chosen_values(self._world.workspace, blocks, held, given)

    def _place(self, place: Place, user: User) -> Json:
        if isinstance(place, View):
            return view_place(self._world, place, user)
        return message_place(self._world, place, user)

    async def suggest(self, user: User, place: Place, block_id: str, given: Json) -> Json:
        """What the app offers while somebody types into an external select."""
        action_id, typed = str(given.get("action_id") or ""), str(given.get("value") or "")
        block, element = find_element(list(place.blocks), block_id, action_id)
        if not element["type"].endswith("external_select"):
            raise Refusal("not_external", f"The options of {action_id} do not come from the app.")
        payload = suggestion_payload(self._world, self._place(place, user), user)
        payload |= {"action_id": action_id, "block_id": block["block_id"], "value": typed}
        if hurdle := undeliverable(self._world, "block_suggestion"):
            return hurdle | {"options": []}
        delivery = self._courier.prepare("block_suggestion", action_id, payload)
        ack = await self._courier.deliver(delivery)
        if not ack.is_ok:
            return failed(delivery, ack.failure) | {"options": []}
        try:
            return done(delivery, **read_options(ack.payload))
        except BadAnswer as problem:
            blame(self._world, delivery, problem)
            return failed(delivery, "invalid_answer") | {"options": []}

    async def submit(self, user: User, view: View, values: Json) -> Json:
        """Submit a modal; the client's own checks come first."""
        values = self._chosen(view, values)
        note_typed(self._world, values)
        view = showing.keep_values(self._world.workspace, view, values)
        require_submittable(view)
        errors = field_errors(view)
        if errors:
            return {"ok": True, "response_action": "errors", "errors": errors, "local": True}
        if hurdle := undeliverable(self._world, "view_submission"):
            return hurdle
        payload = submission_payload(self._world, view, user)
        delivery = self._courier.prepare("view_submission", _title(view), payload)
        ack = await self._courier.deliver(delivery)
        if not ack.is_ok:
            return failed(delivery, ack.failure)
        return self._conclude(view, delivery_answer=ack.payload, delivery=delivery)

    def _conclude(self, view: View, *, delivery_answer: Any, delivery: Any) -> Json:
        current = self._world.workspace.views.get(view.id)
        if current is None:
            return done(delivery)
        try:
            told = apply_submission(self._world, current, delivery_answer)
        except BadAnswer as problem:
            blame(self._world, delivery, problem)
            return failed(delivery, "invalid_answer")
        return done(delivery, **told)

    async def close(self, user: User, view: View, *, whole: bool = False) -> Json:
        """Close the modal in front by its button, or the `whole` stack by its cross.

        The app hears of every view that goes and asked for it, the one in front first.
        """
        clears = whole or bool(view.content.get("clear_on_close"))
        gone = self._world.workspace.stack_of(user.id)[::-1] if clears else [view]
        payloads = [
            closing_payload(self._world, closed, user, is_cleared=clears)
            for closed in gone
            if closed.content.get("notify_on_close")
        ]
        if clears:
            showing.close_all(self._world.workspace, user.id)
        else:
            showing.close_top(self._world.workspace, user.id)
        outcome: Json = {"ok": True}
        for payload in payloads:
            outcome = await bring(self._world, self._courier, "view_closed", _title(view), payload)
        return outcome


def _title(view: View) -> str:
    return str(view.content.get("title", {}).get("text") or view.type)
