"""The operations on silences."""

from bot.api.alerting.silence_shapes import NewSilence, SilenceAnswer, SilenceLine, SilencesQuery
from bot.api.lists_v1 import Many
from bot.api.operations import Operation, Tag
from core.domain.actor import Permission

EVERY = "/api/v1/silences"
ONE = f"{EVERY}/{{id}}"
SEE, CHANGE = Permission.READ_INCIDENTS, Permission.WRITE_INCIDENTS

LIST = Operation(
    method="GET",
    path=EVERY,
    name="list_silences",
    summary="List silences, newest first",
    tag=Tag.TOCSIN,
    needs=SEE,
    query=SilencesQuery,
    answers={200: Many[SilenceLine]},
)
CREATE = Operation(
    method="POST",
    path=EVERY,
    name="create_silence",
    summary="Keep some alerts quiet for a while",
    description="What rings already goes on. What still fires when it ends calls somebody then.",
    tag=Tag.TOCSIN,
    needs=CHANGE,
    body=NewSilence,
    answers={201: SilenceAnswer},
    example={
        "matchers": ['service="checkout"'],
        "seconds": 3600,
        "reason": "The disks are being replaced.",
    },
)
SHOW = Operation(
    method="GET",
    path=ONE,
    name="get_silence",
    summary="One silence",
    tag=Tag.TOCSIN,
    needs=SEE,
    answers={200: SilenceAnswer},
)
END = Operation(
    method="POST",
    path=f"{ONE}/end",
    name="end_silence",
    summary="End a silence now; what still fires calls somebody",
    tag=Tag.TOCSIN,
    needs=CHANGE,
    answers={200: SilenceAnswer},
    refuses=frozenset({409}),
)
