"""Presses on what looks like an incident: said to be the same or not, and procedures run."""

from collections.abc import Iterator
from contextlib import contextmanager

from slack_bolt.async_app import AsyncApp

from bot.slack.desk import Desk
from bot.slack.gesture import Gesture, Reply, reply
from bot.slack.listeners.pressing import Action, Known, Press, Presses
from bot.slack.views import likenesses as view
from core.commands import ExecuteProcedure, JudgeLikeness
from core.domain.article import Article
from core.domain.likeness import Verdict
from core.domain.procedure import Procedure
from core.errors import NotFound
from core.language import say, to_say

_GONE = {
    Procedure.PREFIX: to_say("This procedure was deleted meanwhile."),
    Article.PREFIX: to_say("This article was deleted meanwhile."),
}


class LikenessListeners:
    """The message in the channel is edited by what follows from a press; only what was shown to
    one person alone is answered."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, app: AsyncApp) -> None:
        presses: dict[Known, Press] = {
            view.SAME: self._judging(Verdict.SAME_CAUSE),
            view.UNRELATED: self._judging(Verdict.NOT_RELATED),
            view.UNDO: self._judging(None),
            view.RUN: self._run,
        }
        Presses(self._desk).register(app, presses)

    def _judging(self, verdict: Verdict | None) -> Press:
        async def press(gesture: Gesture, action: Action) -> Reply | None:
            person = await self._desk.identity.person(gesture)
            about, other = view.pressed(action["value"])
            id = await self._desk.targets.named(person, about)
            judgement = JudgeLikeness(
                caller=person.caller,
                key=gesture.key,
                incident_id=id,
                other_id=other,
                verdict=verdict,
            )
            with _still_there(other):
                await self._desk.bus.execute(judgement)
            if not gesture.ephemeral:
                return None
            return await self._desk.subcommands.similar(person, id)

        return press

    async def _run(self, gesture: Gesture, action: Action) -> Reply | None:
        person = await self._desk.identity.person(gesture)
        about, procedure_id = view.pressed(action["value"])
        id = await self._desk.targets.named(person, about)
        wish = ExecuteProcedure(
            caller=person.caller,
            key=gesture.key,
            procedure_id=procedure_id,
            incident_id=id,
            unless_just_begun=True,
        )
        with _still_there(procedure_id):
            execution = await self._desk.bus.execute(wish)
        if not gesture.ephemeral:
            return None
        words = to_say("You run “{title}”; its steps are posted in the channel of the incident.")
        return reply(say(words, title=execution.title))


@contextmanager
def _still_there(id: str) -> Iterator[None]:
    # A button outlives what it is about; its id tells people nothing.
    try:
        yield
    except NotFound as missing:
        words = _GONE.get(id.partition("_")[0], to_say("This incident was deleted meanwhile."))
        raise NotFound(say(words)) from missing
