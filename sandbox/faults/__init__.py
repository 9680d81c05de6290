"""Things going wrong on purpose, by rule."""

from sandbox.faults.armed import Faults
from sandbox.faults.rule import FaultRule

__all__ = ["FaultRule", "Faults"]
