"""What a selector says of what it was meant to match."""

import pytest

from ghostly.assist.healing.clues import clues, known
from ghostly.domain.observation import Control


def told(selector):
    found = clues(selector)
    empty = ("", (), None, False, 0)
    return {name: value for name in found.__struct_fields__ if (value := getattr(found, name)) not in empty}


@pytest.mark.parametrize(
    ("selector", "said"),
    [
        ("#save", {"id": "save"}),
        (r"#a\:b", {"id": "a:b"}),
        ("button.btn.primary", {"tag": "button", "role": "button", "classes": "btn primary"}),
        ('[data-testid="pay now"]', {"test_id": "pay now"}),
        ("data-testid=pay", {"test_id": "pay"}),
        ("text=Sign in", {"name": "Sign in", "text": "Sign in"}),
        ("text=/^sign in$/i", {"name": "sign in", "text": "sign in"}),
        ('role=button[name="Sign in"]', {"role": "button", "name": "Sign in", "text": "Sign in"}),
        ('internal:role=link[name="Home"i]', {"role": "link", "name": "Home", "text": "Home"}),
        ('internal:label="Email"s', {"name": "Email"}),
        ('button:has-text("Buy") >> nth=2', {"tag": "button", "role": "button", "name": "Buy", "text": "Buy"}),
        ("form#f > input[name='user[name]']", {"tag": "input", "name_attribute": "user[name]"}),
        ('a[href="/cart"], .cart', {"tag": "a", "role": "link", "href": "/cart"}),
        ('.card:has-text("Mug") >> button', {"tag": "button", "role": "button", "neighbours": ("Mug",)}),
        ("//*[@id='x']//button[text()='Go']", {"tag": "button", "role": "button", "name": "Go", "text": "Go"}),
        ('xpath=//a[contains(., "Más")]', {"tag": "a", "role": "link", "name": "Más", "text": "Más"}),
        ("input[type=checkbox]", {"tag": "input", "type": "checkbox", "role": "checkbox"}),
        ("text=Go >> xpath=..", {}),
    ],
)
def test_a_selector_tells_what_it_was_meant_to_match(selector, said):
    got = {name: value for name, value in told(selector).items() if name not in {"selector", "enabled", "visible"}}

    assert got == said


@pytest.mark.parametrize(
    "selector", ["", ">>", "[[", "::", '"', ":has-text(", "//[", "role=", "((((", "'", "[a='"]
)
def test_what_is_no_selector_tells_nothing_and_breaks_nothing(selector):
    assert clues(selector).selector == selector


def test_what_was_seen_goes_before_what_the_selector_says():
    seen = Control(selector="#x", role="button", name="Save", tag="button")

    assert known("#y", seen).name == "Save"
    assert known("#y", seen).id == "y"


@pytest.mark.parametrize("sign", ["/", "[a=", "(", '"', ">>", "'\\"])
def test_a_selector_of_any_length_is_taken_apart_at_once_or_not_at_all(sign):
    assert clues(sign * 300).tag == ""
    assert clues(sign * 4000).name == ""
