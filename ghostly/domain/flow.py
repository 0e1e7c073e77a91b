"""What a run is asked to do: steps, the flow that they make, and the guardrails around it.

These types are the wire form as well: what validates a request is what describes it.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias
from urllib.parse import urljoin, urlsplit

from msgspec import Meta, Struct, field, to_builtins

from ghostly.domain.errors import Flaw, Invalid

Text = Annotated[str, Meta(max_length=4096)]
Selector = Annotated[str, Meta(min_length=1, max_length=4096, description="any Playwright selector")]
Milliseconds = Annotated[int, Meta(ge=1)]

NO_USER = "must not hold a user or a password: it would stand in the log for ever"

_PORTS = {"http": 80, "https": 443}


class Step(
    Struct,
    frozen=True,
    kw_only=True,
    tag_field="action",
    rename="camel",
    omit_defaults=True,
    forbid_unknown_fields=True,
):
    """One thing to do on the page; ``timeout_ms`` overrides the flow's for this step alone."""

    timeout_ms: Milliseconds | None = None
    label: Annotated[str, Meta(max_length=256)] | None = None


class Goto(Step, frozen=True, tag="goto"):
    """Open ``url``, absolute or relative to the flow's base URL, and wait until its document is loaded."""

    url: Annotated[str, Meta(min_length=1, max_length=4096)]


class Click(Step, frozen=True, tag="click"):
    """Click the first element that ``selector`` matches, once it is visible, enabled and still."""

    selector: Selector


class Fill(Step, frozen=True, tag="fill"):
    """Replace what the field holds by ``value``; ``secret`` keeps the value out of every record."""

    selector: Selector
    value: Annotated[str, Meta(max_length=65_536)]
    secret: bool = False


class Press(Step, frozen=True, tag="press"):
    """Press ``key`` (as in ``Enter`` or ``Control+A``) on the element, or where the focus is."""

    key: Annotated[str, Meta(min_length=1, max_length=64)]
    selector: Selector | None = None


class WaitForSelector(Step, frozen=True, tag="waitForSelector"):
    """Wait until the element reaches ``state``."""

    selector: Selector
    state: Literal["attached", "detached", "visible", "hidden"] = "visible"


class Snapshot(Step, frozen=True, tag="snapshot"):
    """Record the accessibility snapshot of the page."""


AnyStep: TypeAlias = Goto | Click | Fill | Press | WaitForSelector | Snapshot


class Flow(Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """The steps to do from ``base_url`` on, in order, and how to do them. Times are milliseconds."""

    base_url: str
    steps: list[AnyStep]
    headless: bool = True
    capture_a11y_after_each_step: bool = field(default=False, name="captureA11yAfterEachStep")
    capture_screenshot_after_each_step: bool = False
    record_video_on_failure: bool = False
    record_trace: bool = False
    record_secrets: bool = False
    default_timeout_ms: int = 30_000

    def wire(self) -> dict[str, Any]:
        """The flow as plain JSON values, defaults left out."""
        return to_builtins(self)  # type: ignore[no-any-return]


class Guardrails(Struct, frozen=True):
    """How far a flow may go: how many steps, how long each (milliseconds), and to which further origins."""

    max_steps: int = 25
    max_timeout_ms: int = 120_000
    allowed_origins: frozenset[str] = frozenset()


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
    known = parts.scheme in _PORTS and port and parts.hostname and "\\" not in parts.netloc
    return f"{parts.scheme}://{parts.hostname}:{port}" if known else None


def _flow_flaws(flow: Flow, guardrails: Guardrails) -> list[Flaw]:
    flaws = []
    if origin(flow.base_url) is None:
        flaws.append(Flaw("baseUrl", "must be an absolute http(s) URL"))
    elif _names_a_user(flow.base_url):
        flaws.append(Flaw("baseUrl", NO_USER))
    if not 1 <= len(flow.steps) <= guardrails.max_steps:
        flaws.append(Flaw("steps", f"must hold 1 to {guardrails.max_steps} steps, not {len(flow.steps)}"))
    if not 1 <= flow.default_timeout_ms <= guardrails.max_timeout_ms:
        flaws.append(Flaw("defaultTimeoutMs", f"must be 1 to {guardrails.max_timeout_ms}"))
    return flaws


def _step_flaws(place: str, step: AnyStep, base_url: str, guardrails: Guardrails) -> list[Flaw]:
    flaws = []
    if step.timeout_ms is not None and step.timeout_ms > guardrails.max_timeout_ms:
        flaws.append(Flaw(f"{place}.timeoutMs", f"must be at most {guardrails.max_timeout_ms}"))
    if isinstance(step, Goto) and not _stays(step.url, base_url, guardrails):
        flaws.append(Flaw(f"{place}.url", "must stay on the origin of baseUrl"))
    elif isinstance(step, Goto) and _names_a_user(step.url):
        flaws.append(Flaw(f"{place}.url", NO_USER))
    if isinstance(step, Fill) and step.value == "[REDACTED]":
        flaws.append(Flaw(f"{place}.value", "[REDACTED] stands for a secret that was left out; give the value"))
    return flaws


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
