"""The ways in which the domain says no."""

from __future__ import annotations

from typing import NamedTuple


class Obstacle(Exception):
    """Something outside is in the way until a person acts; the text is a sentence that says what."""


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


class HealNotFound(Refused):
    """There is no such heal, or it is of someone else's run."""

    code = "not_found"


class HealNotReviewable(Refused):
    """The heal did not work, or has not yet: there is nothing to say yes or no to."""

    code = "heal_not_reviewable"


class AccountNotFound(Refused):
    """There is no such user, key, project or secret, or it is someone else's."""

    code = "not_found"


class EmailTaken(Refused):
    """There is a user with this e-mail address."""

    code = "email_taken"


class LastAdmin(Refused):
    """Nobody would be left to let others in."""

    code = "last_admin"


class LimitReached(Refused):
    """A user has as many of these as one may have."""

    code = "limit_reached"

    def __init__(self, what: str, most: int) -> None:
        super().__init__(f"a user has at most {most} {what}")
        self.what = what
        self.most = most


class WrongCredentials(Refused):
    """The e-mail address is unknown, or the password is wrong; nobody is told which."""

    code = "invalid_credentials"


class RateLimited(Refused):
    """It was asked too often; asking again after so many seconds may help."""

    code = "rate_limited"

    def __init__(self, retry_after_s: float) -> None:
        super().__init__(f"try again in {retry_after_s:.0f} s")
        self.retry_after_s = retry_after_s


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
