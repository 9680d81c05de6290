"""Ids that look like Slack's, the same ones every time for the same seed."""

from hashlib import blake2b

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
LENGTH = 10


class IdSource:
    """Counts, and turns each count into letters; `count` is all there is to remember."""

    def __init__(self, seed: int, count: int = 0) -> None:
        self.seed = seed
        self.count = count

    def make(self, prefix: str) -> str:
        """A fresh id such as `C07K3PZQ9XA`."""
        number = int(self.hex(16), 16)
        letters = []
        for _ in range(LENGTH):
            number, place = divmod(number, len(ALPHABET))
            letters.append(ALPHABET[place])
        return prefix + "".join(letters)

    def hex(self, length: int = 32) -> str:
        self.count += 1
        text = f"{self.seed}:{self.count}".encode()
        return blake2b(text, digest_size=32).hexdigest()[:length]

    def number(self) -> int:
        """A fresh positive number of twelve digits or so, as trigger ids contain."""
        return int(self.hex(10), 16)
