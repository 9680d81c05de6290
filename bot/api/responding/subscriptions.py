"""`/api/v1/subscriptions`: the people and channels in Slack that follow something."""

import re
from datetime import datetime
from typing import Annotated, Any, Literal, TypeAlias

from aiohttp import web
from pydantic import Field

from bot.api import wire_v1
from bot.api.answers import answer, no_content
from bot.api.closed_words import ANY_CASE
from bot.api.doors import Doors
from bot.api.lists_v1 import Many, OneMeta
from bot.api.operations import Call
from bot.api.record_pages import RecordsQuery, listed
from bot.api.responding.at_hand import AtHand
from bot.api.responding.operations import operation
from bot.api.shape import Shape
from bot.web.times import instant
from core.commands.subscriptions import Follow, Unfollow
from core.domain.subscription import Followed, Subscription
from core.errors import InvalidInput, NotFound

PATH = "/api/v1/subscriptions"
FollowedWord: TypeAlias = Literal["incident", "service", "severity"]
_SUBJECT = "The id or reference of an incident, the id of a service, or a severity."
_FOLLOWER = "The id of a member or a channel of Slack; absent: whoever asks."
_IN_SLACK = re.compile(r"[UWCG][A-Z0-9]{2,20}")


class NewSubscription(Shape):
    followed: Annotated[FollowedWord, ANY_CASE]
    subject: Annotated[str, Field(description=_SUBJECT, examples=["critical"])]
    follower: Annotated[
        str | None, Field(description=_FOLLOWER, examples=["C0ACTHQMHS8"], max_length=40)
    ] = None


class SubscriptionLine(Shape):
    id: str
    followed: FollowedWord
    subject: str = Field(description="The id of an incident or a service, or a severity.")
    name: str = Field(description="What people call what is followed.", examples=["INC-6"])
    follower: str = Field(description="A member or a channel of Slack.", examples=["C0ACTHQMHS8"])
    created_at: datetime


class SubscriptionAnswer(SubscriptionLine):
    data: SubscriptionLine
    meta: OneMeta


LIST = operation(
    f"GET {PATH}",
    "list_subscriptions",
    "Who follows incidents, services and severities in Slack, newest first",
    {200: Many[SubscriptionLine]},
    query=RecordsQuery,
)
CREATE = operation(
    f"POST {PATH}",
    "create_subscription",
    "Let a person or a channel in Slack follow something; who does already goes on",
    {201: SubscriptionAnswer},
    description="People are told in their messages with Tocsin, channels in the channel, which "
    "Tocsin has to be in. Of a private incident only its members are told.",
    body=NewSubscription,
    example={"followed": "severity", "subject": "critical", "follower": "C0ACTHQMHS8"},
)
DELETE = operation(
    f"DELETE {PATH}/{{id}}",
    "delete_subscription",
    "End a subscription",
    {204: None},
)


class Subscriptions:
    def __init__(self, doors: Doors) -> None:
        self._doors = doors
        self._at_hand = AtHand(doors)

    def register(self) -> None:
        self._doors.server.add(LIST, self.list)
        self._doors.server.add(CREATE, self.create)
        self._doors.server.add(DELETE, self.delete)

    async def list(self, call: Call) -> web.Response:
        return answer(await listed(self._doors, call, Subscription, subscription_json))

    async def create(self, call: Call) -> web.Response:
        wish: NewSubscription = call.body
        try:
            made = await self._doors.bus.execute(
                Follow(
                    caller=call.client.caller,
                    key=call.key,
                    followed=Followed(wish.followed),
                    subject=await self._subject(wish, call),
                    follower=await self._follower(wish, call),
                )
            )
        except NotFound as missing:
            raise InvalidInput(str(missing), field="subject") from missing
        except InvalidInput as flaw:
            raise flaw.renamed({"severity": "subject"}) from flaw
        return answer(wire_v1.one(subscription_json(made)), status=201)

    async def delete(self, call: Call) -> web.Response:
        caller, id = call.client.caller, call.params["id"]
        await self._doors.bus.execute(Unfollow(caller=caller, key=call.key, subscription_id=id))
        return no_content()

    async def _subject(self, wish: NewSubscription, call: Call) -> str:
        if Followed(wish.followed) is not Followed.INCIDENT:
            return wish.subject
        return (await self._at_hand.meant(call, wish.subject, field="subject")).id

    async def _follower(self, wish: NewSubscription, call: Call) -> str:
        if wish.follower is not None:
            if _IN_SLACK.fullmatch(wish.follower):
                return wish.follower
            raise InvalidInput(
                f"“{wish.follower}” is no id of Slack's; one looks like U0ACTHQMHS8 for a person "
                "and C0ACTHQMHS8 for a channel.",
                field="follower",
            )
        own = call.client.caller.actor.user_id
        users = await self._doors.reads.users(call.client.organization_id)
        known = next((user.slack_user_id for user in users if user.id == own), None)
        if known is None:
            raise InvalidInput(
                "You are not known in Slack; name a member or a channel.", field="follower"
            )
        return known


def subscription_json(one: Subscription) -> dict[str, Any]:
    return {
        "id": one.id,
        "followed": one.followed,
        "subject": one.subject,
        "name": one.label,
        "follower": one.follower,
        "created_at": instant(one.created_at),
    }
