"""Finds the control that a step has lost, among those on the page; or says that it is not there."""

from ghostly.assist.healing.mending import repair

__all__ = ["repair"]
