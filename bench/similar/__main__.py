"""`python -m bench.similar`: search as it is beside its parts, on the labelled set."""

import asyncio
import tempfile
from pathlib import Path

from bench.similar.running import similar


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="tocsin-bench-") as folder:
        asyncio.run(similar(Path(folder)))


if __name__ == "__main__":
    main()
