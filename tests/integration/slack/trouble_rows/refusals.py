"""Slack forbids something: the incident goes on elsewhere, and somebody is told what to mend."""

from core.domain.state import State
from tests.integration.slack.troubles import (
    Trouble,
    card_says,
    channel_reads,
    fault,
    files_below,
    incident_is,
    is_answered,
    later,
    nothing_is_given_up,
    presses,
    reads_in_person,
    settles,
    token,
    types,
    workspace,
)

UPDATES = types("/incident update We look.")
RESOLVES = types("/incident resolve Restarted it.")
DRAFTS = types("/incident postmortem")
ALLOW = "ask an administrator of the workspace to allow it"
SCOPE = "update it from manifest.yml"

ROWS = [
    Trouble(
        name="forbidden: posting",
        wrong=(fault("chat.postMessage", "error", error="restricted_action"),),
        people=(UPDATES,),
        seen=(reads_in_person("alice", ALLOW), channel_reads("We look.", times=0)),
    ),
    Trouble(
        name="forbidden: pinning",
        wrong=(
            workspace(restricted_actions=["pins.add"]),
            fault("chat.update", "error", error="message_not_found"),
        ),
        people=(types("/incident ack"),),
        seen=(channel_reads("is acknowledged"), nothing_is_given_up),
    ),
    Trouble(
        name="forbidden: archiving",
        wrong=(workspace(restricted_actions=["conversations.archive"]),),
        people=(RESOLVES, settles, later(days=15)),
        seen=(reads_in_person("alice", ALLOW), incident_is(archived_at=None)),
    ),
    Trouble(
        name="a scope is missing: topics",
        wrong=(fault("conversations.setTopic", "missing_scope"),),
        people=(types("/incident severity critical"),),
        seen=(reads_in_person("alice", SCOPE), card_says("Critical (SEV1)")),
    ),
    Trouble(
        name="a scope is missing: posting",
        wrong=(fault("chat.postMessage", "missing_scope"),),
        people=(UPDATES,),
        seen=(reads_in_person("alice", SCOPE),),
    ),
    Trouble(
        name="the token is revoked, and given again",
        wrong=(token(state="revoked"),),
        people=(types("/incident ack"), token(state="valid"), UPDATES),
        seen=(
            incident_is(state=State.ACKNOWLEDGED),
            channel_reads("acknowledged the incident."),
            channel_reads("We look."),
            card_says("Acknowledged"),
            nothing_is_given_up,
        ),
    ),
    Trouble(
        name="the plan has no canvases",
        wrong=(workspace(canvases=False),),
        people=(RESOLVES, settles, DRAFTS),
        seen=(
            files_below("The postmortem of INC-1 is drafted.", "INC-1-postmortem.md"),
            nothing_is_given_up,
        ),
    ),
    Trouble(
        name="a file: refused",
        wrong=(
            workspace(canvases=False),
            fault("files.getUploadURLExternal", "error", error="file_uploads_disabled"),
        ),
        people=(RESOLVES, settles, DRAFTS),
        seen=(
            channel_reads("The postmortem of INC-1 is drafted."),
            reads_in_person("alice", "Slack does not show everything of"),
        ),
    ),
    Trouble(
        name="a file: its reply is lost",
        wrong=(
            workspace(canvases=False),
            fault("files.completeUploadExternal", "lost_reply"),
        ),
        people=(RESOLVES, settles, DRAFTS),
        seen=(
            channel_reads("The postmortem of INC-1 is drafted."),
            files_below("The postmortem of INC-1 is drafted.", "INC-1-postmortem.md"),
            nothing_is_given_up,
        ),
    ),
    Trouble(
        name="an export: refused",
        wrong=(fault("files.getUploadURLExternal", "error", error="file_uploads_disabled"),),
        people=(types("/incident export json"),),
        seen=(is_answered("alice", "Slack refused files.getUploadURLExternal"),),
    ),
    Trouble(
        name="a role: whoever got it takes no messages",
        wrong=(fault("conversations.open", "error", error="user_disabled"),),
        people=(presses("Assign me", "bob"),),
        seen=(channel_reads("Bob Brook took the incident."), nothing_is_given_up),
    ),
    Trouble(
        name="a follower takes no messages any more",
        wrong=(
            types("/incident subscribe INC-1", "bob"),
            fault("conversations.open", "error", error="user_disabled"),
        ),
        people=(UPDATES,),
        seen=(channel_reads("We look."), nothing_is_given_up),
    ),
    Trouble(
        name="whoever took part takes no messages",
        wrong=(types("/incident assign me", "bob"), RESOLVES, settles, DRAFTS, settles),
        people=(
            fault("conversations.open", "error", error="user_not_found"),
            presses("Ask who took part", on="The postmortem of INC-1 is drafted."),
        ),
        seen=(
            is_answered("alice", "asked what they know of it"),
            nothing_is_given_up,
        ),
    ),
]
