"""The operations on silences."""

from bot.api.alerting.silence_shapes import NewSilence, SilenceAnswer, SilenceLine, SilencesQuery
from bot.api.lists_v1 import Many
from bot.api.operations import Tag
from bot.api.resources import Resource
from core.domain.actor import Permission

SILENCES = Resource(
    path="/api/v1/silences",
    one="silence",
    many="silences",
    tag=Tag.TOCSIN,
    see=Permission.READ_INCIDENTS,
    change=Permission.WRITE_INCIDENTS,
    lines=Many[SilenceLine],
    answer=SilenceAnswer,
)

LIST = SILENCES.list("List silences, newest first", query=SilencesQuery)
CREATE = SILENCES.add(
    "Keep some alerts quiet for a while",
    description="What rings already goes on. What still fires when it ends calls somebody then.",
    body=NewSilence,
    example={
        "matchers": ['service="checkout"'],
        "seconds": 3600,
        "reason": "The disks are being replaced.",
    },
)
SHOW = SILENCES.show("One silence")
END = SILENCES.step("end", "end_silence", "End a silence now; what still fires calls somebody")
