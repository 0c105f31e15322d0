"""The templates are compiled once, for servers that run as another user and may write nothing."""

import os

from jinja2 import DictLoader, Environment

from components import words


def test_what_is_compiled_may_be_read_by_all():
    kept = [*words.COMPILED.iterdir()]
    assert len(kept) >= len(words.ENV.list_templates(extensions=["html"]))
    assert all(file.stat().st_mode & 0o444 == 0o444 for file in kept)


def test_a_place_that_may_not_be_written_stops_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_: False)
    loader = DictLoader({"a.html": "{{ x }}"})
    made = Environment(loader=loader, bytecode_cache=words._Compiled(str(tmp_path)), autoescape=True)
    assert made.get_template("a.html").render(x="<b>") == "&lt;b&gt;"
    assert not [*tmp_path.iterdir()]
