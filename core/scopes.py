"""Scopes: what an API key may do, in the words in which it is asked for."""

from collections.abc import Iterable, Mapping

from core.domain.actor import Permission
from core.errors import InvalidInput

_RESOURCES = (
    "incidents",
    "maintenances",
    "services",
    "metrics",
    "procedures",
    "articles",
    "integrations",
    "users",
    "organizations",
)
SCOPES: frozenset[str] = frozenset(
    {f"{resource}:{verb}" for resource in _RESOURCES for verb in ("read", "write")}
    | {"procedures:execute", "events:write", "incidents:private"}
)

_MORE: Mapping[str, frozenset[Permission]] = {
    "incidents:read": frozenset({Permission.READ_MAINTENANCES}),
    "incidents:write": frozenset(
        {Permission.ASSIGN_INCIDENTS, Permission.DELETE_INCIDENTS, Permission.READ_MAINTENANCES}
    ),
    "maintenances:write": frozenset({Permission.READ_INCIDENTS}),
    "procedures:execute": frozenset({Permission.READ_PROCEDURES}),
}
"""What a scope grants besides the permission of its name, and reading where it writes."""

_ALIASES: Mapping[str, str] = {
    "viewer": "incidents:read",
    "incident_creator": "incidents:write",
    "incident_editor": "incidents:write",
}
"""Roles of keys at incident.io."""


def granted(scopes: Iterable[str]) -> frozenset[Permission]:
    """What a key with these scopes may do."""
    return frozenset[Permission]().union(*map(_grants, scopes))


def normal_scope(word: str) -> str:
    """A scope as `resource:verb`; `InvalidInput` for one that does not exist.

    Accepts Observer's order (`write:incidents`), Overwatch's verbs (`incidents:create`,
    `incidents:update`) and incident.io's roles of keys (`incident_editor`).
    """
    plain = word.strip().lower()
    first, _, second = _ALIASES.get(plain, plain).partition(":")
    verbs = ("read", "write", "execute", "private")
    pair = (second, first) if first in verbs else (first, second)
    verb = "write" if pair[1] in ("create", "update", "delete") else pair[1]
    scope = f"{pair[0]}:{verb}"
    if scope not in SCOPES:
        raise InvalidInput(
            f"“{word}” is not a scope; scopes are {', '.join(sorted(SCOPES))}.", field="scopes"
        )
    return scope


def _grants(scope: str) -> frozenset[Permission]:
    """By its name, which is a permission's own; whoever may write may read as well."""
    names = {scope, scope.replace(":write", ":read")} & SCOPES
    if scope not in names:
        return frozenset()
    return _MORE.get(scope, frozenset()) | {Permission(name) for name in names}
