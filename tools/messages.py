"""Brings the catalogues of the interface's words up to date with the code: python tools/messages.py. With
`--check` it changes nothing and says what is missing, unused, untranslated or fuzzy.

Finds `_("…")`, `N_("…")` and `_.n("one", "many", n)`, also as `page._`, in Python and templates. Every
serval/locale/<language>/LC_MESSAGES/serval.po then has each of them once: new ones untranslated, unused ones
gone. The same code always gives the same bytes. serval/text.py reads the catalogues as they are.
"""

from __future__ import annotations

import ast
import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, nodes

ROOT = Path(__file__).resolve().parents[1]
LOCALES = ROOT / "serval" / "locale"
CODE = (
    "app.py",
    "components/**/*.py",
    "serving/**/*.py",
    "serval/**/*.py",
    "components/templates/**/*.html",
    "serval/review/templates/*.html",
)
CALLED = re.compile(r"(?:\w+\.)*_(?P<plural>\.n)?|N_")
HEADER = """\
# The words of Serval's interface. Messages come from the code; tools/messages.py keeps them up to date.
msgid ""
msgstr ""
"Language: {lang}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"
"""

Call = tuple[int, str, list[object]]
"""Line, what is called, and its arguments; None for one that is not plain text."""


class NotPlain(ValueError):
    """A message that is put together while the program runs, which no catalogue can have."""


@dataclass
class Message:
    """A message, its form for many if it has one, and where it stands as (file, line)."""

    one: str
    many: str = ""
    places: list[tuple[str, int]] = field(default_factory=list)

    @property
    def id(self) -> str | tuple[str, str]:
        return (self.one, self.many) if self.many else self.one


def messages(root: Path = ROOT) -> dict[str, Message]:
    """Every message of the code by its text, or by its text for one. NotPlain; ValueError where a text
    stands both with and without a form for many, or with two."""
    found: dict[str, Message] = {}
    for pattern in CODE:
        for path in sorted(root.glob(pattern)):
            name = path.relative_to(root).as_posix()
            read = python if path.suffix == ".py" else template
            for line, one, many in read(path.read_text(), name):
                message = found.setdefault(one, Message(one, many))
                if message.many != many:
                    raise ValueError(f"{name}:{line}: {one!r} has other forms elsewhere")
                message.places.append((name, line))
    return found


def python(text: str, name: str) -> Iterator[tuple[int, str, str]]:
    """(line, one, many or empty) of the messages in Python."""
    return _messages(_python_calls(ast.parse(text)), name)


def template(text: str, name: str) -> Iterator[tuple[int, str, str]]:
    """(line, one, many or empty) of the messages in a template."""
    return _messages(_template_calls(Environment(autoescape=True).parse(text)), name)


def _python_calls(tree: ast.Module) -> Iterator[Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            args = [a.value if isinstance(a, ast.Constant) else None for a in node.args]
            yield node.lineno, ast.unparse(node.func), args


def _template_calls(tree: nodes.Template) -> Iterator[Call]:
    for node in tree.find_all(nodes.Call):
        args = [a.value if isinstance(a, nodes.Const) else None for a in node.args]
        yield node.lineno, _dotted(node.node), args


def _dotted(node: nodes.Node) -> str:
    if isinstance(node, nodes.Name):
        return node.name
    return f"{_dotted(node.node)}.{node.attr}" if isinstance(node, nodes.Getattr) else "()"


def _messages(calls: Iterator[Call], name: str) -> Iterator[tuple[int, str, str]]:
    for line, called, args in calls:
        if match := CALLED.fullmatch(called):
            texts = args[: 2 if match["plural"] else 1]
            if not texts or not all(isinstance(text, str) and text for text in texts):
                raise NotPlain(f"{name}:{line}: {called}() needs its text in plain quotes")
            one, many = [*map(str, texts), ""][:2]
            yield line, one, many


def updated(po: bytes, lang: str, found: dict[str, Message]) -> bytes:
    """The catalogue with the messages found, and the translations that it has of them."""
    old = read_po(io.BytesIO(po), locale=lang)
    new = Catalog(locale=lang)
    for message in found.values():
        known = old.get(message.one)
        kept = known if known and known.id == message.id else None
        new.add(
            message.id,
            kept.string if kept else "",
            sorted(message.places),
            flags=kept.flags if kept else (),
            user_comments=kept.user_comments if kept else (),
        )
    body = io.BytesIO()
    write_po(body, new, width=100, omit_header=True, sort_by_file=True, include_lineno=False)
    return HEADER.format(lang=lang, plurals=new.plural_forms).encode() + b"\n" + body.getvalue()


def faults(po: bytes, lang: str, found: dict[str, Message]) -> list[str]:
    """What a catalogue lacks or has too much of, a line each."""
    entries = {entry.id: entry for entry in read_po(io.BytesIO(po), locale=lang) if entry.id}
    wanted = {message.id for message in found.values()}
    kinds = {
        "missing": wanted - entries.keys(),
        "unused": entries.keys() - wanted,
        "untranslated": {i for i, entry in entries.items() if not _translated(entry)},
        "fuzzy": {i for i, entry in entries.items() if entry.fuzzy},
    }
    return [
        f"{kind}: {i if isinstance(i, str) else i[0]}" for kind in kinds for i in sorted(kinds[kind], key=str)
    ]


def _translated(entry: Entry) -> bool:
    return all([entry.string] if isinstance(entry.string, str) else entry.string)


def main(args: list[str]) -> int:
    """Write the catalogues, or check them. Exit code 1 if one is not complete."""
    found, wrong = messages(), 0
    for path in sorted(LOCALES.glob("*/LC_MESSAGES/serval.po")):
        lang = path.parents[1].name
        if args != ["--check"]:
            path.write_bytes(updated(path.read_bytes(), lang, found))
        lines = faults(path.read_bytes(), lang, found)
        wrong += len(lines)
        print(*lines, f"{path.relative_to(ROOT)}: {len(found)} messages, {len(lines)} to do", sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
