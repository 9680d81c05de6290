"""What a tool sent, shown without the secrets in it: known by their names, and by their looks."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

MASKED = "[masked]"
DEEPEST = 60
"""Levels of nesting that are shown; orjson writes no more than 254."""

# None of these may take long, whatever was sent: what stands in the middle of something is looked
# for within a few letters.
_SECRET_KEY = re.compile(
    r"token|secret|passw|pwd$|^pass$|authori[sz]ation|(?:api|access|private|routing|integration"
    r"|service|license|genie|account|session|encryption|signing)[-_ ]?key|apikey|cookie|credential"
    r"|webhook[-_ ]?url|^sig(?:nature)?$|private|bearer|unsubscribe|^dsn$",
    re.IGNORECASE,
)
_BENIGN_KEY = re.compile(r"token[-_ ]?(?:count|type|s_?used)|secret[-_ ]?name", re.IGNORECASE)
_SECRET_TEXT = re.compile(
    r"\b(?:xox[a-z]-|xapp-|overwatch_ak_|obs_pub_|tocsin_|ok_|whsec_|gh[a-z]_|github_pat_|glpat-"
    r"|sk-|sk_live_|sk_test_|rk_live_|glsa_|NRAK-|NRII-|hvs\.|npm_|dop_v1_|SG\.|AIza)"
    r"[A-Za-z0-9_.=/+-]{8,}"
    r"|\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"
    r"|(?<![\w-])(?=[\w-]+\.[\w-]{8})(?:[\w-]*?-)?eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)"
    r"|https://hooks\.slack\.com/[^\s\"'<>]+"
    r"|(?<=[Bb]earer )[^\s\"',]{6,}|(?<=[Bb]asic )[A-Za-z0-9+/=]{8,}|(?<=GenieKey )[^\s\"',]{6,}"
    r"|(?<=://)[^/\s:@\"']*:[^/\s@\"']+(?=@)"
    r"|(?<![\w-])(?=[\w-]*[A-Z])(?=[\w-]*[a-z])(?=[\w-]*[0-9])[A-Za-z0-9_-]{43}(?![\w-])",
    re.DOTALL,
)
_SECRET_PARAMETER = re.compile(
    r"([?&;](?:[\w.-]{0,40}(?:token|secret|password|passwd|api_?key|signature|credential|auth)"
    r"[\w.-]{0,40}|sig|key|code)=)[^&\s\"'<>#]+",
    re.IGNORECASE,
)
_SECRET_FIELD = re.compile(
    r"(\"[^\"]{0,40}(?:token|secret|passw|authorization|api_?key|routing_key|credential|cookie)"
    r"[^\"]{0,40}\""
    r"\s*:\s*\")((?:[^\"\\]|\\.)*)(?=\"|\Z)",
    re.IGNORECASE,
)


def masked(value: Any, known: Iterable[str] = ()) -> Any:
    """The JSON without its secrets; `known` are such as are looked for as they are."""
    return _masked("", value, tuple(one for one in known if one), DEEPEST)


def masked_text(text: str, known: Iterable[str] = ()) -> str:
    """The same of text that is no JSON, or the beginning of some."""
    for one in known:
        text = text.replace(one, MASKED) if one else text
    text = _SECRET_FIELD.sub(rf"\1{MASKED}", text)
    text = _SECRET_PARAMETER.sub(rf"\1{MASKED}", text)
    return _SECRET_TEXT.sub(MASKED, text)


def _masked(key: str, value: Any, known: tuple[str, ...], depth: int) -> Any:
    if value and _SECRET_KEY.search(key) and not _BENIGN_KEY.search(key):
        return MASKED
    if depth == 0 and isinstance(value, Mapping | list):
        return "…"
    match value:
        case str():
            return masked_text(value, known)
        case Mapping():
            return {
                masked_text(str(name), known): _masked(str(name), entry, known, depth - 1)
                for name, entry in value.items()
            }
        case list():
            return [_masked(key, entry, known, depth - 1) for entry in value]
        case _:
            return value
