"""What is wrong with a body is told with its exact place, and in words for whoever wrote it."""

from __future__ import annotations

import msgspec
import pytest

from ghostly.http.account import Registration
from ghostly.http.flaws import flaw_of
from ghostly.http.projects import NewProject
from ghostly.http.run_request import RunRequest

RUN = {"project": "default", "baseUrl": "http://shop"}


def told(value, kind=RunRequest) -> tuple[str, str]:
    with pytest.raises(msgspec.ValidationError) as raised:
        msgspec.convert(value, kind)
    flaw = flaw_of(raised.value, kind)
    return flaw.field, flaw.message


@pytest.mark.parametrize(
    ("steps", "place", "message"),
    [
        ([{"action": "clik", "selector": "a"}], "steps[0].action", "there is no 'clik'; did you mean 'click'?"),
        ([{"action": "click"}], "steps[0].selector", "is missing"),
        ([{"selector": "a"}], "steps[0].action", "is missing"),
        (
            [{"action": "click", "selecter": "a"}],
            "steps[0].selecter",
            "there is no such field; did you mean 'selector'?",
        ),
        ([{"action": "click", "selector": ""}], "steps[0].selector", "must not be empty"),
        ([{"action": "click", "selector": "a", "timeoutMs": 0}], "steps[0].timeoutMs", "must be at least 1"),
        (
            [{"action": "selectOption", "selector": "a", "value": 5}],
            "steps[0].value",
            "must be a text or a list, not a whole number",
        ),
        (["click"], "steps[0]", "must be an object, not a text"),
        ({}, "steps", "must be a list, not an object"),
    ],
)
def test_what_is_wrong_with_a_step_is_told_at_its_place(steps, place, message):
    assert told(RUN | {"steps": steps}) == (place, message)


@pytest.mark.parametrize(
    ("said", "place", "message"),
    [
        ({"headles": True}, "headles", "there is no such field; did you mean 'headless'?"),
        ({"zzz": True}, "zzz", "there is no such field"),
        ({"z" * 100: True}, "z" * 64 + "…", "there is no such field"),
        ({"trigger": "x"}, "trigger", "must be one of api, ci, cli, mcp, ui"),
        ({"tags": ["x" * 65]}, "tags[0]", "must have at most 64 characters"),
        ({"labels": [""]}, "labels[0]", "must not be empty"),
        ({"tags": "x"}, "tags", "must be a list, not a text"),
        ({"assist": {"goal": "x", "v2": False}}, "assist.v2", "must be true"),
        (
            {"assist": {"goal": "x", "victory": {"textInclude": []}}},
            "assist.victory.textInclude",
            "there is no such field; did you mean 'textIncludes'?",
        ),
    ],
)
def test_what_is_wrong_with_a_run_is_told_at_its_place(said, place, message):
    assert told(RUN | said) == (place, message)


def test_a_body_that_is_none_is_told_as_the_whole():
    assert told([]) == ("body", "must be an object, not a list")


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"label": " "}, "must not be blank"),
        ({"label": "x", "color": "red"}, "must be `#` and six hexadecimal digits"),
    ],
)
def test_a_text_of_another_form_is_told_which_form_it_needs(said, message):
    assert told(said, NewProject)[1] == message


def test_a_word_that_is_none_is_told_which_there_are():
    user = {"email": "a@b", "password": "long enough", "role": "boss"}

    assert told(user, Registration) == ("role", "must be one of admin, member")
