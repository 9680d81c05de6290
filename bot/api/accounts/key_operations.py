"""The operations on API keys."""

from bot.api.accounts.key_shapes import KeyAnswer, KeyLine, NewKey, NewKeyAnswer
from bot.api.lists_v1 import Many
from bot.api.operations import Operation, Tag
from bot.api.paging import PageQuery
from core.domain.actor import Permission

LIST = Operation(
    method="GET",
    path="/api/v1/api-keys",
    name="list_api_keys",
    summary="List API keys, newest first, without their secrets",
    tag=Tag.ACCOUNTS,
    needs=Permission.ADMINISTER,
    query=PageQuery,
    answers={200: Many[KeyLine]},
)
CREATE = Operation(
    method="POST",
    path="/api/v1/api-keys",
    name="create_api_key",
    summary="Make an API key; it is shown in this answer only",
    tag=Tag.ACCOUNTS,
    needs=Permission.ADMINISTER,
    body=NewKey,
    answers={201: NewKeyAnswer},
    example={"name": "Deployments", "permissions": ["incidents:read", "incidents:create"]},
)
SHOW = Operation(
    method="GET",
    path="/api/v1/api-keys/{id}",
    name="get_api_key",
    summary="One API key, without its secret",
    tag=Tag.ACCOUNTS,
    needs=Permission.ADMINISTER,
    answers={200: KeyAnswer},
)
REVOKE = Operation(
    method="DELETE",
    path="/api/v1/api-keys/{id}",
    name="revoke_api_key",
    summary="Make an API key useless",
    tag=Tag.ACCOUNTS,
    needs=Permission.ADMINISTER,
    answers={204: None},
)
