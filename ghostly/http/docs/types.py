"""JSON Schema in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ghostly.http.docs.markup import Html, joined, prose, table, tag

Json = dict[str, Any]

_WORDS = {"date-time": "time", "uuid": "id", "string": "text"}


def fields(schema: Json) -> Html:
    """The members of an object as a table."""
    required = set(schema.get("required", ()))
    rows = [
        (_name(name, is_required=name in required), told(type_of(member), joined(*_about(member), by=" ")))
        for name, member in schema.get("properties", {}).items()
    ]
    return table(("field", ""), rows)


def told(kind: Html, says: Html) -> Html:
    """What something is, and below it what it means."""
    return joined(tag("span", kind, class_="kind"), tag("span", says, class_="says") if says else says)


def _name(name: str, *, is_required: bool) -> Html:
    mark = tag("span", "required", class_="required") if is_required else Html("")
    return joined(tag("code", name), mark)


def type_of(schema: Json) -> Html:
    """What a value is, in a word or two; a named type is a link."""
    if ref := schema.get("$ref"):
        name = ref.rpartition("/")[2]
        return tag("a", name, href=f"#type-{name}")
    if choices := schema.get("anyOf") or schema.get("oneOf"):
        return _any_of(choices)
    if enum := schema.get("enum"):
        return joined(*(tag("code", str(word)) for word in enum), by=" ")
    if schema.get("type") == "array":
        return joined("list of ", type_of(schema.get("items", {})))
    kind = str(schema.get("type", "any JSON"))
    return joined(_WORDS.get(schema.get("format", ""), _WORDS.get(kind, kind)))


def _any_of(choices: list[Json]) -> Html:
    shown = [type_of(choice) for choice in choices if choice.get("type") != "null"]
    return joined(*dict.fromkeys(shown), by=" · " if len(shown) > 3 else " or ")


def _about(schema: Json) -> Iterator[Html]:
    inner: Json = next((each for each in schema.get("anyOf", ()) if each.get("type") != "null"), {})
    told = {**inner, **schema}
    if says := told.get("description"):
        yield prose(says[0].upper() + says[1:].rstrip(".") + ".")
    if limits := list(_limits(told)):
        yield tag("span", f"{', '.join(limits)}.", class_="limit")
    if (default := told.get("default")) not in (None, [], {}):
        yield joined(
            "Default ", tag("code", str(default).lower() if isinstance(default, bool) else str(default)), "."
        )


def _limits(schema: Json) -> Iterator[str]:
    for least, most, what in (
        ("minimum", "maximum", ""),
        ("minLength", "maxLength", " characters"),
        ("minItems", "maxItems", " entries"),
    ):
        low, high = schema.get(least), schema.get(most)
        if high is not None and high < 10**9:
            yield f"{low:,} to {high:,}{what}" if low is not None else f"At most {high:,}{what}"
        elif low is not None:
            yield f"At least {low:,}{what}"
