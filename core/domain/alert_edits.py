"""What statements about a known alert make of it, where they neither begin nor end it."""

from collections.abc import Mapping
from dataclasses import replace

from core.domain.alert import Alert, AlertEdit, AlertStatus, Episode
from core.domain.text import shorten

MAX_TOLD = 2_000
"""Characters of its description that each alert keeps; the incident keeps more of the first."""

MAX_TAGS, MAX_LABELS = 100, 64


def amended(episode: Episode, alert: Alert) -> Episode:
    """The episode after `alert`: said once more, acknowledged, or edited."""
    match alert.status:
        case AlertStatus.FIRING:
            last = max(alert.starts_at, episode.last_at or episode.starts_at)
            return replace(episode, count=episode.count + 1, last_at=last)
        case AlertStatus.ACKNOWLEDGED:
            return replace(
                episode,
                acknowledged_at=alert.starts_at,
                acknowledged_by=alert.by,
                snoozed_until=None,
            )
        case _:
            return _edited(episode, alert.edit) if alert.edit else episode


def _edited(episode: Episode, edit: AlertEdit) -> Episode:
    """What belongs to an alert that fires is left alone on one that has ended."""
    changed = replace(
        episode,
        summary=episode.summary if edit.message is None else edit.message,
        name=edit.message or episode.name,
        description=_told(episode, edit),
        severity=edit.severity or episode.severity,
        tags=_tags(episode.tags, edit),
        labels=_labels(episode.labels, edit),
        owner=episode.owner if edit.owner is None else edit.owner,
    )
    if not episode.firing:
        return changed
    if edit.acknowledged is False:
        return replace(changed, acknowledged_at=None, acknowledged_by="")
    if edit.snoozed_until:
        return replace(changed, snoozed_until=edit.snoozed_until)
    return changed


def _told(episode: Episode, edit: AlertEdit) -> str:
    if edit.description is None:
        return episode.description
    return shorten(edit.description, MAX_TOLD)


def _tags(tags: tuple[str, ...], edit: AlertEdit) -> tuple[str, ...]:
    kept = [tag for tag in (*tags, *edit.tags_added) if tag not in edit.tags_removed]
    return tuple(dict.fromkeys(kept))[:MAX_TAGS]


def _labels(labels: Mapping[str, str], edit: AlertEdit) -> Mapping[str, str]:
    if not edit.details_added and not edit.details_removed:
        return labels
    wanted = {**labels, **edit.details_added}
    kept = [(name, text) for name, text in wanted.items() if name not in edit.details_removed]
    return dict(kept[:MAX_LABELS])
