"""What people type after `/incident`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.grammar import Either, UsageError
from bot.slack.slash import VERBS, VOCABULARY, parse, split_severity
from bot.slack.slash_words import ALIASES, MEANING
from bot.slack.subcommands import OnIncident, as_typed
from bot.slack.views.help import MANUAL
from bot.slack.wishes import (
    Acknowledge,
    AddNote,
    AddTask,
    Alerts,
    Assign,
    Cancel,
    Declare,
    Help,
    ListIncidents,
    OpenForm,
    Reopen,
    Resolve,
    SetSeverity,
    Show,
    Similar,
    Somebody,
    Update,
    Which,
    Wish,
)

BOB = Somebody(slack_user_id="U0BOB")
OVER = "It is over.\nAt last."
PLACE = "1764000000123456.inc_7"


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
        ("help res", Help(topic="resolve")),
        ("help `/incident follow`", Help(topic="subscribe")),
        ("resolve help", Help(topic="resolve")),
        ("task --help", Help(topic="task")),
        ("INC-7 resolve It is over", Resolve(reference="INC-7", text="It is over")),
        ("#inc-7: ack", Acknowledge(reference="INC-7")),
        ("show 7", Show(reference="INC-7")),
        ("show INC 7", Show(reference="INC-7")),
        ("INC 7", Show(reference="INC-7")),
        ("inc 7 resolve It is over", Resolve(reference="INC-7", text="It is over")),
        ("7 resolve It is over", Resolve(reference="INC-7", text="It is over")),
        ("update 7", Update(reference="INC-7")),
        ("update INC 7: we look", Update(reference="INC-7", text="we look")),
        ("update #7 we look", Update(reference="INC-7", text="we look")),
        ("update “7 pods are gone”", Update(text="7 pods are gone")),
        ("update 12:30 we restart", Update(text="12:30 we restart")),
        ("resolve 7", Resolve(reference="INC-7")),
        ("resolve inc7 done", Resolve(reference="INC-7", text="done")),
        ("resolve INC 7\nIt is over.\nAt last.", Resolve(reference="INC-7", text=OVER)),
        ("reopen 7", Reopen(reference="INC-7")),
        ("status 7", Show(reference="INC-7")),
        ("similar 7", Similar(reference="INC-7")),
        ("similar 500 errors", Similar(text="500 errors")),
        ("alerts 7 firing", Alerts(reference="INC-7", firing=True)),
        ("assign 7", Assign(reference="INC-7")),
        ("assign 7 <@U0BOB|bob>", Assign(reference="INC-7", who=BOB)),
        ("assign <@U0BOB|bob> 7", Assign(reference="INC-7", who=BOB)),
        ("assign @bob INC 7", Assign(reference="INC-7", who=Somebody(name="bob"))),
        ("assign me 7", Assign(reference="INC-7", who=Somebody(me=True))),
        ("assign Agent 7", Assign(who=Somebody(name="Agent 7"))),
        ("severity 7 high", SetSeverity(reference="INC-7", level="high")),
        ("severity 7", SetSeverity(reference="INC-7")),
        ("severity high 7", SetSeverity(reference="INC-7", level="high")),
        ("severity sev 2", SetSeverity(level="sev2")),
        ("severity 2 3", SetSeverity(reference="INC-2", level="sev3")),
        ("ack #7", Acknowledge(reference="INC-7")),
        ("reo INC-7", Reopen(reference="INC-7")),
        ("acknow", Acknowledge()),
        ("severity 1", SetSeverity(level="sev1")),
        ("severity sev 2 INC-7", SetSeverity(reference="INC-7", level="sev2")),
        ("list service Payments API", ListIncidents(service="Payments API")),
        ("list all Service “Payments API”", ListIncidents(everything=True, service="Payments API")),
        ("list my", ListIncidents(mine=True)),
        ("list mine all", ListIncidents(mine=True, everything=True)),
        ("list service checkout all", ListIncidents(everything=True, service="checkout")),
        (
            "list service checkout mine all",
            ListIncidents(mine=True, everything=True, service="checkout"),
        ),
        ("list service “catch all”", ListIncidents(service="catch all")),
        (f"list after {PLACE}", ListIncidents(after=PLACE)),
        (
            f"list mine all service “after all” after {PLACE}",
            ListIncidents(mine=True, everything=True, service="after all", after=PLACE),
        ),
        ("list service after party", ListIncidents(service="after party")),
        ("list service “catch all” all", ListIncidents(everything=True, service="catch all")),
        ("list service all", Which(before="list all service")),
        ("7", Show(reference="INC-7")),
        ("#7", Show(reference="INC-7")),
        ("status", Show()),
        ("status INC-7", Show(reference="INC-7")),
        ("status We found it", Update(text="We found it")),
        ("status INC-7 We found it", Update(reference="INC-7", text="We found it")),
        ("status help", Help(topic="show")),
        ("list service", Which(before="list service")),
        ("list all service", Which(before="list all service")),
        ("subscribe service", Which(before="subscribe service")),
        ("unfollow service here", Which(before="unsubscribe service", after="here")),
        ("subscribe severity", Which(before="subscribe severity", severity=True)),
        (
            "unsubscribe severity here",
            Which(before="unsubscribe severity", after="here", severity=True),
        ),
        ("declare sev1", OpenForm(severity="sev1")),
        ("declare HIGH", OpenForm(severity="high")),
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
        ("high", "", "high"),
        ("critical:", "", "critical"),
        ("sev2", "", "sev2"),
        ("outage", "outage", ""),
    ],
)
def test_a_severity_at_either_end_is_heard(typed: str, title: str, severity: str) -> None:
    assert split_severity(typed) == (title, severity)


def about(line: str) -> tuple[str, str]:
    """The incident that is named, and the words."""
    match parse(line):
        case Update() | Resolve() | Reopen() | Cancel() | AddNote() as wish:
            return wish.reference, wish.text
        case AddTask() as wish:
            return wish.reference, wish.title
        case other:
            pytest.fail(f"{line!r} is {other!r}.")


@pytest.mark.parametrize(
    ("verb", "text", "told"),
    [
        ("update", "pods are gone", "update “7 pods are gone”"),
        ("resolve", "done", "resolve “7 done”"),
        ("reopen", "came back", "reopen “7 came back”"),
        ("cancel", "tests", "cancel “7 tests”"),
        ("note", "of <9>", "note “7 of <9>”"),
        ("task", "more nodes @bob due tomorrow", "task “7 more nodes” @bob due tomorrow"),
    ],
)
def test_a_number_before_a_text_may_be_either(verb: str, text: str, told: str) -> None:
    either = parse(f"{verb} 7 {text}")

    assert either == Either(reference="INC-7", named=f"{verb} INC-7 {text}", told=told)
    assert about(either.named)[0] == "INC-7"
    reference, said = about(either.told)
    assert reference == ""
    assert said.startswith("7 ")


@pytest.mark.parametrize("text", ["4 new errors in checkout", "1 new", "4 declare Slow", "4 list"])
def test_a_number_before_a_word_that_is_about_no_incident_declares_nothing(text: str) -> None:
    with pytest.raises(UsageError, match="There is no command"):
        parse(text)


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
        ("re INC-7", "begins several commands: “/incident reopen”, “/incident resolve”"),
        ("s", "“/incident show”, “/incident similar”, “/incident snooze”"),
        ("c INC-7", "Did you mean “/incident cancel”?"),
        ("close INC-7", "Did you mean “/incident resolve”?"),
        ("excalate", "Did you mean “/incident severity”?"),
        ("rca", "Did you mean “/incident postmortem”?"),
        ("todoo buy milk", "Did you mean “/incident task”?"),
        ("help resovle", "Did you mean “/incident resolve”?"),
        ("assign “”", "Say who is meant"),
        ("assign <@U0BOB> <@U0EVE>", "Say who is meant"),
        ("severity 7 8", "critical, high, medium or low"),
    ],
)
def test_what_is_not_understood_is_answered_with_what_would_be(typed: str, hint: str) -> None:
    with pytest.raises(UsageError) as refusal:
        parse(typed)

    assert hint in str(refusal.value)


MARKS = [
    "&lt;",
    "<",
    "|",
    "“",
    '"',
    "'",
    "٣",
    "\u200b",
    "INC-1",
    "inc-99999",
    "#7",
    "<@U1|x>",
    "@bob",
]
PLAIN = ["sev2", "me", "nobody", "add", "remove", "service", "here", "due", "tomorrow", "in"]
WORDS = st.sampled_from([*VERBS, *ALIASES, *MEANING, *MARKS, *PLAIN, "2h", "off", "list"])
TYPED = st.one_of(st.text(), st.lists(st.one_of(WORDS, st.text(max_size=8))).map(" ".join))


@given(TYPED)
def test_nothing_typed_ever_breaks_the_parser(typed: str) -> None:
    answer: Wish | UsageError
    try:
        answer = parse(typed)
    except UsageError as refusal:
        answer = refusal

    assert isinstance(answer, Wish) or str(answer).endswith((".", "?"))


@given(st.sampled_from(sorted(VERBS)), st.integers(min_value=1, max_value=12))
def test_as_many_letters_as_tell_a_command_apart_are_enough(verb: str, length: int) -> None:
    try:
        understood = VOCABULARY.verb(verb[:length])
    except UsageError:
        shared = {
            ALIASES.get(one, one) for one in (*VERBS, *ALIASES) if one.startswith(verb[:length])
        }
        assert length == 1 or len(shared) > 1
    else:
        assert understood.startswith(verb[:length]) or ALIASES[verb[:length]] == understood


def test_every_command_has_its_page_in_the_manual() -> None:
    pages = {verb for group in MANUAL.groups() for verb in group.topics}

    assert pages == set(VERBS)


def test_what_is_needed_most_is_first_in_the_manual_and_there_alone() -> None:
    first, *others = MANUAL.groups()

    assert [*first.topics] == ["declare", "ack", "update", "resolve", "show"]
    assert not {*first.topics} & {verb for group in others for verb in group.topics}


def test_every_example_in_the_manual_is_understood_as_that_command() -> None:
    for group in MANUAL.groups():
        for verb, topic in group.topics.items():
            for example in topic.examples:
                wish = parse(example.removeprefix("/incident"))

                assert not isinstance(wish, Help) or verb == "help"


def test_the_words_of_other_tools_are_hints_to_commands_there_are() -> None:
    assert set(MEANING.values()) <= set(VERBS)
    assert not set(MEANING) & {*VERBS, *ALIASES}


def test_the_manual_says_more_about_one_command_with_examples() -> None:
    text = MANUAL.on("task").text

    assert "`/incident task [INC-n] [TEXT] [@somebody] [due WHEN]`" in text
    assert "• `/incident task Call the provider by 14:30`" in text


def test_the_whole_manual_is_one_message_by_what_one_wants_to_do() -> None:
    message = MANUAL.on("")

    headings = [block["text"]["text"].partition("\n")[0] for block in message.blocks[:-1]]
    assert headings[:3] == ["*Most often*", "*Start, and look*", "*Work on an incident*"]
    assert all(len(block["text"]["text"]) < 3_000 for block in message.blocks[:-1])


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


def test_the_page_of_assign_says_that_whoever_has_an_incident_may_hand_it_over() -> None:
    page = MANUAL.on("assign")

    assert "whoever has it may hand it over; giving away what is not yours" in str(page.blocks)
