from __future__ import annotations

from urllib.parse import urljoin

import msgspec
import pytest
from asked import BASE, GUARDRAILS, flaws, flow, places
from hypothesis import given
from hypothesis import strategies as st

from ghostly.domain.errors import Flaw, Invalid
from ghostly.domain.flow import Flow, Guardrails, check, opening
from ghostly.domain.pursuit import Pursuit
from ghostly.domain.steps import (
    AnyStep,
    Click,
    ExpectText,
    ExpectUrl,
    Fill,
    Goto,
    Press,
    Scroll,
    SelectOption,
    SetInputFiles,
    Snapshot,
)

# ---- check


def test_a_flow_within_its_guardrails_is_taken():
    assert flaws(flow(Goto(url="/cart"), Click(selector="#buy", timeout_ms=1000), Snapshot())) == []


@pytest.mark.parametrize(
    "url",
    [
        "",
        "shop.example",
        "/app",
        "ftp://shop.example:21",
        "file://shop.example:80/etc",
        "http://a b/",
        "http://<x>",
    ],
)
def test_a_base_url_that_is_no_web_address_is_named_once(url):
    assert places(flow(Goto(url="/"), Snapshot(), base_url=url)) == ["baseUrl"]


@pytest.mark.parametrize(
    ("goal", "named"),
    [
        ("Go to https://ana:secret@shop.example/. Click 'Buy'", ["assist.goal"]),
        ("open //:secret@shop", ["assist.goal"]),
        ("Go to http://shop.example:8080/@ana, and fill 'Mail' with 'a:b@shop.example'", []),
        ("Fill 'Repository' with 'ssh://git@shop.example/a.git'", []),
    ],
)
def test_a_password_in_an_address_in_a_goal_is_named(goal, named):
    asked = Flow(base_url=BASE, steps=[], default_timeout_ms=1000, assist=Pursuit(goal=goal))

    assert places(asked) == named


@pytest.mark.parametrize("count", [0, 4])
def test_too_few_or_too_many_steps_are_named(count):
    assert flaws(flow(*[Snapshot()] * count)) == [Flaw("steps", f"must hold 1 to 3 steps, not {count}")]


@pytest.mark.parametrize("timeout", [-1, 0, 1001])
def test_a_default_timeout_out_of_range_is_named(timeout):
    assert places(flow(Snapshot(), timeout=timeout)) == ["defaultTimeoutMs"]


def test_a_step_that_may_take_too_long_is_named():
    assert places(flow(Snapshot(), Press(key="Enter", timeout_ms=1001))) == ["steps[1].timeoutMs"]


def test_a_step_that_goes_elsewhere_is_named():
    assert places(flow(Goto(url="/"), Goto(url="https://evil.example/"))) == ["steps[1].url"]


def test_a_step_that_types_what_was_left_out_is_named():
    assert places(flow(Fill(selector="#a", value="[REDACTED]"))) == ["steps[0].value"]


def test_every_flaw_is_named_at_once():
    steps = [Goto(url="//evil"), Fill(selector="#a", value="[REDACTED]", timeout_ms=2000), Snapshot(), Snapshot()]

    named = ["steps", "defaultTimeoutMs", "steps[0].url", "steps[1].timeoutMs", "steps[1].value"]
    assert places(flow(*steps, timeout=0)) == named


def test_a_refusal_is_a_sentence_about_every_place():
    with pytest.raises(Invalid, match=r"steps\[0\]\.url: must stay on the origin of baseUrl"):
        check(flow(Goto(url="//evil")), GUARDRAILS)


@given(st.lists(st.sampled_from([Snapshot(), Goto(url="//evil"), Goto(url="/cart")]), min_size=1, max_size=3))
def test_every_step_with_a_flaw_is_named_by_its_index(steps):
    evil = [f"steps[{index}].url" for index, step in enumerate(steps) if step == Goto(url="//evil")]

    assert places(flow(*steps)) == evil


@pytest.mark.parametrize(
    "url", ["https://ana:pw@shop.example/", "https://ana@shop.example", "//:pw@shop.example/"]
)
def test_a_user_or_a_password_in_an_address_is_named(url):
    assert places(flow(Goto(url=url), base_url=urljoin("https:", url))) == ["baseUrl", "steps[0].url"]


# ---- what each step may say

GENEROUS = Guardrails(uploads=True)
TELLTALE = "#password"
CHOICE = "a choice is no secret: it stands on the page and in the log. Use fill"


def flaws_of(step: AnyStep, guardrails: Guardrails = GENEROUS) -> list[tuple[str, str]]:
    """What is wrong with the second step, which is this one: the place within it, and the sentence."""
    try:
        check(Flow(base_url=BASE, steps=[Snapshot(), step]), guardrails)
    except Invalid as refusal:
        return [(flaw.field.removeprefix("steps[1]."), flaw.message) for flaw in refusal.flaws]
    return []


FINE = [
    SelectOption(selector="#a", value="Red"),
    SelectOption(selector="#a", value=["Red", ""]),
    SetInputFiles(selector="#a", files=["cv.pdf", "deep/a..b.txt", "..a", ".hidden"]),
    Scroll(selector="#a"),
    Scroll(x=-1),
    Scroll(y=0),
    ExpectText(text=" a "),
    ExpectUrl(url="("),
    ExpectUrl(matches=r"/orders/\d+$"),
    Press(key="Enter", selector=TELLTALE),
    Press(key="Control+A", selector=TELLTALE),
    Press(key="a", selector="#a"),
    Press(key="+"),
]
FLAWED = [
    (SelectOption(selector="#a", value="[REDACTED]"), ["value"]),
    (SelectOption(selector="#a", value=["a", "[REDACTED]"]), ["value[1]"]),
    (SelectOption(selector="#a", value="$secret:PIN"), ["value"]),
    (SelectOption(selector="#a", value=["a", "$secret:PIN"]), ["value[1]"]),
    (Scroll(), ["selector"]),
    (ExpectText(text=" \n"), ["text"]),
    (ExpectUrl(), ["url"]),
    (ExpectUrl(url="a", matches="a"), ["url"]),
    (ExpectUrl(matches="("), ["matches"]),
    (ExpectUrl(matches="(" * 600 + ")" * 400), ["matches"]),
    (ExpectUrl(matches="a{99999999999}"), ["matches"]),
    (ExpectUrl(matches=r"\L<names>"), ["matches"]),
    (Press(key="a", selector=TELLTALE), ["key"]),
    (Press(key="Shift+A", selector=TELLTALE), ["key"]),
    (Press(key="+", selector=TELLTALE), ["key"]),
]


@pytest.mark.parametrize("step", FINE, ids=repr)
def test_a_step_that_says_what_it_may_is_taken(step):
    assert flaws_of(step) == []


@pytest.mark.parametrize(("step", "named"), FLAWED, ids=lambda each: repr(each)[:80])
def test_a_step_that_says_what_it_may_not_is_named_exactly(step, named):
    assert [place for place, _ in flaws_of(step)] == named


def test_a_secret_that_is_to_be_chosen_is_told_where_it_belongs():
    assert flaws_of(SelectOption(selector="#a", value="$secret:PIN")) == [("value", CHOICE)]


OUTSIDE = ["/etc/passwd", "..", "../a", "a/../../b", "a/..", "..\\a", "\\\\host\\a", "\\a", "C:\\a", "c:a", "a\0b"]


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_file_that_may_lie_outside_is_named_exactly(name):
    asked = SetInputFiles(selector="#a", files=["fine.txt", name, "fine.txt", name])

    assert [place for place, _ in flaws_of(asked)] == ["files[1]", "files[3]"]


def test_files_are_refused_where_no_directory_is_set():
    named = flaws_of(SetInputFiles(selector="#a", files=["a.txt"]), Guardrails())

    assert named == [("files", "uploads are off: no directory for them is set (GHOSTLY_UPLOADS_DIR)")]


@given(
    st.text(min_size=1, max_size=12) | st.text(st.sampled_from("()[]{}*+?|\\^$a1,<>PL"), min_size=1, max_size=12)
)
def test_any_expression_is_judged_without_a_crash(text):
    assert {place for place, _ in flaws_of(ExpectUrl(matches=text))} <= {"matches"}


# ---- the wire


def test_a_flow_is_told_without_its_defaults():
    told = {"baseUrl": BASE, "steps": [{"action": "goto", "url": "/"}], "defaultTimeoutMs": 1000}

    assert flow(Goto(url="/")).wire() == told


def test_a_flow_survives_the_wire():
    asked = flow(Goto(url="/"), Fill(selector="#a", value="ñ", secret=True), Press(key="Enter"), Snapshot())

    assert msgspec.convert(asked.wire(), Flow) == asked


@pytest.mark.parametrize("step", [{"action": "dance"}, {"action": "click"}, {"action": "snapshot", "url": "/"}])
def test_a_step_that_nobody_can_do_is_not_a_step(step):
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(step, AnyStep)


@pytest.mark.parametrize("url", ["https://ana:pw@shop.example/", "https://ana@shop.example/"])
def test_a_url_that_names_a_user_is_refused_because_the_log_would_keep_it(url):
    asked = Flow(base_url=url, steps=[Goto(url="/")])

    assert "baseUrl" in places(asked)


SELECTED = {"action": "selectOption", "selector": "#a"}
CHOSEN = {"action": "setInputFiles", "selector": "#a"}
OUT_OF_RANGE = [
    SELECTED,
    SELECTED | {"value": []},
    SELECTED | {"value": ["a"] * 101},
    SELECTED | {"value": "a" * 4097},
    SELECTED | {"value": ["a", 1]},
    SELECTED | {"value": None},
    CHOSEN | {"files": []},
    CHOSEN | {"files": ["a"] * 101},
    CHOSEN | {"files": [""]},
    CHOSEN | {"files": "a.txt"},
    {"action": "scroll", "x": 1_000_001},
    {"action": "scroll", "y": 1.5},
    {"action": "expectText", "text": ""},
    {"action": "expectText", "text": "a" * 4097},
    {"action": "expectText", "selector": "#a"},
    {"action": "expectUrl", "matches": ""},
    {"action": "expectUrl", "matches": "a" * 1025},
    {"action": "expectVisible", "selector": ""},
    {"action": "hover"},
    {"action": "check", "selector": "#a", "value": True},
    {"action": "dblclick", "selector": "#a", "timeoutMs": 0},
]


@pytest.mark.parametrize("step", OUT_OF_RANGE, ids=lambda step: repr(step)[:80])
def test_a_step_whose_fields_are_missing_or_out_of_range_is_not_a_step(step):
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(step, AnyStep)


@pytest.mark.parametrize("step", FINE, ids=repr)
def test_every_step_survives_the_wire(step):
    assert msgspec.convert(msgspec.to_builtins(step), AnyStep) == step


@pytest.mark.parametrize(
    ("base_url", "url"),
    [(BASE, BASE), (BASE, "/app/"), (BASE, "."), ("http://shop", "/"), ("http://shop/", "http://shop")],
)
def test_a_first_step_that_asks_for_the_base_url_opens_it(base_url, url):
    assert opening(Flow(base_url=base_url, steps=[Goto(url=url), Goto(url="/b")])) == Goto(url=url)


@pytest.mark.parametrize(
    "steps",
    [
        [],
        [Goto(url="/")],
        [Goto(url="#b")],
        [Goto(url="?b")],
        [Goto(url=BASE, timeout_ms=9)],
        [Snapshot(), Goto(url=BASE)],
    ],
)
def test_any_other_first_step_is_one_by_itself(steps):
    assert opening(Flow(base_url=BASE, steps=steps)) is None
