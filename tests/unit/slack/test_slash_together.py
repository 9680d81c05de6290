"""What people type after `/incident` to work on one together."""

from dataclasses import replace

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from bot.slack.grammar import UsageError
from bot.slack.slash import parse
from bot.slack.slash_together import TOGETHER
from bot.slack.wishes import (
    About,
    AddNote,
    AddTask,
    Cancel,
    ChangeServices,
    Edit,
    Export,
    Link,
    Merge,
    OpenSettings,
    Postmortem,
    Private,
    Role,
    Snooze,
    Somebody,
    Subscribe,
    Tasks,
    Timeline,
    Wish,
)

BOB = Somebody(slack_user_id="U0BOB")
ALICE = Somebody(name="Alice Archer")
BOBBY = Somebody(name="bob")


def plain(wish: Wish) -> Wish:
    """Without what it carries to be said again."""
    return replace(wish, verb="", rest="") if isinstance(wish, About) else wish


@pytest.mark.parametrize(
    ("typed", "wish"),
    [
        ("lead", Role(role="lead")),
        ("lead me", Role(role="lead", who=Somebody(me=True))),
        ("lead 7 <@U0BOB|bob>", Role(reference="INC-7", role="lead", who=BOB)),
        ("lead <@U0BOB|bob> 7", Role(reference="INC-7", role="lead", who=BOB)),
        ("role 7", Role(reference="INC-7")),
        ("role INC 7 scribe <@U0BOB|bob>", Role(reference="INC-7", role="scribe", who=BOB)),
        ("edit 7", Edit(reference="INC-7")),
        ("snooze 7 30m", Snooze(reference="INC-7", span="30m")),
        ("snooze 7 until 09:00", Snooze(reference="INC-7", span="until 09:00")),
        ("snooze 30 minutes", Snooze(span="30 minutes")),
        ("snooze 30", Snooze(span="30")),
        ("cancel 7", Cancel(reference="INC-7")),
        ("cancel #7 tests", Cancel(reference="INC-7", text="tests")),
        ("cancel INC 7 tests", Cancel(reference="INC-7", text="tests")),
        ("merge INC 8 into INC 7", Merge(reference="INC-8", other="INC-7")),
        ("private 7 <@U0BOB|bob>", Private(reference="INC-7", people=(BOB,))),
        ("service 7 add Pay", ChangeServices(reference="INC-7", service="Pay")),
        ("task 7", AddTask(reference="INC-7")),
        ("task #7 Call them", AddTask(reference="INC-7", title="Call them")),
        ("tasks 7", Tasks(reference="INC-7")),
        ("tasks 7 done 2", Tasks(reference="INC-7", done=2)),
        ("note 7", AddNote(reference="INC-7")),
        ("timeline 7", Timeline(reference="INC-7")),
        ("postmortem 7", Postmortem(reference="INC-7")),
        ("export json 7", Export(reference="INC-7", format="json")),
        ("follow 7 here", Subscribe(reference="INC-7", here=True)),
        ("lead INC-7 <@U0BOB|bob>", Role(reference="INC-7", role="lead", who=BOB)),
        ("lead “Alice Archer”", Role(role="lead", who=ALICE)),
        ("role", Role()),
        ("roles INC-7", Role(reference="INC-7")),
        ("role scribe", Role(role="scribe")),
        ("role scribe me", Role(role="scribe", who=Somebody(me=True))),
        ("role scribe nobody", Role(role="scribe", who=Somebody(name="nobody"))),
        ("role Customer contact <@U0BOB|bob>", Role(role="Customer contact", who=BOB)),
        ("role “Customer contact” @bob", Role(role="Customer contact", who=Somebody(name="bob"))),
        ("role scribe “Alice Archer”", Role(role="scribe", who=ALICE)),
        ("role <@U0BOB|bob> scribe", Role(role="scribe", who=BOB)),
        ("edit inc-7", Edit(reference="INC-7")),
        ("snooze 30m", Snooze(span="30m")),
        ("snooze until 09:00 INC-7", Snooze(reference="INC-7", span="until 09:00")),
        ("cancel INC-7 False alarm", Cancel(reference="INC-7", text="False alarm")),
        ("merge", Merge()),
        ("merge INC-7", Merge(other="INC-7")),
        ("merge 7", Merge(other="INC-7")),
        ("merge INC-8 into INC-7", Merge(reference="INC-8", other="INC-7")),
        ("duplicate of INC-7", Merge(other="INC-7")),
        ("INC-8 merge INC-7", Merge(reference="INC-8", other="INC-7")),
        ("link INC-8 and #7", Link(reference="INC-8", other="INC-7")),
        ("unlink INC-7", Link(other="INC-7", apart=True)),
        ("private", Private()),
        ("private off", Private(public=True)),
        ("private <@U0BOB|bob>, “Alice Archer”", Private(people=(BOB, ALICE))),
        ("private add <@U0BOB> and @alice", Private(people=(BOB, Somebody(name="alice")))),
        ("private INC-7 remove <@U0BOB>", Private(reference="INC-7", people=(BOB,), out=True)),
        ("service", ChangeServices()),
        ("service add Payments API", ChangeServices(service="Payments API")),
        ("service add “Payments API”", ChangeServices(service="Payments API")),
        (
            "services INC-7 remove O'Brien",
            ChangeServices(reference="INC-7", service="O'Brien", remove=True),
        ),
        ("task", AddTask()),
        ("task me", AddTask(who=Somebody(me=True))),
        ("task due in 2h", AddTask(due="2h")),
        ("task Raise the pool size", AddTask(title="Raise the pool size")),
        ("task Raise it <@U0BOB|bob>", AddTask(title="Raise it", who=BOB)),
        ("task <@U0BOB|bob> Raise it", AddTask(title="Raise it", who=BOB)),
        (
            "task Raise it <@U0BOB> due Tomorrow at 09:00",
            AddTask(title="Raise it", who=BOB, due="tomorrow at 09:00"),
        ),
        ("task Raise it in 2h <@U0BOB>", AddTask(title="Raise it", who=BOB, due="2h")),
        ("task Call them by 14:30", AddTask(title="Call them", due="14:30")),
        ("task Call them due 2026-12-01", AddTask(title="Call them", due="2026-12-01")),
        ("task Pay what is due to Bob", AddTask(title="Pay what is due to Bob")),
        ("task Look @bob due yesterday", AddTask(title="Look", who=BOBBY, due="yesterday")),
        ("task Look due in a while @bob", AddTask(title="Look", who=BOBBY, due="in a while")),
        ("task Look by next Monday", AddTask(title="Look", due="next monday")),
        ("task Look by the end of May", AddTask(title="Look", due="the end of may")),
        ("task Raise the pool by 20", AddTask(title="Raise the pool by 20")),
        ("task Count errors by hour", AddTask(title="Count errors by hour")),
        ("task “Look in 2 places”", AddTask(title="Look in 2 places")),
        ("tasks", Tasks()),
        ("tasks INC-7 done #2", Tasks(reference="INC-7", done=2)),
        ("tasks INC-7 after 20", Tasks(reference="INC-7", after="20")),
        ("tasks INC-7 after done.3", Tasks(reference="INC-7", after="done.3")),
        ("note", AddNote()),
        ("note INC-7 We saw INC-8", AddNote(reference="INC-7", text="We saw INC-8")),
        ("history", Timeline()),
        ("timeline INC-7 after ent_1", Timeline(reference="INC-7", after="ent_1")),
        ("pm", Postmortem()),
        ("export", Export()),
        ("export md INC-7", Export(reference="INC-7", format="markdown")),
        ("export JSON", Export(format="json")),
        ("subscribe", Subscribe()),
        ("follow INC-7 here", Subscribe(reference="INC-7", here=True)),
        ("subscribe service Payments API", Subscribe(service="Payments API")),
        ("subscribe service “Payments API” here", Subscribe(service="Payments API", here=True)),
        ("subscribe severity SEV-1", Subscribe(severity="sev1")),
        ("subscribe critical here", Subscribe(severity="critical", here=True)),
        ("subscribe list", Subscribe(listing=True)),
        ("unsubscribe INC-7", Subscribe(reference="INC-7", off=True)),
        ("unfollow service Search", Subscribe(service="Search", off=True)),
        ("settings", OpenSettings()),
    ],
)
def test_a_command_line_is_understood(typed: str, wish: Wish) -> None:
    assert plain(parse(typed)) == wish


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("edit the title", "“the title” is not an incident"),
        (
            "merge everything",
            "“everything” is not an incident; type it like",
        ),
        ("merge INC-7 INC-8 INC-9", "“INC-9” is not an incident"),
        ("service Payments", "/incident service add"),
        ("tasks finish 2", "/incident tasks done 2"),
        ("timeline of today", "/incident timeline INC-7"),
        ("export pdf", "“/incident export json” or “/incident export markdown”"),
        ("subscribe everything", "“/incident subscribe severity critical”"),
        ("subscribe severity awful", "“awful” is not a severity"),
        ("subscribe INC-7 service Search", "Type “/incident subscribe”"),
        ("settings now", "“now” is not an incident"),
    ],
)
def test_what_is_not_understood_is_answered_with_what_would_be(typed: str, hint: str) -> None:
    with pytest.raises(UsageError) as refusal:
        parse(typed)

    assert hint in str(refusal.value)


ALONE = sorted({*TOGETHER} - {"merge", "link", "unlink", "subscribe", "unsubscribe", "settings"})
RESTS = st.lists(
    st.sampled_from(
        [
            "Payments",
            "me",
            "<@U1|x>",
            "“Bob Brook”",
            "add",
            "done 2",
            "30m",
            "here",
            "due 2h",
            "&lt;",
        ]
    ),
    max_size=4,
).map(" ".join)


@given(st.sampled_from(ALONE), RESTS)
def test_a_button_says_again_what_was_typed(verb: str, rest: str) -> None:
    try:
        wish = parse(f"{verb} {rest}")
    except UsageError:
        reject()
    assert isinstance(wish, About)

    again = parse(f"{wish.verb} INC-7 {wish.rest}".strip())

    assert plain(again) == replace(wish, reference="INC-7", verb="", rest="")


@pytest.mark.parametrize("rest", ["INC-9", "9", "with INC-9"])
def test_the_other_incident_is_not_lost_when_it_is_asked_which_one_is_meant(rest: str) -> None:
    wish = parse(f"merge {rest}")
    assert isinstance(wish, Merge)

    again = parse(f"{wish.verb} INC-7 {wish.rest}")

    assert plain(again) == Merge(reference="INC-7", other="INC-9")
