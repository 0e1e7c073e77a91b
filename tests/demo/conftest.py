from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import ClassVar

import aiohttp
import pytest
from aiohttp.test_utils import TestClient

from ghostly.demo.shop import shop


class Customer:
    """A browser: it keeps its cookie, follows redirects, and remembers the last page."""

    ANSWERS: ClassVar = {
        "name": "Ana",
        "email": "ana@example.com",
        "address": "2 Night Street",
        "shipping": "standard",
        "terms": "yes",
    }

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.page, self.path, self.status = "", "", 0

    async def open(self, path: str) -> None:
        await self._keep(await self.client.get(path))

    async def post(self, path: str, **typed: str) -> None:
        await self._keep(await self.client.post(path, data=typed))

    async def log_in(self, email: str = "demo@example.com", password: str = "demo-pass") -> None:
        await self.post("/login", email=email, password=password)

    async def take(self, product: str, quantity: str = "1") -> None:
        await self.post("/cart", product=product, quantity=quantity)

    async def buy(self, **answers: str) -> None:
        await self.post("/checkout", **{**self.ANSWERS, **answers})

    def products(self) -> list[str]:
        return re.findall(r'data-testid="product-([a-z-]+)"', self.page)

    def said(self, role: str) -> str:
        return " ".join(re.findall(rf'class="notice" role="{role}"[^>]*>(.+?)</', self.page, re.DOTALL))

    def shown(self, testid: str) -> str:
        return re.findall(rf'data-testid="{testid}">([^<]*)<', self.page)[0]

    async def _keep(self, response: aiohttp.ClientResponse) -> None:
        self.page, self.path, self.status = await response.text(), response.url.path, response.status


@pytest.fixture
async def anyone(aiohttp_client: Callable[..., Awaitable[TestClient]]) -> Customer:
    return Customer(await aiohttp_client(shop()))
