"""A process of its own that declares incidents, and prints the number of each once it is told."""

import asyncio
import sys

from tests.integration.storage.house import opened


async def declare(url: str, process: str, most: int, width: int) -> None:
    async with opened(url, process=process) as house:
        titles = iter(range(most))

        async def one_after_another() -> None:
            for title in titles:
                incident = await house.declare(f"Incident {process} {title}")
                sys.stdout.write(f"{incident.number}\n")
                sys.stdout.flush()

        await asyncio.gather(*(one_after_another() for _ in range(width)))


if __name__ == "__main__":
    asyncio.run(declare(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])))
