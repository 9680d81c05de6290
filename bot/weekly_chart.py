"""The chart of a week: one bar for each day, its parts told apart without colour, too."""

import io
from typing import Any

from core.domain.day_words import month_short, weekday_short
from core.domain.severity import Severity
from core.domain.weekly import Week, days_of
from core.language import say

_LOOKS: dict[Severity, tuple[str, str]] = {
    Severity.CRITICAL: ("#9b1c1c", ""),
    Severity.HIGH: ("#d97706", "//"),
    Severity.MEDIUM: ("#2563eb", ".."),
    Severity.LOW: ("#9ca3af", "xx"),
}
"""A colour and a hatching for each."""

SIZE = (8.0, 3.6)
DPI = 110


def weekly_chart(week: Week) -> bytes:
    """A PNG. It takes a moment: run it in a thread."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure: Any = Figure(figsize=SIZE, dpi=DPI, layout="constrained")
    axes: Any = FigureCanvasAgg(figure).figure.subplots()
    days = days_of(week)
    labels = [f"{weekday_short(day)}\n{day.day} {month_short(day)}" for day in days]
    heights = [0] * len(days)
    for severity, (color, hatch) in _LOOKS.items():
        counts = [day.get(severity, 0) for day in week.days]
        if any(counts):
            axes.bar(
                labels,
                counts,
                bottom=heights,
                color=color,
                hatch=hatch,
                edgecolor="white",
                label=severity.label,
            )
        heights = [below + count for below, count in zip(heights, counts, strict=True)]
    _dressed(axes, labels, heights)
    image = io.BytesIO()
    figure.savefig(image, format="png", metadata={"Software": None})
    return image.getvalue()


def _dressed(axes: Any, labels: list[str], heights: list[int]) -> None:
    """Whole numbers, the total on each bar, and a legend where there is something to tell apart."""
    axes.set_xticks(range(len(labels)), labels)
    axes.set_xlim(-0.6, len(labels) - 0.4)
    top = max(heights, default=0)
    axes.set_ylim(0, top * 1.35 + 1)
    axes.yaxis.get_major_locator().set_params(integer=True)
    axes.set_ylabel(say("Incidents"))
    axes.spines[["top", "right"]].set_visible(False)
    for place, height in enumerate(heights):
        if height:
            axes.annotate(str(height), (place, height), ha="center", va="bottom")
    if top:
        axes.legend(loc="upper right", frameon=False, ncols=4, fontsize="small")
