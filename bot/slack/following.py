"""What is typed to follow incidents, services and severities, and to follow them no more."""

from bot.slack.families import Families
from bot.slack.gesture import Gesture, Person, Reply, reply
from bot.slack.kit import Kit
from bot.slack.settings.channels import require_room
from bot.slack.shapes import Room
from bot.slack.views.following import subscription_list
from bot.slack.wishes import Subscribe
from core.commands.subscriptions import Follow, Unfollow
from core.domain.actor import Permission
from core.domain.ids import ChannelId, IncidentId
from core.domain.severity import severity_named
from core.domain.subscription import Followed, Subscription
from core.errors import InvalidInput, NotFound
from core.language import say
from core.permissions import require
from core.ports import RecordQuery

MOST = 1_000
"""So many of an organisation are looked through."""


def answers(kit: Kit) -> Families:
    return {Subscribe: Following(kit).answer}


class Following:
    """Whoever asks follows in person, in their own messages with Tocsin; with `here` the channel
    does."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._incident = kit.meant.acting(self._of_incident)

    async def answer(self, gesture: Gesture, wish: Subscribe) -> Reply | None:
        if wish.listing:
            return await self.listed(await self._person(gesture))
        if wish.service:
            person = await self._person(gesture)
            id = await self._service(person, wish.service)
            return await self._done(person, wish, Followed.SERVICE, id)
        if wish.severity:
            person = await self._person(gesture)
            level = severity_named(wish.severity)
            return await self._done(person, wish, Followed.SEVERITY, level)
        return await self._incident(gesture, wish)

    async def listed(self, person: Person) -> Reply:
        organization, channel = person.caller.organization_id, person.gesture.channel_id
        query = RecordQuery(limit=MOST)
        reads = self._kit.reads.seen_by(person.caller.viewer)
        rows = (await reads.records(organization, Subscription, query)).rows
        mine = [one for one in rows if one.follower == person.gesture.user_id]
        heres = [one for one in rows if channel and one.follower == channel]
        return Reply(message=subscription_list(mine, heres))

    async def end(self, person: Person, subscription_id: str) -> Reply:
        """By the button beside it."""
        try:
            command = Unfollow(
                caller=person.caller, key=person.gesture.key, subscription_id=subscription_id
            )
            ended = await self._kit.bus.execute(command)
        except NotFound:
            return reply(say("That was not followed any more."))
        if ended.of_channel:
            return reply(say("This channel does not follow {what} any more.", what=ended.label))
        return reply(say("You do not follow {what} any more.", what=ended.label))

    async def _of_incident(self, person: Person, id: IncidentId, wish: Subscribe) -> Reply:
        return await self._done(person, wish, Followed.INCIDENT, id)

    async def _done(
        self, person: Person, wish: Subscribe, followed: Followed, subject: str
    ) -> Reply:
        follower = person.gesture.channel_id if wish.here else person.gesture.user_id
        if not follower:
            message = say("There is no channel here that could follow it.")
            raise InvalidInput(message, field="here")
        if wish.off:
            return await self._off(person, followed, subject, follower)
        if wish.here:
            await _require_writable(person.gesture, follower)
        command = Follow(
            caller=person.caller,
            key=person.gesture.key,
            followed=followed,
            subject=subject,
            follower=follower,
        )
        subscription = await self._kit.bus.execute(command)
        if wish.here:
            return reply(say("This channel follows {what} now.", what=subscription.label))
        return reply(
            say(
                "You follow {what} now; the news comes to you as a direct message.",
                what=subscription.label,
            )
        )

    async def _off(self, person: Person, followed: Followed, subject: str, follower: str) -> Reply:
        found = [
            one
            for one in await self._of(person, subject)
            if one.followed is followed and one.follower == follower
        ]
        if not found:
            return reply(say("That was not followed any more."))
        return await self.end(person, found[0].id)

    async def _of(self, person: Person, subject: str) -> tuple[Subscription, ...]:
        query = RecordQuery(parent_id=subject, limit=MOST)
        organization = person.caller.organization_id
        return (await self._kit.reads.records(organization, Subscription, query)).rows

    async def _service(self, person: Person, name: str) -> str:
        services = await self._kit.reads.services(person.caller.organization_id)
        wanted = name.casefold()
        named = [one for one in services if one.name.casefold() == wanted]
        begun = [one for one in services if one.name.casefold().startswith(wanted)]
        found = named or begun
        if len(found) == 1:
            return found[0].id
        names = ", ".join(one.name for one in (found or services)[:10])
        if found:
            message = say(
                "Several services begin with “{name}”: {names}.", name=name[:80], names=names
            )
        else:
            message = say(
                "There is no service “{name}”; there are: {names}.",
                name=name[:80],
                names=names or "–",
            )
        raise InvalidInput(message, field="service")

    async def _person(self, gesture: Gesture) -> Person:
        person = await self._kit.whose(gesture)
        require(person.caller, Permission.READ_INCIDENTS)
        return person


async def _require_writable(gesture: Gesture, channel: str) -> None:
    """Of messages between two Slack tells Tocsin nothing, but that they are its own."""
    gateway = gesture.workspace.gateway
    if not channel.startswith("D"):
        await require_room(gateway, Room(id=ChannelId(channel)), "here")
    elif (await gateway.open_direct(gesture.user_id)).id != channel:
        raise InvalidInput(
            say(
                "Tocsin cannot write into messages between others; leave out “here” to be told in "
                "person."
            ),
            field="here",
        )
