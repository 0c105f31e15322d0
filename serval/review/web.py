"""The review as a web page of this machine: a Flask app of its own, which the public app never mounts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, jsonify, render_template, request, send_from_directory

from serval.review.desk import Desk
from serval.review.draft import Draft
from serval.review.edits import Refused
from serval.review.guard import Guard
from serval.review.page import REASONS, View, pieces
from serval.review.transaction import Conflict

ASSETS = Path(__file__).resolve().parents[2] / "assets"
SHARED = ("tokens.css", "base.css")
BODY = 1_000_000


def create(desk: Desk, guard: Guard, lang: str) -> Flask:
    """The app of a review; `lang`: en or fr."""
    app = Flask(__name__, static_folder="static", static_url_path="/static")
    app.config["MAX_CONTENT_LENGTH"] = BODY
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    guard.install(app)
    act = {"accept": _accept, "merge": _merge, "reject": _reject}

    def view() -> View:
        return View(desk, lang)

    @app.get("/")
    def page() -> str:
        shown = view()
        return render_template("page.html", pieces=pieces(desk.text, desk.drafts), **shown.globals())

    @app.get("/card/<id>")
    def card(id: str) -> str:
        return render_template("body.html", draft=_draft(desk, id), **view().globals())

    @app.post("/act/<name>/<id>")
    def decide(name: str, id: str) -> tuple[Response, int]:
        if name not in act:
            abort(404)
        draft, sent = _draft(desk, id), _sent()

        def done() -> Response:
            said = act[name](desk, draft, sent, view())
            return _told(view(), draft, said)  # a view of the record as it is now

        return _answered(done)

    @app.post("/undo")
    def undo() -> tuple[Response, int]:
        return _answered(lambda: _undone(desk, view))

    @app.get("/assets/<path:name>")
    def shared(name: str) -> Response:
        if name not in SHARED and not (name.startswith("fonts/") and name.endswith(".woff2")):
            abort(404)
        return send_from_directory(ASSETS, name)

    @app.get("/favicon.ico")
    def icon() -> Response:
        return Response(status=204)

    return app


def _draft(desk: Desk, id: str) -> Draft:
    try:
        return desk.draft(id)
    except KeyError:
        abort(404)


def _sent() -> dict[str, Any]:
    sent = request.get_json()
    if not isinstance(sent, dict):
        abort(400)
    return {k: v for k, v in sent.items() if isinstance(v, str | dict)}


def _part(sent: dict[str, Any], key: str) -> dict[str, Any]:
    part = sent.get(key)
    return part if isinstance(part, dict) else {}


def _accept(desk: Desk, draft: Draft, sent: dict[str, Any], view: View) -> str:
    id = desk.accept(draft, _part(sent, "event"), _part(sent, "source"))
    return view._("Written to the record: {id}").format(id=id)


def _merge(desk: Desk, draft: Draft, sent: dict[str, Any], view: View) -> str:
    into = str(sent.get("into", ""))
    id = desk.merge(draft, into, _part(sent, "event"), _part(sent, "source"))
    return view._("Merged into {id}").format(id=id)


def _reject(desk: Desk, draft: Draft, sent: dict[str, Any], view: View) -> str:
    reason = sent.get("reason")
    if reason not in REASONS:
        abort(400)
    desk.reject(draft, reason, str(sent.get("note", ""))[:500])
    return view._("Rejected")


def _told(view: View, draft: Draft, said: str) -> Response:
    head = render_template("head.html", draft=draft, **view.globals())
    decided = view.state(draft) is not None
    return jsonify({"said": said, "id": draft.id, "head": head, "decided": decided, "counts": view.counts()})


def _undone(desk: Desk, view: Any) -> Response:
    last = desk.undo()
    shown = view()
    if last is None:
        return jsonify({"said": shown._("Nothing to undo"), "id": ""})
    draft = next((d for d in desk.drafts if d.key == last["proposal"]), None)
    said = shown._("Taken back")
    return _told(shown, draft, said) if draft else jsonify({"said": said, "id": ""})


def _answered(do: Any) -> tuple[Response, int]:
    """The answer of an act; 422 with the faults where the record would not be valid, 409 on a conflict."""
    try:
        return do(), 200
    except Refused as refused:
        faults = [{"field": fault.field, "message": fault.message} for fault in refused.faults]
        return jsonify({"faults": faults}), 422
    except Conflict as conflict:
        return jsonify({"faults": [{"field": "", "message": str(conflict)}]}), 409
