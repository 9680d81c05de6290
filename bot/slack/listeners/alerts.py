"""What is done with an alert by its menu or buttons, and silences ended from the App Home."""

from slack_bolt.async_app import AsyncApp

from bot.slack.blocks import Message, actions, button, notice
from bot.slack.desk import Desk
from bot.slack.gesture import Gesture, Person, Reply, reply
from bot.slack.listeners.pressing import Action, Known, Press, Presses, carrying
from bot.slack.text import clock_time
from bot.slack.views import alerts as view
from bot.slack.views.home_alerts import END
from bot.slack.views.lists import RUN
from core.commands.alerting import DismissAlert, EndSilence, SilenceAlert, SplitAlert
from core.domain.actor import Permission
from core.domain.ids import EpisodeId
from core.errors import InvalidInput
from core.language import say
from core.permissions import require


class AlertListeners:
    """What everybody has to know is posted in the channel by what follows from it; who silences
    an alert, or acts from a list of their own, is answered as well."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, app: AsyncApp) -> None:
        presses: dict[Known, Press] = {carrying(view.ACT): self._act, END: self._end}
        Presses(self._desk).register(app, presses)

    async def _act(self, gesture: Gesture, action: Action) -> Reply | None:
        person = await self._desk.identity.person(gesture)
        require(person.caller, Permission.READ_INCIDENTS)
        act, id = view.chosen(action.get("selected_option", action)["value"])
        reads = self._desk.reads.seen_by(person.caller.viewer)
        row = await reads.alert(person.caller.organization_id, id)
        sentence = await self._done(person, act, id, _spoken(row.episode.name))
        if not gesture.ephemeral:
            return reply(sentence) if act == view.SILENCE else None
        return Reply(message=_answer(sentence, row.incident.reference if row.incident else ""))

    async def _done(self, person: Person, act: str, id: EpisodeId, name: str) -> str:
        bus, caller, key = self._desk.bus, person.caller, person.gesture.key
        match act:
            case view.DISMISS:
                await bus.execute(DismissAlert(caller=caller, key=key, alert_id=id))
                return say("{name} is no incident.", name=name)
            case view.SILENCE:
                wish = SilenceAlert(caller=caller, key=key, alert_id=id, seconds=view.SILENCED)
                silence = await bus.execute(wish)
                until = clock_time(silence.ends_at, await self._desk.zones.of(person.gesture))
                return say(
                    "Alerts like {name} call nobody until {until}: those with {which}. The home "
                    "of this app shows the silence and ends it earlier.",
                    name=name,
                    until=until,
                    which=silence.which[:500],
                )
            case view.SPLIT:
                split = await bus.execute(SplitAlert(caller=caller, key=key, alert_id=id))
                return say(
                    "{name} has an incident of its own: {reference}.",
                    name=name,
                    reference=split.reference,
                )
            case _:
                stale = say("This is of another version of Tocsin; ask for a new list.")
                raise InvalidInput(stale, field="action")

    async def _end(self, gesture: Gesture, action: Action) -> None:
        person = await self._desk.identity.person(gesture)
        wish = EndSilence(caller=person.caller, key=gesture.key, silence_id=action["value"])
        silence = await self._desk.bus.execute(wish)
        await self._desk.home.show(
            gesture, notice=say("The silence “{label}” is over.", label=silence.label[:200])
        )


def _spoken(name: str) -> str:
    return f"“{' '.join(name.split())[:100]}”" if name.strip() else say("the alert")


def _answer(sentence: str, reference: str) -> Message:
    """In the place of the list, which it leads back to."""
    said = notice(sentence)
    if not reference:
        return said
    back = button(say("Back to the alerts"), action=RUN, value=f"alerts {reference}")
    return Message(text=said.text, blocks=[*said.blocks, actions([back], id="alert.back")])
