from __future__ import annotations

import json
from urllib.parse import quote, quote_plus, urlencode

import pytest
from chance import jsons
from hypothesis import example, given
from hypothesis import strategies as st

from ghostly.domain.flow import Flow
from ghostly.domain.redaction import (
    MASK,
    Redactor,
    put_inputs_back,
    secret_name,
    set_inputs_apart,
    types_a_secret,
)
from ghostly.domain.steps import Click, Fill, Goto, Press, Snapshot

# ---- inputs

values = st.text(max_size=8) | st.sampled_from(["$input:0", "$input:7", "$secret:PIN", "$secret:no name", ""])
fills = st.builds(Fill, selector=st.just("#a"), value=values, secret=st.booleans())
others = st.sampled_from([Goto(url="/$input:0"), Click(selector="$input:0"), Press(key="Enter"), Snapshot()])
flows = st.builds(Flow, base_url=st.just("https://shop.example"), steps=st.lists(fills | others, max_size=6))


def typed(flow: Flow) -> list[str]:
    return [step.value for step in flow.steps if isinstance(step, Fill)]


@given(flows)
def test_inputs_that_were_set_apart_can_be_put_back(flow):
    assert put_inputs_back(*set_inputs_apart(flow)) == flow


@given(flows)
def test_a_flow_without_its_inputs_types_references_only(flow):
    apart, inputs = set_inputs_apart(flow)
    references = {f"$input:{n}" for n in range(len(inputs))}

    assert all(value in references or secret_name(value) for value in typed(apart))


@given(flows)
def test_what_is_set_apart_is_every_literal_in_order(flow):
    assert set_inputs_apart(flow)[1] == [value for value in typed(flow) if secret_name(value) is None]


@given(flows)
def test_setting_inputs_apart_touches_nothing_but_what_is_typed(flow):
    apart, inputs = set_inputs_apart(flow)
    rest = [step for step in flow.steps if not isinstance(step, Fill)]

    assert [step for step in apart.steps if not isinstance(step, Fill)] == rest
    assert len(typed(apart)) == len(typed(flow)) >= len(inputs)


def test_an_input_that_is_missing_cannot_be_put_back():
    flow, _ = set_inputs_apart(Flow(base_url="https://a", steps=[Fill(selector="#a", value="x")]))

    with pytest.raises(IndexError):
        put_inputs_back(flow, [])


# ---- what is a secret

NAMES = {"$secret:PIN": "PIN", "$secret:_a1": "_a1", "$secret:1a": None, "$secret:": None, "x$secret:PIN": None}


@pytest.mark.parametrize(("value", "name"), [*NAMES.items(), ("$secret:PIN\n", None), ("$secret:PI N", None)])
def test_a_reference_to_a_secret_is_the_whole_value(value, name):
    assert secret_name(value) == name


SECRETIVE = ["#password", "[name=PASSWD]", "#client-secret", "#csrfToken", "#api_key", "#api-key", "#apiKey"]


@pytest.mark.parametrize("selector", SECRETIVE)
def test_a_field_with_a_telltale_name_is_secret(selector):
    assert types_a_secret(Fill(selector=selector, value="x"))


def test_a_step_that_says_so_types_a_secret():
    assert types_a_secret(Fill(selector="#a", value="x", secret=True))


def test_a_reference_to_a_secret_is_secret():
    assert types_a_secret(Fill(selector="#a", value="$secret:PIN"))


def test_anything_else_is_shown():
    assert not types_a_secret(Fill(selector="#e-mail", value="ana@shop.example"))


# ---- the redactor

FORMS = {
    "raw": str,
    "for a path": quote,
    "for a part of a path": lambda text: quote(text, safe=""),
    "for a query": quote_plus,
    "by a form": lambda text: urlencode({"": text}, safe="*")[1:].replace("~", "%7E"),
    "by encodeURI": lambda text: quote(text, safe=";,/?:@&=+$-_.!~*'()#"),
    "by encodeURIComponent": lambda text: quote(text, safe="!~*'()"),
    "in lower case": lambda text: quote(text, safe="").replace("%2F", "%2f").replace("%C3", "%c3"),
    "by an address bar": lambda text: text.replace(" ", "%20").replace('"', "%22"),
    "as JSON": lambda text: json.dumps(text)[1:-1],
    "as JSON in Unicode": lambda text: json.dumps(text, ensure_ascii=False)[1:-1],
}
secrets = st.text(st.characters(codec="utf-8", exclude_characters=MASK), min_size=2, max_size=12) | st.text(
    st.sampled_from("pass/word+ \"'\\%&=~*!()<é😀\n"), min_size=2, max_size=8
)
around = st.text(max_size=5)


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@given(secrets, around, around)
@example("p@ss \"w/ord+~*!(é'", "", "")
def test_a_secret_is_masked_in_every_form(form, secret, before, after):
    text = Redactor([secret]).text(before + form(secret) + after)

    assert secret not in text
    assert form(secret) not in text


@given(st.lists(secrets, min_size=1, max_size=3), jsons(around), around)
def test_a_secret_is_in_no_value_that_was_let_through(told, value, name):
    redacted = Redactor(told).value({name + told[0]: [value, {"inside": (told[-1], value)}]})

    assert not any(secret in text for secret in told for text in strings(redacted))


def strings(value):
    if isinstance(value, str):
        yield value
    for inner in (
        [*value, *value.values()] if isinstance(value, dict) else value if isinstance(value, list) else []
    ):
        yield from strings(inner)


@given(jsons(around))
def test_what_is_no_text_is_let_through(value):
    assert Redactor(["\0\0\0"]).value(value) == value


@given(jsons(around))
def test_without_secrets_everything_is_let_through(value):
    assert Redactor().value(value) == value


def test_everything_around_a_secret_is_kept():
    assert Redactor(["hunter2"]).text("type hunter2, then hunter3") == f"type {MASK}, then hunter3"


def test_a_secret_that_begins_with_another_is_masked_whole():
    assert Redactor(["hunter", "hunter2"]).text("hunter2") == MASK


def test_a_secret_is_masked_from_when_it_is_learned():
    redactor = Redactor(["hunter2"])
    redactor.learn("opensesame")

    assert redactor.text("hunter2 opensesame") == f"{MASK} {MASK}"


def test_a_single_letter_is_no_secret():
    assert Redactor(["a", ""]).text("a banana") == "a banana"


def test_a_secret_with_half_a_letter_is_masked():
    assert Redactor(["\ud800x"]).text("it is \ud800x") == f"it is {MASK}"


def test_a_long_secret_is_learned_fast():
    redactor = Redactor([secret := "p@ss wörd" * 1000])

    assert redactor.text(f"<{quote(secret)}>") == f"<{MASK}>"


@pytest.mark.parametrize(
    ("secrets", "text", "told"),
    [
        (["ab", "bcdef"], "abcdef", MASK),
        (["aba"], "ababa", MASK),
        (["inner", "an inner part"], "an inner part", MASK),
        (["ab", "cd"], "abcd", MASK),
        (["a" * 500], "a" * 900, MASK),
        (["".join(map(chr, range(33, 433)))], "".join(map(chr, range(33, 433))), MASK),
    ],
)
def test_of_secrets_that_overlap_nothing_is_left(secrets, text, told):
    assert Redactor(secrets).text(f"<{text}>") == f"<{told}>"


def test_a_secret_is_found_in_any_of_its_forms():
    redactor = Redactor(["p@ss word"])

    assert redactor.finds("q=p%40ss+word")
    assert not redactor.finds("pass word")


@pytest.mark.parametrize("shown", ["open sesame", "open  sesame", "open\n sesame", " open  sesame\n"])
def test_a_secret_is_masked_as_a_page_shows_it_too(shown):
    secret = shown if shown.startswith(" ") else f" {shown}\n"
    redactor = Redactor([secret])

    assert redactor.text(" ".join(shown.split())) == redactor.text(shown.strip()) == MASK


def test_what_turned_out_to_be_no_secret_is_masked_no_more():
    redactor = Redactor(["buy  milk"])
    redactor.forget("buy  milk")

    assert redactor.text("buy milk") == "buy milk"


def test_a_secret_is_known_in_every_form_in_which_a_page_shows_it():
    assert Redactor(["a  pin"]).knows(" a pin ")
