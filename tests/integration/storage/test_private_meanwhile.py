"""What turns private between two questions of one answer is kept from who may not know of it."""

from dataclasses import dataclass, field, fields
from typing import cast

from core.domain.ids import OrganizationId
from core.domain.record import Record
from core.domain.subscription import Followed, Subscription
from core.domain.viewer import NOBODY
from core.ports import RecordQuery
from storage.codec import fields_from
from storage.connection import Connection
from storage.records import page
from storage.statements import Row, Statement, Values
from storage.types import json_text
from tests.fakes.moment import NOON

OURS = OrganizationId("org_1")


@dataclass(slots=True)
class Answering:
    """A connection that gives these answers, one after the other."""

    answers: list[list[Row]] = field(default_factory=list)

    async def fetch(self, statement: Statement, values: Values) -> list[Row]:
        return self.answers.pop(0)


def _row(subject: str) -> Row:
    followed = {"followed": Followed.INCIDENT, "subject": subject, "follower": "U1", "name": ""}
    one = Subscription(
        id=f"sub_{subject}",
        created_at=NOON,
        updated_at=NOON,
        **fields_from(Subscription, json_text(followed)),
    )
    return (*(getattr(one, known.name) for known in fields(Record)), json_text(followed))


async def test_whoever_follows_an_incident_that_turned_private_is_not_listed_with_it() -> None:
    rows = [_row("inc_1"), _row("inc_2")]
    connection = cast("Connection", Answering([rows, [(2,)], [("inc_1",)]]))

    found = await page(connection, OURS, Subscription, RecordQuery(limit=10), NOBODY)

    assert [one.subject for one in found.rows] == ["inc_2"]
    assert (found.total, found.more) == (1, False)
