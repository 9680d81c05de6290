"""What is said where the sandbox cannot be started as asked."""


class SandboxUnusable(Exception):
    """The sandbox cannot be started as asked; the sentence says why."""
