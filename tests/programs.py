"""Programs that some tests need beyond what pip installs: there, or skipped with a sentence."""

import os
import shutil

import pytest


def required(program: str, package: str) -> str:
    """The program's path. Without it the test is skipped, or fails where CI is set."""
    found = shutil.which(program)
    if found is None:
        sentence = f"{program} is not installed; on Debian: apt-get install {package}"
        if os.environ.get("CI") == "true":
            pytest.fail(sentence)
        pytest.skip(sentence)
    return found
