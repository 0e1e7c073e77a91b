"""Which field keeps a form from going, and whether that is for what the test enters: in doubt it is not."""

from __future__ import annotations

from msgspec import Struct

from ghostly.assist.brain import Done
from ghostly.assist.offline.judging.grounds import Grounds
from ghostly.assist.vocabulary.answers import refuses, tells_own_trouble
from ghostly.assist.vocabulary.folding import plain
from ghostly.domain.observation import Control
from ghostly.domain.redaction import secret_name
from ghostly.domain.steps import (
    LOOKS,
    AnyStep,
    Check,
    Click,
    DoubleClick,
    Fill,
    Press,
    SelectOption,
    SetInputFiles,
    Uncheck,
)

_ENTERS = (Fill, SelectOption, Check, Uncheck, SetInputFiles)
_SENDS = (Click, DoubleClick, Press)
_ENTRIES = {"fill", "select", "check", "uncheck", "attach"}


class Refused(Struct, frozen=True):
    """A field that the page does not take, and the event of the step that should have sent it."""

    control: Control
    seq: int


def refused(grounds: Grounds) -> Refused | None:
    """The first field that the page does not take for what the test enters there, or does not enter."""
    sent = _sent(grounds)
    if sent is None or not _is_all_entered(grounds) or any(map(refuses, grounds.unmet_texts())):
        return None
    wrong = (one for one in grounds.seen.controls if one.invalid and not tells_own_trouble(one.invalid))
    return next((Refused(one, sent.seq) for one in wrong if _is_the_tests(one, grounds)), None)


def unsaid(grounds: Grounds) -> str | None:
    """What the browser says of a field and the test looks for on the page."""
    wanted = [plain(text) for text in grounds.unmet_texts()]
    told = (one.invalid for one in grounds.seen.controls if one.invalid)
    return next((text for text in told if any(each and each in plain(text) for each in wanted)), None)


def _sent(grounds: Grounds) -> Done | None:
    """The last step that did something, if it could send a form."""
    acts = [one for one in grounds.passed if not isinstance(one.step, LOOKS)]
    return acts[-1] if acts and isinstance(acts[-1].step, _SENDS) else None


def _is_all_entered(grounds: Grounds) -> bool:
    """Not where a heal may have taken the wrong field, nor where something is still to be entered."""
    failed = grounds.failure
    if any(one.healed for one in grounds.passed) or (failed and not isinstance(failed.step, (*LOOKS, Click))):
        return False
    return not any(one.verb in _ENTRIES for one in grounds.standing.ahead)


def _is_the_tests(control: Control, grounds: Grounds) -> bool:
    """Whether the field is as the test left it: what the page emptied or changed by itself is not its data."""
    entered = [one.step for one in grounds.passed if isinstance(one.step, _ENTERS)]
    here = [step for step in entered if step.selector == control.selector]
    if here:
        return _is_kept(here[-1], control)
    if control.lacking:
        known = {one.selector for one in grounds.seen.controls}
        return all(step.selector in known for step in entered)  # else it may be one of those that were filled
    return any(isinstance(step, Fill) and step.value == control.value != "" for step in entered)


def _is_kept(step: AnyStep, control: Control) -> bool:
    if not isinstance(step, Fill):
        return not control.lacking
    if not step.value:
        return control.lacking
    is_hidden = control.type == "password" or secret_name(step.value) is not None
    return not control.lacking and (is_hidden or control.value == step.value)
