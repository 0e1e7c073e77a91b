"""A site whose pages ask for another one, each in its way."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.browser.egress.conftest import Server, served

REFUSED = "127.0.0.2"  # of this machine's addresses only the first is allowed

_ADD = "const add = (tag, how) => document.body.append(Object.assign(document.createElement(tag), how));"
_LINKS = ["dns-prefetch", "preconnect", "prefetch", "prerender", "stylesheet", "preload", "icon", "manifest"]
_RULES = {"source": "list", "urls": ["http://AT/"], "eagerness": "immediate"}
_SERVERS = [
    {"urls": ["stun:AT", "stun:OUTSIDE"]},
    {
        "urls": ["turn:AT?transport=tcp", "turn:AT?transport=udp", "turn:OUTSIDE?transport=udp"],
        "username": "a",
        "credential": "b",
    },
]
WORKER = "oninstall = event => event.waitUntil(fetch('http://AT/', {mode: 'no-cors'}).catch(() => 0))"

WAYS = {
    "fetch": "fetch('http://AT/').catch(() => 0)",
    "request": "const r = new XMLHttpRequest(); r.open('GET', 'http://AT/'); r.send()",
    "image": "new Image().src = 'http://AT/'",
    "sound": "new Audio('http://AT/').play().catch(() => 0)",
    "font": "new FontFace('x', 'url(http://AT/)').load().catch(() => 0)",
    "style": "document.body.style.background = 'url(http://AT/)'",
    "frame": "add('iframe', {src: 'http://AT/'})",
    "object": "add('object', {data: 'http://AT/'}); add('embed', {src: 'http://AT/'})",
    "websocket": "new WebSocket('ws://AT/')",
    "secure websocket": "new WebSocket('wss://AT/')",
    "event source": "new EventSource('http://AT/')",
    "beacon": "navigator.sendBeacon('http://AT/', 'x')",
    "ping": "const a = document.createElement('a'); a.href = '#'; a.ping = 'http://AT/'; add('p', {}); "
    "document.body.append(a); a.click()",
    "links": "".join(f"add('link', {{rel: '{rel}', href: 'http://AT/'}});" for rel in _LINKS),
    "speculation": f"add('script', {{type: 'speculationrules', text: '{json.dumps({'prefetch': [_RULES]})}'}})",
    "worker": "new Worker(URL.createObjectURL(new Blob([`fetch('http://AT/', {mode: 'no-cors'})`])))",
    "service worker": "navigator.serviceWorker.register('/worker.js')",
    "redirect": "fetch('/away').catch(() => 0)",
    "form": "add('form', {action: 'http://AT/', method: 'post', target: '_blank'}); document.forms[0].submit()",
    "window": "open('http://AT/')",
    "webrtc": f"const p = new RTCPeerConnection({{iceServers: {json.dumps(_SERVERS)}}}); "
    "p.createDataChannel('x'); p.createOffer().then(offer => p.setLocalDescription(offer))",
}


class _Datagrams(asyncio.DatagramProtocol):
    def __init__(self, server: Server) -> None:
        self._server = server

    def datagram_received(self, data: bytes, addr: object) -> None:
        self._server.visits += 1


@asynccontextmanager
async def forbidden() -> AsyncIterator[Server]:
    """What must not be reached; a datagram to any address of this machine is a visit too."""
    async with served(host=REFUSED) as server:
        loop = asyncio.get_running_loop()
        datagrams, _ = await loop.create_datagram_endpoint(
            lambda: _Datagrams(server), local_addr=("0.0.0.0", server.port)
        )
        yield server
        datagrams.close()


@asynccontextmanager
async def site(forbidden: Server) -> AsyncIterator[str]:
    """The address of a site with one page for each way."""
    at = f"{REFUSED}:{forbidden.port}"
    outside = f"{socket.gethostbyname(socket.gethostname())}:{forbidden.port}"

    async def answer(reader, writer) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        path = head.split(b" ")[1].decode().strip("/").replace("%20", " ")
        kind = "text/javascript" if path == "worker.js" else "text/html"
        script = f"onload = () => {{ {_ADD} {WAYS.get(path, '')} }}"
        text = WORKER if path == "worker.js" else f"<!doctype html><title>t</title><body><script>{script}</script>"
        first = f"302 Found\r\nLocation: http://{at}/" if path == "away" else "200 OK"
        body = text.replace("AT/", f"{at}/").replace(":AT", f":{at}").replace(":OUTSIDE", f":{outside}").encode()
        writer.write(f"HTTP/1.1 {first}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode())
        writer.write(body)
        await writer.drain()

    async with served(answer) as server:
        yield f"http://127.0.0.1:{server.port}/"
