"""The whole page: a map on the left, an introduction, every operation, every type."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ghostly.http.docs.markup import Html, joined, prose, tag
from ghostly.http.docs.operations import badge, section
from ghostly.http.docs.types import fields, type_of

Json = dict[str, Any]


def page_of(document: Json) -> str:
    """The document as a page."""
    info = document["info"]
    head = joined(
        Html('<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'),
        tag("title", f"{info['title']} {info['version']}"),
        Html('<link rel="stylesheet" href="/docs/style.css">'),
    )
    main = tag("main", _introduction(info), *_groups(document), _types(document))
    return f'<!doctype html><html lang="en"><head>{head}</head><body>{_map(document)}{main}</body></html>'


def operations(document: Json, group: str) -> Iterator[tuple[str, str, Json]]:
    """Method, path and operation of what the group holds."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if group in operation["tags"]:
                yield method, path, operation


def _introduction(info: Json) -> Html:
    paragraphs = (tag("p", prose(text)) for text in info["description"].split("\n\n"))
    title = tag("h1", info["title"], tag("small", info["version"]))
    return tag("header", title, tag("p", prose(info["summary"]), class_="summary"), *paragraphs, id="top")


def _map(document: Json) -> Html:
    groups = [
        joined(tag("h2", group["name"]), tag("ul", *_links(document, group["name"]))) for group in document["tags"]
    ]
    more = tag(
        "ul",
        tag("li", tag("a", "Types", href="#types")),
        tag("li", tag("a", "openapi.json", href="/openapi.json")),
    )
    top = tag("a", document["info"]["title"], href="#top", class_="home")
    return tag("nav", top, *groups, tag("h2", "More"), more)


def _links(document: Json, group: str) -> Iterator[Html]:
    for method, _, operation in operations(document, group):
        yield tag("li", tag("a", badge(method), operation["summary"], href=f"#{operation['operationId']}"))


def _groups(document: Json) -> Iterator[Html]:
    schemas = document["components"]["schemas"]
    for group in document["tags"]:
        sections = (section(*each, schemas) for each in operations(document, group["name"]))
        yield joined(tag("h2", group["name"]), *sections)


def _types(document: Json) -> Html:
    shown = (
        tag(
            "section",
            tag("h3", name),
            tag("p", prose(schema.get("description", "").replace("``", "`"))),
            fields(schema) if "properties" in schema else type_of(schema),
            id=f"type-{name}",
            class_="type",
        )
        for name, schema in sorted(document["components"]["schemas"].items())
    )
    return joined(tag("h2", "Types", id="types"), *shown)
