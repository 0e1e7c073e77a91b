"""Pages to be thought about: what an observer would have seen of them."""

from __future__ import annotations

from typing import Any

from ghostly.assist.brain import Done, Situation
from ghostly.assist.offline.planning import propose
from ghostly.domain.observation import Control, Observation
from ghostly.domain.steps import AnyStep

SHOP = "http://shop.example/"


def control(role: str, name: str, selector: str = "", **more: Any) -> Control:
    """A control of that role and name; its selector is made of them if none is given."""
    tags = {"button": "button", "link": "a", "textbox": "input", "searchbox": "input", "checkbox": "input"}
    tags |= {"radio": "input", "spinbutton": "input"}
    types = {
        "textbox": "text",
        "searchbox": "search",
        "checkbox": "checkbox",
        "radio": "radio",
        "button": "button",
    }
    usual = {"tag": tags.get(role, "div"), "type": types.get(role, "")}
    return Control(role=role, name=name, selector=selector or f"{role}:{name}", **(usual | more))


def button(name: str, selector: str = "", **more: Any) -> Control:
    return control("button", name, selector, **more)


def link(name: str, selector: str = "", **more: Any) -> Control:
    return control("link", name, selector, **more)


def field(name: str, selector: str = "", **more: Any) -> Control:
    return control("textbox", name, selector, **more)


def box(name: str, selector: str = "", **more: Any) -> Control:
    return control("checkbox", name, selector, **({"checked": False} | more))


def native(name: str, *options: str, selector: str = "", **more: Any) -> Control:
    """A native select."""
    return control("combobox", name, selector, **({"tag": "select", "options": options} | more))


def file_field(name: str, selector: str = "") -> Control:
    return control("button", name, selector, tag="input", type="file", visible=False)


def page(*controls: Control, text: str = "", url: str = SHOP, **more: Any) -> Observation:
    """A page with these controls."""
    return Observation(
        url=url, title="Shop", tree="", node_count=len(controls), text=text, controls=controls, **more
    )


def asked(goal: str, seen: Observation, done: tuple[Done, ...] = (), **more: Any) -> Situation:
    """What the strategist is asked."""
    return Situation(
        **({"goal": goal, "base_url": SHOP, "observation": seen, "done": done, "most_steps": 10} | more)
    )


def passed(*steps: AnyStep) -> tuple[Done, ...]:
    """These steps worked."""
    return tuple(Done(step=step, seq=seq) for seq, step in enumerate(steps, 10))


def plan(goal: str, seen: Observation) -> list[AnyStep]:
    """Every step towards the goal on a page that stays as it is."""
    steps: list[AnyStep] = []
    for _ in range(50):
        proposal = propose(asked(goal, seen, passed(*steps)))
        steps += proposal.steps
        if proposal.unclear is not None or not proposal.has_more:
            return steps
    raise AssertionError("it never comes to an end")


def told(step: AnyStep) -> str:
    """The step on one line."""
    action = step.__struct_config__.tag
    what = [getattr(step, name, None) for name in ("selector", "key", "url", "text", "matches", "y")]
    value = getattr(step, "value", None) if hasattr(step, "value") else getattr(step, "files", None)
    parts = [action, *(str(one) for one in what if one is not None)]
    return " ".join(parts) + (f" = {value}" if value is not None else "")
