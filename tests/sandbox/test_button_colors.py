"""The white words on a button can be read in both themes, also under the pointer."""

import re
from pathlib import Path

import pytest

import sandbox

STYLE = Path(sandbox.__file__).parent / "page" / "style.css"
READABLE = 4.5
"""Of contrast, as WCAG 2 asks for AA."""


def _light(color: str) -> float:
    shares = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast_with_white(color: str) -> float:
    return 1.05 / (_light(color) + 0.05)


@pytest.mark.parametrize("name", ["primary", "primary-hover", "danger", "danger-hover"])
def test_white_words_can_be_read_on_it_in_both_themes(name: str) -> None:
    found = re.search(rf"--{name}: light-dark\((#\w{{6}}), (#\w{{6}})\)", STYLE.read_text())

    assert found
    assert all(_contrast_with_white(color) >= READABLE for color in found.groups())
