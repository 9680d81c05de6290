"""What people type after `/incident`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.grammar import UsageError
from bot.slack.slash import LATER, VERBS, parse, split_severity
from bot.slack.subcommands import OnIncident, as_typed
from bot.slack.wishes import (
    Acknowledge,
    Alerts,
    Assign,
    Declare,
    Help,
    ListIncidents,
    NotYet,
    OpenForm,
    Reopen,
    Resolve,
    SetSeverity,
    Show,
    Similar,
    Somebody,
    Update,
    Wish,
)


@pytest.mark.parametrize(
    ("typed", "wish"),
    [
        ("", OpenForm()),
        ("   ", OpenForm()),
        ("declare", OpenForm()),
        ("declare Checkout is down", Declare(title="Checkout is down")),
        ("new “Checkout is down”", Declare(title="Checkout is down")),
        ("list", ListIncidents()),
        ("list mine", ListIncidents(mine=True)),
        ("list all", ListIncidents(everything=True)),
        ("show", Show()),
        ("show inc-7", Show(reference="INC-7")),
        ("INC-7", Show(reference="INC-7")),
        ("ack", Acknowledge()),
        ("acknowledge #INC-07", Acknowledge(reference="INC-7")),
        ("update", Update()),
        ("update INC-7: we look", Update(reference="INC-7", text="we look")),
        ("update INC-7 see INC-8", Update(reference="INC-7", text="see INC-8")),
        ("severity SEV-1", SetSeverity(level="sev1")),
        ("sev INC-7 high", SetSeverity(reference="INC-7", level="high")),
        ("severity high INC-7", SetSeverity(reference="INC-7", level="high")),
        ("assign", Assign()),
        ("assign me", Assign(who=Somebody(me=True))),
        ("assign <@U0BOB|bob>", Assign(who=Somebody(slack_user_id="U0BOB"))),
        ("assign INC-7 @bob", Assign(reference="INC-7", who=Somebody(name="bob"))),
        ("assign b@x.org", Assign(who=Somebody(email="b@x.org"))),
        ("assign <mailto:b@x.org|b@x.org>", Assign(who=Somebody(email="b@x.org"))),
        ("resolve Restarted it.", Resolve(text="Restarted it.")),
        ("res INC-7", Resolve(reference="INC-7")),
        ("reopen INC-7 It is back", Reopen(reference="INC-7", text="It is back")),
        ("similar", Similar()),
        ("similar inc-7", Similar(reference="INC-7")),
        ("sim “pool timeout”", Similar(text="pool timeout")),
        ("similar INC-7 &amp; timeouts", Similar(text="INC-7 & timeouts")),
        ("similar at a.B:1\n  at a.C:2", Similar(text="at a.B:1\n  at a.C:2")),
        ("alerts", Alerts()),
        ("alerts inc-7", Alerts(reference="INC-7")),
        ("alerts firing", Alerts(firing=True)),
        ("alerts INC-7 Firing", Alerts(reference="INC-7", firing=True)),
        ("alerts INC-7 after alt_1", Alerts(reference="INC-7", after="alt_1")),
        (
            "alerts INC-7 firing after alt_1",
            Alerts(reference="INC-7", firing=True, after="alt_1"),
        ),
        ("help", Help()),
        ("help ack", Help(topic="ack")),
        ("snooze 30m", NotYet(word="snooze")),
    ],
)
def test_a_command_line_is_understood(typed: str, wish: Wish) -> None:
    assert parse(typed) == wish


@pytest.mark.parametrize(
    ("typed", "title", "severity"),
    [
        ("sev1 Checkout is down", "Checkout is down", "sev1"),
        ("Checkout is down SEV-2", "Checkout is down", "sev2"),
        ("Checkout is down (sev3)", "Checkout is down", "sev3"),
        ("Checkout is down, critical", "Checkout is down", "critical"),
        ("High CPU on db1", "High CPU on db1", "high"),
        ("Latency is high", "Latency is high", ""),
        ("Checkout is down", "Checkout is down", ""),
        ("high", "high", ""),
    ],
)
def test_a_severity_at_either_end_is_heard(typed: str, title: str, severity: str) -> None:
    assert split_severity(typed) == (title, severity)


def test_slacks_own_escaping_is_undone_once() -> None:
    wish = parse("declare &lt;b&gt; &amp;amp; <@U1|bob> in <#C1|ops>, see <https://x.org|x>")

    assert wish == Declare(title="<b> &amp; @bob in #ops, see https://x.org")


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("resovle", "Did you mean “/incident resolve”?"),
        ("snoze", "Did you mean “/incident snooze”?"),
        ("checkout is down", "type “/incident declare”"),
        ("list everything", "/incident list all"),
        ("severity awful", "critical, high, medium or low"),
        ("alerts of today", "/incident alerts INC-7 firing"),
        ("show the money", "/incident show INC-7"),
    ],
)
def test_what_is_not_understood_is_answered_with_what_would_be(typed: str, hint: str) -> None:
    with pytest.raises(UsageError) as refusal:
        parse(typed)

    assert hint in str(refusal.value)


WORDS = st.sampled_from(
    [*VERBS, *sorted(LATER), "INC-1", "inc-99999", "sev2", "me", "<@U1|x>", "&lt;", "<", "|", "“"]
)


@given(st.one_of(st.text(), st.lists(st.one_of(WORDS, st.text(max_size=8))).map(" ".join)))
def test_nothing_typed_ever_breaks_the_parser(typed: str) -> None:
    answer: Wish | UsageError
    try:
        answer = parse(typed)
    except UsageError as refusal:
        answer = refusal

    assert isinstance(answer, Wish) or str(answer).endswith(".")


@given(
    st.one_of(
        st.just(Show()),
        st.just(Acknowledge()),
        st.builds(Alerts, firing=st.booleans()),
        st.builds(Update, text=st.from_regex(r"[a-z<>&|@!]{1,30}", fullmatch=True)),
        st.builds(Resolve, text=st.from_regex(r"[a-z<>&|@!]{1,30}", fullmatch=True)),
        st.sampled_from(["sev1", "high"]).map(lambda level: SetSeverity(level=level)),
        st.sampled_from(
            [Somebody(me=True), Somebody(slack_user_id="U1"), Somebody(email="a@b.c")]
        ).map(lambda who: Assign(who=who)),
    )
)
def test_a_button_says_again_what_was_typed(wish: OnIncident) -> None:
    verb, rest = as_typed(wish)

    again = parse(f"{verb} INC-7 {rest}".strip())

    assert again == type(wish)(
        **{name: getattr(wish, name) for name in wish.__slots__ if name != "reference"},
        reference="INC-7",
    )
