"""Forms in which some tools wrap their payloads."""

import orjson

from bot.web.bodies import form_of
from bot.web.problems import Refusal, refusal
from bot.webhooks.source import Knock

MULTIPART, FORM = "multipart/form-data", "application/x-www-form-urlencoded"
LONGEST_BOUNDARY = 70
"""Characters, by RFC 2046."""


def json_in(field: str, knock: Knock) -> bytes:
    """The JSON in that field of a form; what is no form is the JSON itself."""
    kind = content_type(knock)
    if kind == MULTIPART:
        return _part(field, knock)
    if kind == FORM and not _is_object(knock.body):
        found = form_of(knock.body).get(field)
        if found is None:
            raise _missing(field)
        return found.encode()
    return knock.body


def json_of_fields(knock: Knock) -> bytes:
    """The fields of a form, or of the URL where the body is empty, as a JSON object; what is no
    form is the JSON itself."""
    if not knock.body.strip():
        return orjson.dumps(dict(knock.query))
    if content_type(knock) == FORM and not _is_object(knock.body):
        return orjson.dumps(form_of(knock.body))
    return knock.body


def content_type(knock: Knock) -> str:
    return knock.headers.get("content-type", "").partition(";")[0].strip().lower()


def _is_object(body: bytes) -> bool:
    """Some programs call JSON a form, because their HTTP client does so unasked."""
    return body.lstrip().startswith(b"{")


def _part(field: str, knock: Knock) -> bytes:
    between = b"\r\n--" + _boundary(knock)
    for part in (b"\r\n" + knock.body).split(between)[1:-1]:
        head, gap, content = part.partition(b"\r\n\r\n")
        if gap and _is_named(field, head):
            return content
    raise _missing(field)


def _boundary(knock: Knock) -> bytes:
    for parameter in knock.headers.get("content-type", "").split(";")[1:]:
        name, _, value = parameter.strip().partition("=")
        if name.strip().lower() == "boundary" and 0 < len(value.strip('" ')) <= LONGEST_BOUNDARY:
            return value.strip('" ').encode("utf-8", "replace")
    raise refusal(400, "malformed_form", "The form does not say what stands between its fields.")


def _is_named(field: str, head: bytes) -> bool:
    name = field.encode()
    return any(
        line.lower().startswith(b"content-disposition:")
        and (b'name="' + name + b'"' in line or line.rstrip().endswith(b"name=" + name))
        for line in head.split(b"\r\n")
    )


def _missing(field: str) -> Refusal:
    return refusal(400, "malformed_form", f"The form has no field “{field}”.", field=field)
