"""What people do comes twice, late, out of order, or from two at once: it counts once."""

from bot.chronicles import chronicle_of
from core.domain.chronicle import LineKind
from core.domain.severity import Severity
from core.domain.state import Phase, State
from tests.integration.slack.channels import now_is
from tests.integration.slack.troubles import (
    Act,
    Look,
    Play,
    Trouble,
    at_once,
    channel_reads,
    fault,
    incident_is,
    is_answered,
    is_refused,
    one_of_them_reads,
    opens,
    presses,
    says,
    settles,
    submits,
    types,
    until,
    with_message,
)

UPDATES = types("/incident update We look.")
SAID = "Restarted db1"
EDITED = "Restarted db2"


PINS = with_message(SAID, lambda who, card: who.pins(card), "alice")
UNPINS = with_message(SAID, lambda who, card: who.unpins(card), "alice")
MARKS = with_message(SAID, lambda who, card: who.reacts(card, "pushpin"), "alice")
UNMARKS = with_message(SAID, lambda who, card: who.unreacts(card, "pushpin"), "alice")
EDITS = with_message(SAID, lambda who, card: who.edits(card, EDITED), "bob")
DELETES = with_message(SAID, lambda who, card: who.deletes(card), "bob")


def keeps(*texts: str) -> Look:
    """The messages in the timeline."""

    async def look(play: Play) -> None:
        store, organization = play.stage.store, play.stage.organization_id
        id = (await now_is(play.stage)).incident.id
        lines = await chronicle_of(store.reads, organization, id)
        assert [line.text for line in lines if line.kind is LineKind.MESSAGE] == [*texts]

    return look


def told(name: str, kind: str, event: str, people: tuple[Act, ...], *kept: str) -> Trouble:
    """What Slack tells of a message, in its own way."""
    return Trouble(
        name=name,
        wrong=(says(SAID), settles, fault(f"delivery:event:{event}", kind)),
        people=people,
        seen=(keeps(*kept),),
    )


def both(label: str, on: str = "") -> Act:
    return at_once(presses(label, on=on), presses(label, "bob", on=on))


ROWS = [
    Trouble(
        name="twice: a command",
        wrong=(fault("delivery:command", "duplicate"),),
        people=(UPDATES,),
        seen=(channel_reads("We look."),),
    ),
    Trouble(
        name="twice: a press",
        wrong=(fault("delivery:block_actions", "duplicate"),),
        people=(presses("Acknowledge"),),
        seen=(channel_reads("acknowledged the incident"),),
    ),
    Trouble(
        name="twice: a form",
        wrong=(
            opens("/incident update", "What is the news?"),
            fault("delivery:view_submission", "duplicate"),
        ),
        people=(submits({"What is the news?": "We look."}),),
        seen=(channel_reads("We look."),),
    ),
    Trouble(
        name="twice: a task",
        wrong=(fault("delivery:command", "duplicate"),),
        people=(types("/incident task Roll back"),),
        seen=(channel_reads("One task of INC-1 is open"),),
    ),
    Trouble(
        name="twice: a mention, though it was taken",
        wrong=(fault("delivery:event:app_mention", "retry_despite_success"),),
        people=(says("@tocsin update We look."), until("posted an update")),
        seen=(channel_reads("Bob Brook posted an update"),),
    ),
    told("twice: a pin", "duplicate", "pin_added", (PINS,), SAID),
    told("twice: a mark", "duplicate", "reaction_added", (MARKS,), SAID),
    told("late: a pin, after it was taken away", "reorder", "pin_added", (PINS, UNPINS)),
    told("late: a mark, after it was taken away", "reorder", "reaction_added", (MARKS, UNMARKS)),
    told("late: a pin, after an edit", "reorder", "pin_added", (PINS, EDITS), EDITED),
    told("late: a mark, after an edit", "reorder", "reaction_added", (MARKS, EDITS), EDITED),
    told("late: a pin, after it was deleted", "reorder", "pin_added", (PINS, DELETES)),
    Trouble(
        name="two at once: acknowledging",
        wrong=(),
        people=(both("Acknowledge"),),
        seen=(
            incident_is(state=State.ACKNOWLEDGED),
            channel_reads("acknowledged the incident"),
            one_of_them_reads("was acknowledged by"),
        ),
    ),
    Trouble(
        name="two at once: taking it",
        wrong=(),
        people=(both("Assign me"),),
        seen=(
            channel_reads("took the incident."),
            one_of_them_reads("INC-1 was taken by"),
        ),
    ),
    Trouble(
        name="two at once: the same press of two people",
        wrong=(fault("delivery:block_actions", "pressed_twice"),),
        people=(presses("Acknowledge"),),
        seen=(channel_reads("acknowledged the incident"),),
    ),
    Trouble(
        name="two at once: resolving",
        wrong=(
            opens("/incident resolve", "What fixed it?"),
            opens("/incident resolve", "What fixed it?", "bob"),
        ),
        people=(
            at_once(
                submits({"What fixed it?": "Restarted."}),
                submits({"What fixed it?": "Restarted."}, "bob"),
            ),
        ),
        seen=(
            incident_is(state=State.RESOLVED),
            channel_reads("resolved the incident"),
            one_of_them_reads("You resolved INC-1"),
        ),
    ),
    Trouble(
        name="two at once: a task is done",
        wrong=(types("/incident task Roll back"), settles),
        people=(both("Done", on="One task of INC-1 is open"),),
        seen=(channel_reads("All tasks of INC-1 are done."),),
    ),
    Trouble(
        name="a form opened before it was resolved: an update",
        wrong=(opens("/incident update", "What is the news?"),),
        people=(
            types("/incident resolve Restarted.", "bob"),
            settles,
            submits({"What is the news?": "We look."}),
        ),
        seen=(
            is_refused(
                "INC-1 was resolved by Bob Brook just now. Your update is not posted; to add it "
                "all the same, open the form once more."
            ),
            incident_is(state=State.RESOLVED, phase=Phase.RESOLVED),
            channel_reads("We look.", times=0),
        ),
    ),
    Trouble(
        name="a form opened before it was resolved: a severity",
        wrong=(opens("/incident severity", "How bad is it?"),),
        people=(
            types("/incident resolve Restarted.", "bob"),
            settles,
            submits({"How bad is it?": "Critical (SEV1)"}),
        ),
        seen=(
            is_answered("alice", "INC-1 is Critical (SEV1)."),
            incident_is(state=State.RESOLVED, severity=Severity.CRITICAL),
        ),
    ),
    Trouble(
        name="a form opened before it was merged: its end",
        wrong=(
            opens("/incident resolve", "What fixed it?"),
            types("/incident declare Checkout fails", "bob", channel="general"),
        ),
        people=(
            types("/incident merge INC-1 INC-2", "bob"),
            settles,
            submits({"What fixed it?": "Restarted."}),
        ),
        seen=(
            incident_is(state=State.CANCELED, resolution=""),
            is_answered("alice", "INC-1 was merged into INC-2, where it goes on"),
        ),
    ),
    Trouble(
        name="a form that was changed before it was sent",
        wrong=(
            opens("/incident update", "What is the news?"),
            fault("delivery:view_submission", "stale_view"),
        ),
        people=(submits({"What is the news?": "We look."}),),
        seen=(channel_reads("We look."),),
    ),
]
