"""Reads one clause of a goal: what it asks to do or to expect, or that nobody understands it."""

from __future__ import annotations

import re
from typing import cast

from ghostly.assist.goals.acting import PATTERNS, key
from ghostly.assist.goals.asking import Opens, asked, is_vague
from ghostly.assist.goals.doubting import is_such, sure
from ghostly.assist.goals.entering import entered
from ghostly.assist.goals.expecting import FIELD_STATE, INTRO, LOADED, STATE, STATEMENTS, VAGUE
from ghostly.assist.goals.framing import is_given, unframed
from ghostly.assist.goals.instruction import Instruction, Target, Verb
from ghostly.assist.goals.opening import GIVEN, PREFIX, denies, is_conditional
from ghostly.assist.goals.placing import beside, placed
from ghostly.assist.goals.targets import UNSEEABLE, target
from ghostly.assist.goals.telling import told
from ghostly.assist.goals.wording import MARK, Wording
from ghostly.assist.vocabulary.folding import fold

_TIME = re.compile(r"(?:about |unos )?\d+ ?(?:s|secs?|seconds?|ms|milliseconds?|minutes?|segundos?|minutos?)")
_ADDRESS = re.compile(
    r"https?://\S+|[/?#]\S*|(?:[\w-]+\.)+[\w-]+(?::\d+)?(?:[/?#]\S*)?|localhost(?::\d+)?(?:[/?#]\S*)?",
    re.IGNORECASE,
)
_HOME = re.compile(
    r"(?:the |la |el )?(?:home ?page|home|start page|main page|landing page|front page|site|web ?site|web|app"
    r"|application|page|base url|shop|store|pagina(?: principal| inicial| de inicio)?|sitio(?: web)?"
    r"|inicio|aplicacion|tienda)"
)
_ABOUT = re.compile(r"(?:the |la |el )?(?:url|page|address|path|site|pagina|direccion|ruta)\s+(?:at )?(?=\S)")
_NOUN = (
    "(?:(?:success|error|confirmation|validation|warning)? ?(?:message|text|label|notification|toast|title"
    "|confirmation|alert|page|screen|section|word|words|error)|mensaje|texto|titulo|aviso|palabra"
    "|notificacion|pagina|pantalla)"
)
_TEXT = re.compile(rf"(?:(?:the|an?|el|la|un|una) )?(?:{_NOUN} )?(?P<t>{MARK})(?: {_NOUN})?")
_TEXTS = re.compile(rf"{_TEXT.pattern}(?:(?:,| and| y)+ {MARK})*")
_BARE = re.compile(
    rf"(?:(?:the|an?|el|la|los|las|un|una|my|mi) )?(?:{_NOUN} (?=(?:de )?\S))?(?P<t>.+?)(?: {_NOUN})?"
)
_VALUE = re.compile(
    r"(?:(?:the |an? |el |la )(?:value|text|option|file|valor|texto|opcion|archivo)(?: of| de)? (?=\S)"
    rf"|(?:value|text|option|file|valor|texto|opcion|archivo)(?: of| de)? (?={MARK}\Z))"
)
_GOES_ON = re.compile(
    r"\b(?:and|y) (?:check|verify|make sure|ensure|comprueba|verifica|asegura\w*)\b|\binstead of\b|\([a-z ]+\)"
    r"|, .*\b(?:should|must|debe\w*)\b"
)
_MAY_ACT = re.compile(r"(?:confirm|confirma|confirmar)\b(?! (?:that|que|if|si)\b)")
_NEXT_OF = re.compile(r"(?:the |la |el )?(?:next|previous|pagina) (?:page|siguiente|anterior) (?:of|de|del) ")
_STATUS = re.compile(r"\b(?:status|state|estado)\Z")
_BARE_VERBS: dict[str, Verb] = {"reload": "visit", "snapshot": "snapshot"}
_SCROLLS = frozenset({"end", "start", "down", "up"})
_SPECIAL = frozenset({"login", "logout", "submit", "close"})


class Clause:
    """A part of a goal; ``first``: nothing stands before it; ``opens``: where it begins."""

    def __init__(self, text: str, wording: Wording, *, first: bool = False, opens: Opens = "sentence") -> None:
        self.wording = wording
        self._opens: Opens = opens
        self.sentence = wording.raw(text)
        given = GIVEN.match(fold(text))
        self._given = first or given is not None
        self._text = text[given.end() if given else 0 :].strip(" ,.:!?")
        self._text = unframed(self._text)
        while prefix := PREFIX.match(fold(self._text)):
            self._text = unframed(self._text[prefix.end() :])

    def read(self) -> tuple[Instruction, ...] | None:
        """What it asks for, which may be nothing; None if that is not clear."""
        return sure(self._understood())

    def _understood(self) -> tuple[Instruction, ...] | None:
        folded = fold(self._text)
        if LOADED.fullmatch(folded) or is_given(self._text):
            return ()
        intro = INTRO.match(folded)
        rest = self._text[intro.end() :] if intro else self._text
        if is_conditional(rest):
            return None
        if intro and (read := self._statement(rest) or told(rest, self.wording) or self._sure(intro, rest)):
            return read
        if intro and (intro["that"] or (intro["sure"] and not _MAY_ACT.match(folded))):
            return None
        if (place := placed(self._text)) is not None:
            read = Clause(place[1], self.wording).read()
            return beside(self.wording.value(place[0]), read, self.sentence)
        return self._done(folded) or self._statement(self._text) or self._told()

    def _done(self, folded: str) -> tuple[Instruction, ...] | None:
        """What is to be done in words that are known; fields that are named beside their values come first."""
        read = self._action(folded)
        unaimed = read is None or (read[0].verb == "fill" and read[0].target is None)
        return (entered(self._text, self.wording) or read) if unaimed else read

    def _told(self) -> tuple[Instruction, ...] | None:
        """What the page must tell, or what it must have a control for."""
        return told(self._text, self.wording) or asked(self._text, self.wording, self._opens)

    @property
    def text(self) -> str:
        """What it says, without the words that may stand before anything."""
        return self._text

    @property
    def has_condition(self) -> bool:
        """Whether something is to be done only if, until, or again."""
        return is_conditional(self._text)

    @property
    def about(self) -> str | None:
        """What it is to be done to, as far as it asks for something that can be done; else None."""
        folded = fold(self._text)
        asked = (found for _, _, pattern in PATTERNS if (found := pattern.fullmatch(folded)))
        return next((self._group(found, "t", "w", "v") for found in asked), None)

    @property
    def is_known(self) -> bool:
        """Whether it asks for something in words that are known."""
        folded = fold(self._text)
        return (self._action(folded) or self._statement(self._text)) is not None and not self.has_condition

    # ---- expectations

    def _sure(self, intro: re.Match[str], rest: str) -> tuple[Instruction, ...] | None:
        """ "verify 'Welcome'": what is named alone must be seen."""
        loose = intro["that"] in {" that", " if", " whether", " que", " si", " de que", " a que"}
        unsaid = _TIME.fullmatch(fold(rest)) or FIELD_STATE.search(fold(rest))
        acts = _MAY_ACT.match(intro[0]) is not None and not _TEXTS.fullmatch(fold(rest))
        if not intro["sure"] or loose or unsaid or acts or is_vague(rest) or denies(rest):
            return None
        return self._see("see", rest)

    def _statement(self, text: str) -> tuple[Instruction, ...] | None:
        folded = fold(text)
        for verb, how, pattern in STATEMENTS if " " in folded else ():
            found = pattern.fullmatch(folded)
            if not found or denies(text[slice(*found.span("t"))]):
                continue
            if read := self._expectation(cast("Verb", verb), how, text, found):
                return read
        return None

    def _expectation(
        self, verb: Verb, how: str, text: str, found: re.Match[str]
    ) -> tuple[Instruction, ...] | None:
        about = text[slice(*found.span("t"))]
        if verb in {"see", "unseen"}:
            return self._see(verb, about)
        if verb == "address":
            address = self._address(about, quoted_is_enough=how != "place")
            return self._one(verb, how=how, values=(address,)) if address else None
        meant = target(about, self.wording)
        if meant is None or (verb == "state" and (meant.kind in UNSEEABLE or _STATUS.search(fold(meant.name)))):
            return None
        if verb == "state":
            return self._one(verb, meant, how=how)
        value = text[slice(*found.span("v"))]
        said = self._value(value)
        if denies(value) or not said.strip() or STATE.fullmatch(fold(value)):
            return None
        return self._one(verb, meant, values=(said,))

    def _see(self, verb: Verb, about: str) -> tuple[Instruction, ...] | None:
        about = re.sub(r" (?:again|once more|otra vez|de nuevo)$|^(?:again|otra vez|de nuevo) ", "", about)
        if _TEXTS.fullmatch(fold(about)):
            texts = [text for text in self.wording.values(about) if text.strip()]
            return tuple(one for text in texts for one in self._one(verb, Target(text, exact=True))) or None
        meant = target(about, self.wording)
        if (
            meant is None
            or meant.near
            or meant.ordinal
            or meant.kind in UNSEEABLE
            or VAGUE.fullmatch(fold(meant.name))
            or (is_such(meant.name) and not (meant.exact or meant.kind))
        ):
            return None
        if not meant.exact and not meant.kind:
            named = _BARE.fullmatch(fold(meant.name))
            name = meant.name[slice(*named.span("t"))] if named else meant.name
            meant = Target(name, within=meant.within)
        return self._one(verb, meant)

    def _address(self, text: str, *, quoted_is_enough: bool) -> str | None:
        about = _ABOUT.match(fold(text))
        bare = text[about.end() if about else 0 :].strip()
        value = self.wording.value(re.sub(r" (?:page|url)$", "", bare)).strip()
        known = _ADDRESS.fullmatch(value) or (quoted_is_enough and value and " " not in value)
        return value if known else None

    # ---- actions

    def _action(self, folded: str) -> tuple[Instruction, ...] | None:
        for verb, how, pattern in PATTERNS:
            found = pattern.fullmatch(folded)
            if found and (read := self._act(verb, how, found)):
                return read
        return None

    def _act(self, verb: str, how: str, found: re.Match[str]) -> tuple[Instruction, ...] | None:
        match verb:
            case "login":
                user, password = (self._value(self._group(found, name)) for name in "up")
                return self._login(user, password)
            case "search":
                said = self._group(found, "v", "w", "x")
                return None if self._goes_on(said) or ", " in said else self._search(self._value(said))
            case "go" | "given":
                return self._go(verb, self._group(found, "t"))
        if verb in _BARE_VERBS or how in _SCROLLS:
            return self._one(_BARE_VERBS.get(verb, "scroll"), how="again" if verb == "reload" else how)
        if how in _SPECIAL:
            return self._one("click", Target(kind=how, within="dialog" if how == "close" else ""))
        return self._plain(cast("Verb", verb), found, clear=how == "clear")

    def _plain(self, verb: Verb, found: re.Match[str], *, clear: bool) -> tuple[Instruction, ...] | None:
        groups = found.re.groupindex
        value = (
            self._group(found, "v", *([] if "t" in groups and verb != "press" else ["w"])) if "v" in groups else ""
        )
        about = self._group(found, "t", *([] if "v" in groups else ["w"]))
        meant = target(about, self.wording) if about else None
        if about and meant is None:
            return None
        match verb:
            case "press":
                return self._one(verb, meant, values=(key(fold(value)),))
            case "select" if meant is None:
                return self._choice(value)
            case "attach":
                return self._one(verb, meant or Target(kind="file"), values=self.wording.values(value))
            case "fill" | "select":
                said = "" if clear else self._value(value)
                is_more = self._goes_on(value) or (verb == "fill" and re.match(r"(?:el|la) \w+ \w", fold(value)))
                return None if is_more else self._one(verb, meant, values=(said,))
        return self._one(verb, meant) if meant and not is_vague(meant.name) else None

    def _choice(self, value: str) -> tuple[Instruction, ...] | None:
        """ "select 'Blue'" may mean anything that can be chosen; "select the Terms checkbox" says what it is."""
        meant = target(value, self.wording)
        if meant is None:
            return None
        if meant.kind in {"checkbox", "radio", "switch"}:
            return self._one("check", meant)
        if meant.kind not in {"", "option"} or meant.ordinal:
            return self._one("click", meant)
        return self._one("select", values=(meant.name,))

    def _go(self, verb: str, about: str) -> tuple[Instruction, ...] | None:
        if verb == "given" and not self._given:
            return None
        if address := self._address(about, quoted_is_enough=False):
            return self._one("visit", values=(address,))
        if _HOME.fullmatch(fold(about)):
            return self._one("visit")
        if _NEXT_OF.match(fold(about)):
            return None
        meant = target(re.sub(r" (?:page|screen|section|view)$", "", about), self.wording)
        named = _ABOUT.match(fold(meant.name)) if meant and not meant.exact else None
        if meant and named:
            meant = Target(re.sub(r"^de(?:l)? ", "", meant.name[named.end() :]), meant.kind)
        return self._one("go", meant) if meant and verb == "go" else None

    def _search(self, value: str) -> tuple[Instruction, ...]:
        field = Target(kind="search")
        return self._one("fill", field, values=(value,)) + self._one("press", field, values=("Enter",))

    def _login(self, user: str, password: str) -> tuple[Instruction, ...]:
        return (
            *self._one("fill", Target(kind="user"), values=(user,)),
            *self._one("fill", Target(kind="password"), values=(password,)),
            *self._one("click", Target(kind="login")),
        )

    # ---- words

    def _group(self, found: re.Match[str], *names: str) -> str:
        spans = (found.span(name) for name in names if name in found.re.groupindex)
        return next((self._text[start:end].strip() for start, end in spans if start >= 0), "")

    def _value(self, text: str) -> str:
        said = _VALUE.match(fold(text))
        return self.wording.value(text[said.end() if said else 0 :])

    def _goes_on(self, text: str) -> bool:
        """Whether more follows a quoted value, which ends at its quotation mark: what follows asks for more."""
        said = _VALUE.match(fold(text))
        bare = text[said.end() if said else 0 :]
        return self.wording.goes_on(bare) or _GOES_ON.search(fold(bare)) is not None

    def _one(
        self, verb: Verb, meant: Target | None = None, *, values: tuple[str, ...] = (), how: str = ""
    ) -> tuple[Instruction, ...]:
        return (Instruction(verb=verb, sentence=self.sentence, target=meant, values=values, how=how),)
