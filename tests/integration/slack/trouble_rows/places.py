"""Channels and people that are gone: news finds another place, and names stay true."""

from core.domain.state import State
from tests.integration.slack.troubles import (
    Act,
    Look,
    Play,
    Trouble,
    card_says,
    channel_reads,
    fault,
    incident_is,
    is_answered,
    nothing_is_given_up,
    presses,
    reads_in_person,
    settles,
    thread_reads,
    types,
)

UPDATES = types("/incident update INC-1 We look.", channel="general")


def leaves_the_workspace(who: str) -> Act:
    return lambda play: play.person(who).is_deactivated()


def comes_back(who: str) -> Act:
    return lambda play: play.person(who).is_reactivated()


def is_led_by(who: str) -> Look:
    async def look(play: Play) -> None:
        words = (await play.stage.card(play.room)).words
        assert f"*Lead*\n<@{await play.person(who).id()}>" in words, words

    return look


async def archives(play: Play) -> None:
    await play.stage.bob.archives(play.room)


async def throws_tocsin_out(play: Play) -> None:
    await play.stage.bob.kicks(play.room, "tocsin")


ROWS = [
    Trouble(
        name="the channel is archived",
        wrong=(archives, settles),
        people=(UPDATES,),
        seen=(thread_reads("We look."), nothing_is_given_up),
    ),
    Trouble(
        name="the channel is archived as something is said",
        wrong=(fault("chat.postMessage", "channel_archived"),),
        people=(types("/incident ack INC-1", channel="general"),),
        seen=(thread_reads("acknowledged the incident"), nothing_is_given_up),
    ),
    Trouble(
        name="the channel is archived as its topic is set",
        wrong=(fault("conversations.setTopic", "channel_archived"),),
        people=(types("/incident severity critical"), settles, UPDATES),
        seen=(thread_reads("We look."), nothing_is_given_up),
    ),
    Trouble(
        name="Tocsin is removed as something is said",
        wrong=(fault("chat.postMessage", "bot_removed"),),
        people=(UPDATES, settles, types("/incident update INC-1 Found it.", channel="general")),
        seen=(channel_reads("We look."), channel_reads("Found it."), nothing_is_given_up),
    ),
    Trouble(
        name="Tocsin is removed, and let in again",
        wrong=(throws_tocsin_out, settles),
        people=(UPDATES, settles, lambda play: play.stage.bob.invites(play.room, "tocsin")),
        seen=(thread_reads("We look."), nothing_is_given_up),
    ),
    Trouble(
        name="whoever left did something just before",
        wrong=(fault("users.info", "user_deactivated"),),
        people=(presses("Acknowledge", "bob"),),
        seen=(
            incident_is(state=State.OPEN),
            channel_reads("acknowledged the incident", times=0),
        ),
    ),
    Trouble(
        name="whoever left is to be the lead",
        wrong=(leaves_the_workspace("bob"),),
        people=(types("/incident lead me"), types("/incident lead @bob")),
        seen=(is_answered("alice", "Nobody is called “bob”"), channel_reads("Bob", times=0)),
    ),
    Trouble(
        name="somebody known who left is to be the lead",
        wrong=(types("/incident list", "bob"), leaves_the_workspace("bob")),
        people=(types("/incident lead me"), types("/incident lead @bob")),
        seen=(
            is_answered("alice", "Bob Brook has left Slack; name somebody else."),
            is_led_by("alice"),
            channel_reads("Bob", times=0),
            nothing_is_given_up,
        ),
    ),
    Trouble(
        name="the lead leaves",
        wrong=(types("/incident assign me", "bob"), settles, leaves_the_workspace("bob")),
        people=(types("/incident update We look."),),
        seen=(channel_reads("We look."), card_says("Bob Brook"), nothing_is_given_up),
    ),
    Trouble(
        name="whoever has a task leaves",
        wrong=(types("/incident task Roll back @bob"), settles, leaves_the_workspace("bob")),
        people=(types("/incident tasks done 1"),),
        seen=(channel_reads("All tasks of INC-1 are done."), nothing_is_given_up),
    ),
    Trouble(
        name="a follower leaves, and comes back",
        wrong=(types("/incident subscribe INC-1", "bob"), leaves_the_workspace("bob")),
        people=(
            types("/incident update We look."),
            settles,
            comes_back("bob"),
            types("/incident update Found it."),
        ),
        seen=(
            channel_reads("We look."),
            reads_in_person("bob", "We look.", times=0),
            reads_in_person("bob", "Found it."),
            nothing_is_given_up,
        ),
    ),
]
