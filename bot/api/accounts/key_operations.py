"""The operations on API keys."""

from bot.api.accounts.key_shapes import KeyAnswer, KeyLine, NewKey, NewKeyAnswer
from bot.api.lists_v1 import Many
from bot.api.operations import Operation, Tag
from bot.api.paging import PageQuery
from bot.api.resources import Resource
from core.domain.actor import Permission

KEYS = Resource(
    path="/api/v1/api-keys",
    one="api_key",
    many="api_keys",
    tag=Tag.ACCOUNTS,
    see=Permission.ADMINISTER,
    change=Permission.ADMINISTER,
    lines=Many[KeyLine],
    answer=KeyAnswer,
)

LIST = KEYS.list("List API keys, newest first, without their secrets", query=PageQuery)
CREATE = KEYS.add(
    "Make an API key; it is shown in this answer only",
    answer=NewKeyAnswer,
    body=NewKey,
    example={"name": "Deployments", "permissions": ["incidents:read", "incidents:create"]},
)
SHOW = KEYS.show("One API key, without its secret")
REVOKE = Operation(
    method="DELETE",
    path=KEYS.each,
    name="revoke_api_key",
    summary="Make an API key useless",
    tag=Tag.ACCOUNTS,
    needs=Permission.ADMINISTER,
    answers={204: None},
)
