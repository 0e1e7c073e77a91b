"""What a run is asked to do: the flow that steps make, and the guardrails around it.

These types are the wire form as well: what validates a request is what describes it.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin, urlsplit

import regex
from msgspec import Struct, field, to_builtins

from ghostly.domain.errors import Flaw, Invalid
from ghostly.domain.pursuit import Pursuit
from ghostly.domain.steps import (
    AnyStep,
    ExpectText,
    ExpectUrl,
    Fill,
    Goto,
    Press,
    Scroll,
    SelectOption,
    SetInputFiles,
    is_telltale,
    prints,
)

NO_USER = "must not hold a user or a password: it would stand in the log for ever"

NO_FILE = "must be a name inside the uploads directory: not absolute, without '..'"
REDACTED = "[REDACTED] stands for a secret that was left out; give the value"

NO_LOGIN = "must not hold an address with a password in it: it would stand in the log for ever"

_PORTS = {"http": 80, "https": 443}
_HOST = regex.compile(r"""[^\s\x00-\x1f\x7f"<>^`{|}]+""")  # what no browser takes for a part of a name
_WITH_PASSWORD = regex.compile(r"//[^\s/?#:]*:[^\s/?#]*@")


class Flow(Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """The steps to do from ``base_url`` on, in order, and how to do them. Times are milliseconds.

    With ``assist`` it is a goal that is pursued, and the steps are a first plan of how; there may be none.
    """

    base_url: str
    steps: list[AnyStep]
    headless: bool = True
    capture_a11y_after_each_step: bool = field(default=False, name="captureA11yAfterEachStep")
    capture_screenshot_after_each_step: bool = False
    record_video_on_failure: bool = False
    record_trace: bool = False
    record_secrets: bool = False
    default_timeout_ms: int = 30_000
    assist: Pursuit | None = None

    def wire(self) -> dict[str, Any]:
        """The flow as plain JSON values, defaults left out."""
        return to_builtins(self)  # type: ignore[no-any-return]


class Guardrails(Struct, frozen=True):
    """How far a flow may go: how many steps, how long each (milliseconds), and to which further origins.

    ``uploads`` says that there is a directory whose files may be given to pages.
    """

    max_steps: int = 25
    max_timeout_ms: int = 120_000
    allowed_origins: frozenset[str] = frozenset()
    uploads: bool = False


def check(flow: Flow, guardrails: Guardrails) -> None:
    """Raise ``Invalid``, naming every place, unless the flow stays within the guardrails."""
    flaws = [*_flow_flaws(flow, guardrails)]
    for index, step in enumerate(flow.steps):
        flaws += _step_flaws(f"steps[{index}]", step, flow.base_url, guardrails)
    if flaws:
        raise Invalid(flaws)


def origin(url: str) -> str | None:
    """Scheme, host and port of an absolute http(s) URL, in lower case with the port spelled out; else None."""
    try:
        parts = urlsplit(url)
        port = _PORTS[parts.scheme] if parts.port is None else parts.port
    except (ValueError, KeyError):
        return None
    # To a browser "\" is "/": in https://evil\@home it sees another host than we do.
    named = parts.hostname and _HOST.fullmatch(parts.hostname) and "\\" not in parts.netloc
    known = parts.scheme in _PORTS and port and named
    return f"{parts.scheme}://{parts.hostname}:{port}" if known else None


def opening(flow: Flow) -> Goto | None:
    """The first step, if it asks for the base URL and for nothing else."""
    match flow.steps:
        case [Goto(timeout_ms=None, url=url) as first, *_] if _is_same(url, flow.base_url):
            return first
    return None


def _is_same(url: str, base_url: str) -> bool:
    try:
        there = urlsplit(urljoin(base_url, url))
        base = urlsplit(base_url)
    except ValueError:
        return False
    return there._replace(path=there.path or "/") == base._replace(path=base.path or "/")


def _flow_flaws(flow: Flow, guardrails: Guardrails) -> list[Flaw]:
    flaws = []
    if origin(flow.base_url) is None:
        flaws.append(Flaw("baseUrl", "must be an absolute http(s) URL"))
    elif _names_a_user(flow.base_url):
        flaws.append(Flaw("baseUrl", NO_USER))
    least = 0 if flow.assist else 1
    if not least <= len(flow.steps) <= guardrails.max_steps:
        flaws.append(Flaw("steps", f"must hold {least} to {guardrails.max_steps} steps, not {len(flow.steps)}"))
    if flow.assist and holds_a_password(flow.assist.goal):
        flaws.append(Flaw("assist.goal", NO_LOGIN))
    if not 1 <= flow.default_timeout_ms <= guardrails.max_timeout_ms:
        flaws.append(Flaw("defaultTimeoutMs", f"must be 1 to {guardrails.max_timeout_ms}"))
    return flaws


def _step_flaws(place: str, step: AnyStep, base_url: str, guardrails: Guardrails) -> list[Flaw]:
    late = step.timeout_ms is not None and step.timeout_ms > guardrails.max_timeout_ms
    flaws = [Flaw("timeoutMs", f"must be at most {guardrails.max_timeout_ms}")] if late else []
    match step:
        case Goto():
            flaws += _goto_flaws(step, base_url, guardrails)
        case SetInputFiles():
            flaws += _file_flaws(step, guardrails)
        case SelectOption():
            flaws += _choice_flaws(step)
        case ExpectUrl():
            flaws += _url_flaws(step)
        case _:
            flaws += _field_flaws(step)
    return [Flaw(f"{place}.{flaw.field}", flaw.message) for flaw in flaws]


def _goto_flaws(step: Goto, base_url: str, guardrails: Guardrails) -> list[Flaw]:
    if origin(base_url) is None:
        return []  # that was said already, and nothing stays where nothing is
    if not _stays(step.url, base_url, guardrails):
        return [Flaw("url", "must stay on the origin of baseUrl")]
    return [Flaw("url", NO_USER)] if _names_a_user(step.url) else []


def _file_flaws(step: SetInputFiles, guardrails: Guardrails) -> list[Flaw]:
    if not guardrails.uploads:
        return [Flaw("files", "uploads are off: no directory for them is set (GHOSTLY_UPLOADS_DIR)")]
    return [Flaw(f"files[{n}]", NO_FILE) for n, name in enumerate(step.files) if not _is_inside(name)]


def _is_inside(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return ".." not in parts and parts[0] != "" and ":" not in parts[0] and "\0" not in name


def _field_flaws(step: AnyStep) -> list[Flaw]:
    match step:
        case Fill(value="[REDACTED]"):
            return [Flaw("value", REDACTED)]
        case Press() if step.selector and prints(step.key) and is_telltale(step.selector):
            return [Flaw("key", "a secret is typed by fill: keys stand in the log as they are")]
        case Scroll(selector=None, x=None, y=None):
            return [Flaw("selector", "selector, x or y must say where to")]
        case ExpectText() if not step.text.strip():
            return [Flaw("text", "must hold more than white space")]
        case _:
            return []


def _choice_flaws(step: SelectOption) -> list[Flaw]:
    one = isinstance(step.value, str)
    flaws = []
    for n, text in enumerate(step.choices if one else step.value):
        place = "value" if one else f"value[{n}]"
        if text == "[REDACTED]":
            flaws.append(Flaw(place, REDACTED))
        if text.startswith("$secret:"):
            flaws.append(Flaw(place, "a choice is no secret: it stands on the page and in the log. Use fill"))
    return flaws


def _url_flaws(step: ExpectUrl) -> list[Flaw]:
    if (step.url is None) == (step.matches is None):
        return [Flaw("url", "exactly one of url and matches must be there")]
    try:
        regex.compile(step.matches or "")
    except (regex.error, RecursionError, ValueError, OverflowError) as error:
        return [Flaw("matches", f"is not a regular expression: {error}"[:200])]
    return []


def holds_a_password(text: str) -> bool:
    """Whether an address in the text has a password in it (``https://ana:secret@shop``); a user alone is none."""
    return _WITH_PASSWORD.search(text) is not None


def _names_a_user(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.username is not None or parts.password is not None


def _stays(url: str, base_url: str, guardrails: Guardrails) -> bool:
    try:
        target = origin(urljoin(base_url, url))
    except ValueError:
        return False
    return target is not None and (target == origin(base_url) or target in guardrails.allowed_origins)
