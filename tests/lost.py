"""A page of a few controls, one of which a step has lost."""

from msgspec.structs import replace

from ghostly.assist.brain import Lost
from ghostly.assist.healing import repair
from ghostly.domain.observation import Box, Control, Observation, counted
from ghostly.domain.steps import Click

SAVE = Control(
    selector="#save",
    role="button",
    name="Save",
    text="Save",
    tag="button",
    id="save",
    classes="btn primary",
    path="html/body/form/button",
    neighbours=("Name", "Email"),
    box=Box(10, 200, 80, 30),
)
CANCEL = replace(SAVE, selector="#cancel", name="Cancel", text="Cancel", id="cancel", box=Box(100, 200, 80, 30))
CLICK = Click(selector="#save")


def page(*controls):
    return Observation(url="", title="", tree="", node_count=0, text="", controls=counted(controls))


def heal(*controls, step=CLICK, fingerprint=SAVE, rejected=()):
    return repair(Lost(step=step, error="", goal="", fingerprint=fingerprint, rejected=rejected), page(*controls))


def renamed(control=SAVE, **changes):
    return replace(control, selector="#new", **changes)


def card(product, selector):
    return replace(SAVE, selector=selector, name="Add", text="Add", id="", neighbours=(product, "In stock"))
