"""What every route takes and gives, told where the handler is, and the OpenAPI document that is made of it."""

from __future__ import annotations

from ghostly.http.openapi.operation import Answer, Group, Header, Operation, described, operation_of
from ghostly.http.openapi.shapes import Done, Time

__all__ = ["Answer", "Done", "Group", "Header", "Operation", "Time", "described", "operation_of"]
