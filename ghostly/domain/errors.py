"""The ways in which the domain says no."""

from __future__ import annotations

from typing import NamedTuple


class Refused(Exception):
    """A decision was not taken; nothing was recorded. ``code`` is stable, the text is for people."""

    code = "refused"


class RunNotFound(Refused):
    """There is no such run."""

    code = "not_found"


class RunAlreadyFinished(Refused):
    """The run has its ending; nothing can follow it."""

    code = "run_already_finished"


class NotItsDriver(Refused):
    """Somebody reports on a run that somebody else drives, or nobody."""

    code = "not_its_driver"


class AlreadyDriven(Refused):
    """The run was taken by another worker first."""

    code = "already_driven"


class Flaw(NamedTuple):
    """One thing wrong with what was asked: the exact place (``steps[3].url``) and a sentence."""

    field: str
    message: str


class Invalid(Refused):
    """What was asked cannot be done as asked; ``flaws`` names every place."""

    code = "validation_error"

    def __init__(self, flaws: list[Flaw]) -> None:
        super().__init__("; ".join(f"{flaw.field}: {flaw.message}" for flaw in flaws))
        self.flaws = flaws
