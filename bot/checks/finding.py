"""What a check found: all is well, or what is wrong and the mend."""

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    name: str
    well: bool
    says: str

    @classmethod
    def fine(cls, name: str, says: str) -> Self:
        return cls(name=name, well=True, says=says)

    @classmethod
    def wrong(cls, name: str, says: str) -> Self:
        return cls(name=name, well=False, says=says)
