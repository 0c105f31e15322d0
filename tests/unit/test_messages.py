"""The catalogues of the interface's words: complete, nothing unused, and French as it is printed."""

import re
from html import unescape
from itertools import chain
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from dash.development.base_component import Component

from components.context import context
from components.page import WORDED, layout
from serval.text import Translator

ROOT = Path(__file__).resolve().parents[2]
PO = ROOT / "serval" / "locale" / "fr" / "LC_MESSAGES" / "serval.po"
FIELD = re.compile(r"\{\w*\}")


@pytest.fixture(scope="module")
def tool():
    """The module tools/messages.py."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(ROOT / "tools")
        import messages

        yield messages


@pytest.fixture(scope="module")
def found(tool):
    return tool.messages()


@pytest.fixture(scope="module")
def french():
    with PO.open("rb") as file:
        catalogue = read_po(file, locale="fr", abort_invalid=True)
    assert not catalogue.obsolete
    return {message.id: message for message in catalogue if message.id}


def strings(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else [*message.string]


def ids(message: Message) -> list[str]:
    return [message.id] if isinstance(message.id, str) else [*message.id]


def wrong(french, is_wrong) -> list[str]:
    return [ids(message)[0] for message in french.values() if is_wrong(message)]


def test_every_message_of_the_code_is_in_the_catalogue(found, french):
    assert sorted({m.id for m in found.values()} - french.keys(), key=str) == []


def test_the_catalogue_has_no_message_that_the_code_does_not_use(found, french):
    assert sorted(french.keys() - {m.id for m in found.values()}, key=str) == []


def test_every_message_is_translated(french):
    assert wrong(french, lambda m: not all(text.strip() for text in strings(m))) == []


def test_no_translation_is_a_guess(french):
    assert wrong(french, lambda m: m.fuzzy) == []


def test_the_french_rule_of_plurals():
    with PO.open("rb") as file:
        assert read_po(file, locale="fr").plural_forms == "nplurals=2; plural=(n > 1);"


def test_every_plural_has_both_french_forms(french):
    assert wrong(french, lambda m: len(strings(m)) != len(ids(m))) == []


def test_translations_keep_the_fields_that_are_filled_in(french):
    def fields(text: str) -> list[str]:
        return sorted(set(FIELD.findall(text)))

    assert wrong(french, lambda m: any(fields(text) != fields(ids(m)[-1]) for text in strings(m))) == []


@pytest.mark.parametrize(
    ("fault", "pattern"),
    [
        ("no narrow no-break space before ; : ! ? % »", r"[^\u202f][;!?%»]|[^\u202f]:(?!\w)"),
        ("no narrow no-break space after «", r"«[^\u202f]"),
        ("English quotation marks", '[“”"]'),
        ("straight apostrophe", "'"),
        ("three dots", r"\.\.\."),
        ("blanks at an end, or two together", r"^\s|\s$|\s\s"),
    ],
)
def test_french_is_set_as_it_is_printed(french, fault, pattern):
    bad = [text for text in chain(*map(strings, french.values())) if re.search(pattern, text)]
    assert bad == [], fault


def test_the_page_speaks_the_words_of_the_catalogue(french):
    translate = Translator("fr")
    assert translate("Operation Serval") == "Opération Serval"
    assert translate.n("{n} event", "{n} events", 0) == "0 événement"
    assert translate.n("{n} event", "{n} events", 1) == "1 événement"
    assert translate.n("{n} event", "{n} events", 1400) == "1\u202f400 événements"
    assert translate("never written") == "never written"
    assert Translator("en")("Timbuktu") == "Timbuktu"


def test_a_catalogue_that_is_up_to_date_stays_as_it_is(tool, found):
    once = tool.updated(PO.read_bytes(), "fr", found)
    assert tool.updated(once, "fr", found) == once
    assert b"POT-Creation-Date" not in once


def test_the_check_names_every_fault_and_writes_nothing(tool):
    po = tool.HEADER.format(lang="fr", plurals="nplurals=2; plural=(n > 1);").encode()
    po += 'msgid "old"\nmsgstr "vieux"\n\n#, fuzzy\nmsgid "kept"\nmsgstr "gardé"\n'.encode()
    po += b'msgid "empty"\nmsgstr ""\n'
    code = {id: tool.Message(id) for id in ("kept", "new", "empty")}
    assert tool.faults(po, "fr", code) == [
        "missing: new",
        "unused: old",
        "untranslated: empty",
        "fuzzy: kept",
    ]


def test_new_messages_come_untranslated_and_unused_ones_go(tool):
    po = tool.HEADER.format(lang="fr", plurals="nplurals=2; plural=(n > 1);").encode()
    po += 'msgid "old"\nmsgstr "vieux"\n\n#, fuzzy\nmsgid "kept"\nmsgstr "gardé"\n'.encode()
    code = {"kept": tool.Message("kept"), "new": tool.Message("new"), "a": tool.Message("a", "many a")}
    text = tool.updated(po, "fr", code).decode()
    assert "old" not in text
    assert '#, fuzzy\nmsgid "kept"\nmsgstr "gardé"' in text
    assert 'msgid "new"\nmsgstr ""' in text
    assert 'msgid "a"\nmsgid_plural "many a"\nmsgstr[0] ""\nmsgstr[1] ""' in text


PYTHON = """
_("plain"); page._("of a page").format(n=1); self._.n("{n} one", "{n} many", len(x)); _.n("a", "b", 2)
_.label(term); other("no"); _("joined " "here"); N_("for later")
"""
TEMPLATE = """{% block a %}{{ _("plain") }} <b title="{{ page._('of a page').format(n=1) }}">{% endblock %}
{% for n, w in [(1, _("in a list"))] if n %}{{ page._.n("{n} one", "{n} many", x | length) }}{% endfor %}
{{ _.label(term) }}{{ other("no") }}{{ _("yes") if x else _.n("a", "b", 2) }}"""


def test_messages_are_found_in_python(tool):
    assert sorted(tool.python(PYTHON, "x.py")) == [
        (2, "a", "b"),
        (2, "of a page", ""),
        (2, "plain", ""),
        (2, "{n} one", "{n} many"),
        (3, "for later", ""),
        (3, "joined here", ""),
    ]


def test_messages_are_found_in_templates(tool):
    assert sorted(tool.template(TEMPLATE, "x.html")) == [
        (1, "of a page", ""),
        (1, "plain", ""),
        (2, "in a list", ""),
        (2, "{n} one", "{n} many"),
        (3, "a", "b"),
        (3, "yes", ""),
    ]


@pytest.mark.parametrize(
    "call", ["_(word)", '_(f"{word}")', '_("a" + word)', "_()", '_("")', '_.n("a", word, 2)']
)
def test_a_message_that_is_put_together_is_refused(tool, call):
    with pytest.raises(tool.NotPlain, match=r"^x.py:1: "):
        list(tool.python(call, "x.py"))


@pytest.mark.parametrize("call", ["_(word)", '_("a" ~ word)', '_("a" if word else "b")', '_.n("a", word, 2)'])
def test_a_message_that_is_put_together_is_refused_in_templates(tool, call):
    with pytest.raises(tool.NotPlain, match=r"^x.html:1: "):
        list(tool.template("{{ " + call + " }}", "x.html"))


def test_one_text_has_one_form_for_many(tool, tmp_path):
    (tmp_path / "app.py").write_text('_.n("{n} a", "{n} as", 1)\n_("{n} a")\n')
    with pytest.raises(ValueError, match=r"^app.py:2: "):
        tool.messages(tmp_path)


# Words that are made of letters alone and stand between tags or in an attribute that is read out.
SPOKEN = re.compile(r"""(?:aria-label|title|alt|placeholder)=["'](?=[^"'{}]*[a-z])[^"'{}]+["']""")
NAMES = {"SHA-256", "CC BY 4.0", "Serval", "Français", "English"}


def test_templates_have_no_words_of_their_own():
    bad = []
    for path in sorted(ROOT.glob("components/templates/**/*.html")):
        text = re.sub(
            r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<script.*?</script>|<pre.*?</pre>",
            "{}",
            path.read_text(),
            flags=re.S,
        )
        words = [w.strip() for w in re.findall(r">([^<{}]*[A-Za-z]{2}[^<{}]*)[<{]", text)]
        bad += [
            f"{path.name}: {w}" for w in [*words, *SPOKEN.findall(text)] if not any(n in w for n in NAMES)
        ]
    assert bad == []


ENGLISH = re.compile(r"\b(the|of|and|with|which|is|are|was|were|has|have|not|only|their|its)\b", re.I)
SHOWN = [
    "",
    "tab=troops",
    "tab=losses",
    "tab=control",
    "event=2013-01-26-gao-retaken",
    "at=2013-01-20&at2=2013-02-20",
    "actor=mujao&vs=aqim&role=initiator&dates=certain",
    "known=2013-02-01&place=gao&q=nothing+like+it",
    "story=konna&from=2012-01-01&to=2012-01-02",
    "place=atlantis&zoom=99&tab=nothing&colour=red",
]


@pytest.fixture(scope="module")
def names(record):
    """Names that are the same in every language: publishers, wires, who made a record of a passage."""
    found = {*record.sources["publisher"], *record.sources["wire"].dropna()}
    return re.compile("|".join(re.escape(name) for name in sorted(found, key=len, reverse=True)))


def spoken(html: str, names: re.Pattern[str]) -> list[str]:
    """The texts and labels of a page that are not marked as another language, names apart."""
    html = re.sub(r"<(\w+)[^>]* lang=\"(?!fr)[\s\S]*?</\1>|<(pre|code|style|script)[\s\S]*?</\2>", "", html)
    labels = re.findall(r'(?:aria-label|title|alt|placeholder|content)="([^"]*)"', html)
    return [names.sub("", unescape(text)) for text in [*re.split(r"<[^>]*>", html), *labels]]


@pytest.mark.parametrize("query", SHOWN)
def test_the_french_dashboard_has_no_english(names, query):
    page = context(f"lang=fr&{query}")
    html = "\n".join(text for panel in WORDED for text in panel.words(page).values())
    assert [text for text in spoken(html, names) if ENGLISH.search(text)] == []


PAGES = ["/event/2013-01-26-gao-retaken", "/actor/mujao", "/about", "/changes", "/take-away"]


@pytest.mark.parametrize("path", [*PAGES, "/actor/nobody"])
def test_the_french_pages_have_no_english(client, names, path):
    html = client.get(path, query_string={"lang": "fr"}).text
    assert [text for text in spoken(html, names) if ENGLISH.search(text)] == []


def texts(part: object) -> list[str]:
    """Every text and label of Dash components, but of their stores."""
    if isinstance(part, Component):
        props = part.to_plotly_json()["props"]
        shown = {k: v for k, v in props.items() if k not in ("id", "className", "href", "data")}
        return [text for value in shown.values() for text in texts(value)]
    if isinstance(part, list | tuple):
        return [text for value in part for text in texts(value)]
    return [part] if isinstance(part, str) else []


def test_the_french_layout_has_no_english(client, names):
    import app

    with app.server.test_request_context(headers={"Referer": "http://here/?lang=fr"}):
        found = texts(layout())
    assert "Opération Serval" in found
    assert [text for text in found if ENGLISH.search(names.sub("", text))] == []
