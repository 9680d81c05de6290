"""A modal in front of somebody: fields filled by their labels, submitted or closed."""

from typing import Any

from sandbox.conversation.card import find_by_label, labels_of
from sandbox.conversation.control import ControlClient, SandboxRefused
from sandbox.conversation.widgets import state_of
from sandbox.json_types import Json
from sandbox.model.view_state import value_key
from sandbox.validation.words import words_in


class Form:
    """The view as it was when it was fetched; `fresh()` looks again."""

    def __init__(self, control: ControlClient, user: str, wire: Json) -> None:
        self._control = control
        self._user = user
        self.wire = wire
        self._values: Json = {}

    @property
    def id(self) -> str:
        return str(self.wire["id"])

    @property
    def title(self) -> str:
        return str(self.wire["title"]["text"])

    @property
    def blocks(self) -> list[Json]:
        return list(self.wire["blocks"])

    @property
    def words(self) -> str:
        return "\n".join(words_in(self.blocks))

    @property
    def labels(self) -> list[str]:
        return [block["label"]["text"] for block in self.blocks if block["type"] == "input"]

    @property
    def buttons(self) -> list[str]:
        return labels_of(self.blocks)

    @property
    def values(self) -> Json:
        """What each field holds, by label."""
        held: Json = {}
        for block in self.blocks:
            if block["type"] == "input":
                state = self.wire["state"]["values"].get(block["block_id"], {})
                one = state.get(block["element"]["action_id"], {})
                held[block["label"]["text"]] = one.get(value_key(block["element"]))
        return held

    async def fill(self, fields: Json) -> None:
        """Set fields by label: texts as texts, choices by the words on screen, people by name."""
        for label, value in fields.items():
            block, element = self._field(label)
            state = await state_of(self._control, element, value)
            self._values.setdefault(block["block_id"], {})[element["action_id"]] = state

    def _field(self, label: str) -> tuple[Json, Json]:
        for block in self.blocks:
            if block["type"] == "input" and block["label"]["text"] == label:
                return block, block["element"]
        raise LookupError(f"There is no field {label!r} here, but {', '.join(self.labels)}.")

    async def clicks(self, label: str) -> Json:
        """Press a button inside the modal."""
        block, element, value = find_by_label(self.blocks, label)
        return await self._control.act(
            "click",
            user=self._user,
            view_id=self.id,
            block_id=block["block_id"],
            action_id=element["action_id"],
            values=self._values,
            **({"value": value} if value else {}),
        )

    async def chooses(self, label: str, value: Any) -> Json:
        """Set a field, or a menu beside a text, that tells the app at once."""
        block, element, _ = find_by_label(self.blocks, label)
        state = await state_of(self._control, element, value)
        self._values.setdefault(block["block_id"], {})[element["action_id"]] = state
        return await self._control.act(
            "click",
            user=self._user,
            view_id=self.id,
            block_id=block["block_id"],
            action_id=element["action_id"],
            **{name: part for name, part in state.items() if name != "type"},
        )

    async def options(self, label: str, typed: str) -> list[str]:
        """What an external select offers for what was typed."""
        block, element, _ = find_by_label(self.blocks, label)
        answer = await self._control.act(
            "options",
            user=self._user,
            view_id=self.id,
            block_id=block["block_id"],
            action_id=element["action_id"],
            value=typed,
        )
        return [option["text"]["text"] for option in answer["options"]]

    async def submit(self) -> Json:
        """Press the button; the answer has `errors` when fields were refused."""
        return await self._control.act(
            "submit", user=self._user, view_id=self.id, values=self._values
        )

    async def close(self) -> Json:
        return await self._control.act("close", user=self._user, view_id=self.id)

    async def fresh(self) -> "Form":
        """The same view as it is now."""
        views = await self._control.get("views", user=self._user)
        for wire in [*views["stack"], views["home"]]:
            if wire and wire["id"] == self.id:
                return Form(self._control, self._user, wire)
        raise SandboxRefused("view_not_found", "The view is not open any more.")

    async def containing(self, words: str, patience: float | None = None) -> "Form":
        """Wait until the view shows these words, for views that fill themselves later."""

        async def look() -> Form | None:
            form = await self.fresh()
            return form if words in f"{form.title}\n{form.words}" else None

        return await self._control.wait_for(look, f"A view with {words!r}", patience)
