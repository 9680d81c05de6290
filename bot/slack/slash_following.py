"""What is typed to follow an incident, a service or a severity, or to follow it no more; pure."""

from bot.slack.grammar import UsageError, pieces, spoken
from bot.slack.slash_parts import INCIDENTS, level
from bot.slack.wishes import Subscribe, Which, Wish
from core.domain.severity import WORDS
from core.language import say


def following(rest: str, *, off: bool) -> Wish:
    """`here`, which stands last, is the channel instead of whoever asks."""
    reference, other = INCIDENTS.taken(rest, bare=True)
    words = pieces(other)
    here = bool(words) and words[-1].lower() == "here"
    kind, *name = (words[:-1] if here else words) or [""]
    of = kind.lower()
    if of in ("service", "severity") and not name and not reference:
        before = f"{'unsubscribe' if off else 'subscribe'} {of}"
        return Which(before=before, after="here" if here else "", severity=of == "severity")
    wish = _followed(of, spoken(" ".join(name)), here=here, off=off)
    if wish is None or (reference and kind):
        raise UsageError(
            say(
                "Type “/incident subscribe” in an incident's channel, “/incident subscribe service "
                "NAME”, “/incident subscribe severity critical”, or “/incident subscribe list”."
            )
        )
    return wish if kind else Subscribe(reference=reference, here=here, off=off)


def _followed(kind: str, name: str, *, here: bool, off: bool) -> Subscribe | None:
    match kind:
        case "" | "list" if not name:
            return Subscribe(listing=kind == "list", here=here, off=off)
        case "service" if name:
            return Subscribe(service=name, here=here, off=off)
        case "severity" if name:
            return Subscribe(severity=level(name), here=here, off=off)
        case _ if kind in WORDS and not name:
            return Subscribe(severity=kind, here=here, off=off)
    return None
