"""One operation as a section of the page: what it does, what it takes, what it gives, and how to try it."""

from __future__ import annotations

import shlex
from typing import Any

import msgspec

from ghostly.http.docs.markup import Html, joined, json_code, prose, table, tag
from ghostly.http.docs.types import fields, told, type_of
from ghostly.http.openapi.operation import JSON, LINES

Json = dict[str, Any]

_ANSWERED = ("2", "3")


def section(method: str, path: str, operation: Json, schemas: Json) -> Html:
    """The operation as a section."""
    words = [
        tag("p", prose(operation["description"])),
        _needs(operation),
        _part("Parameters", _parameters(operation)),
        _part("Body", _body(operation, schemas)),
        _part("Answers", _answers(operation)),
        _part("Errors", _errors(operation)),
    ]
    return tag(
        "section",
        tag("h3", tag("a", operation["summary"], href=f"#{operation['operationId']}")),
        tag("p", badge(method), tag("code", path), class_="route"),
        tag(
            "div",
            tag("div", *words, class_="words"),
            tag("div", *_samples(method, path, operation), class_="samples"),
            class_="beside",
        ),
        id=operation["operationId"],
    )


def badge(method: str) -> Html:
    """The method, in its colour."""
    return tag("span", method.upper(), class_=f"method {method}")


def _part(title: str, content: Html) -> Html:
    return joined(tag("h4", title), content) if content else content


def _needs(operation: Json) -> Html:
    if not operation["security"]:
        return tag("p", "Needs no credential.", class_="needs")
    [scope] = next(iter(operation["security"][0].values())) or [""]
    what = joined("Needs ", tag("code", scope), ".") if scope else Html("Needs any good credential.")
    in_url = any("token" in scheme for scheme in operation["security"])
    also = joined(" The token may come as ", tag("code", "?token="), ".") if in_url else Html("")
    return tag("p", what, also, class_="needs")


def _parameters(operation: Json) -> Html:
    rows = [
        (
            joined(tag("code", each["name"]), tag("span", each["in"], class_="place")),
            told(type_of(each["schema"]), prose(each["description"])),
        )
        for each in operation.get("parameters", ())
    ]
    return table(("name", ""), rows)


def _body(operation: Json, schemas: Json) -> Html:
    if "requestBody" not in operation:
        return Html("")
    [content] = operation["requestBody"]["content"].values()
    absent = Html("") if operation["requestBody"]["required"] else tag("p", "It may be absent.")
    first, *others = content["schema"].get("anyOf", [content["schema"]])
    also = joined(*(tag("p", "Or ", type_of(other), ".") for other in others))
    return joined(absent, fields(_resolved(first, schemas)), also)


def _resolved(schema: Json, schemas: Json) -> Json:
    found: Json = schemas[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
    return found


def _answers(operation: Json) -> Html:
    rows = [
        (tag("code", status), told(_kind(response), prose(response["description"])))
        for status, response in operation["responses"].items()
        if status.startswith(_ANSWERED)
    ]
    return tag("div", table(("status", ""), rows), class_="by-status") if rows else Html("")


def _kind(response: Json) -> Html:
    content = response.get("content", {})
    if JSON in content:
        return type_of(content[JSON]["schema"])
    media = joined(*(tag("code", name.partition(";")[0]) for name in content), by=" ")
    return joined(media, " of ", type_of(content[LINES]["schema"])) if LINES in content else media


def _errors(operation: Json) -> Html:
    rows = [
        (
            tag("code", status),
            joined(tag("code", code), " ", tag("span", example["value"]["error"], class_="limit")),
        )
        for status, response in operation["responses"].items()
        for content in response.get("content", {}).values()
        for code, example in content.get("examples", {}).items()
    ]
    return tag("div", table(("status", ""), rows), class_="by-status")


def _samples(method: str, path: str, operation: Json) -> list[Html]:
    shown = [
        _sample(status, content["example"])
        for status, response in operation["responses"].items()
        for content in response.get("content", {}).values()
        if "example" in content
    ]
    return [tag("pre", tag("code", curl(method, path, operation))), *shown]


def _sample(status: str, example: Any) -> Html:
    is_text = isinstance(example, str)
    shown = joined(example) if is_text else json_code(pretty(example))
    return tag("figure", tag("figcaption", status), tag("pre", tag("code", shown)))


def curl(method: str, path: str, operation: Json) -> str:
    """The request as it is typed into a shell, with ``$URL`` and ``$KEY``."""
    for parameter in operation.get("parameters", ()):
        path = path.replace(f"{{{parameter['name']}}}", str(parameter.get("example", "")))
    words = ["curl", *([] if method in {"get", "post"} else ["-X", method.upper()]), f'"$URL{path}"']
    lines = [" ".join(words)]
    if operation["security"]:
        lines.append('-H "X-Api-Key: $KEY"')
    if content := operation.get("requestBody", {}).get("content", {}):
        [(media, body)] = content.items()
        lines += [f"-H 'Content-Type: {media}'", f"-d {shlex.quote(pretty(body.get('example')))}"]
    elif method == "post":
        lines[0] = lines[0].replace("curl", "curl -X POST", 1)
    return " \\\n  ".join(lines)


def pretty(value: Any) -> str:
    """JSON as people read it."""
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode()
