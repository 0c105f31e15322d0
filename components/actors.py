"""The actor panel: the actors of the view by side; a press opens what is known of one."""

from __future__ import annotations

from collections.abc import Callable

from dash import Dash, Input, Output, html
from markupsafe import Markup, escape

from components.context import Context, context
from components.lineage import drawing
from components.spark import spark
from components.words import words as render
from serval.panels import ActorLine, Profile, actor_lines, profile
from serval.strength import strength_curve
from serval.text import Translator


def actors(_: Translator) -> html.Section:
    """The empty panel."""
    return html.Section(
        html.Div(id="actors-list"),
        id="actors",
        className="panel",
        role="tabpanel",
        **{"aria-labelledby": "tab-actors"},
    )


def words(page: Context) -> dict[str, str]:
    """The list of actors, with the profiles of the chosen ones."""
    groups = actor_lines(page.view, page.lang)
    line, sides = _line(page), []
    for side in page.record.vocabulary.sides:
        lines = groups.get(side.id, [])
        people = [line(one) for one in lines if one.kind == "person"]
        if lines:
            sides.append((side, [line(one) for one in lines if one.kind != "person"], people))
    return render("actors.html", page, sides=sides)


def _line(page: Context) -> Callable[[ActorLine], Markup]:
    """An actor's line as HTML. No macro, as for `filters.Choice`: a view has a hundred."""
    parts = page._("{initiator} as author, {target} as target, {other} otherwise")
    chosen, n = profiles(page, page.selection.actor), page.view.n

    def line(a: ActorLine) -> Markup:
        title = parts.format(initiator=a.initiator, target=a.target, other=a.other)
        on, is_open = (" on", " open") if a.id in chosen else ("", "")
        return Markup(
            f'<details class="actor{on}" id="actor-{a.id}" data-actor="{a.id}"{is_open}><summary>'
            f'<span class="actor-name">{escape(a.short)}</span> <span class="count">{a.n}</span> '
            f'<span class="actor-bar" style="width: min(100%, 4% + 100% * {a.n} / {n})"'
            f' title="{escape(title)}">'
            f'<span class="bar-did" style="flex-grow: {a.initiator}"></span>'
            f'<span class="bar-suffered" style="flex-grow: {a.target}"></span>'
            f'<span class="bar-other" style="flex-grow: {a.other}"></span></span></summary>'
            f'<div class="profile" id="profile-{a.id}">{chosen.get(a.id, "")}</div></details>\n'
        )

    return line


def profiles(page: Context, actors: tuple[str, ...]) -> dict[str, object]:
    """Actor id -> the HTML of its profile in this view."""
    return {id: profile_of(page, id) for id in actors if id in page.look.actors}


def profile_of(page: Context, actor: str, *, linked: bool = True) -> object:
    """The HTML of an actor's profile in this view. `linked`: with a link to the actor's own page."""
    return _profile(page, profile(page.view, actor, page.lang), linked)


def register(app: Dash) -> None:
    """The profiles of the actors that a visitor has opened: `{"query", "actors"}` -> element id -> HTML."""

    @app.callback(Output("profiles", "data"), Input("opened", "data"), prevent_initial_call=True)
    def open_profiles(opened: dict[str, object]) -> dict[str, object]:
        page = context(str(opened.get("query", "")))
        return {f"profile-{id}": html for id, html in profiles(page, tuple(opened["actors"])).items()}


def _profile(page: Context, shown: Profile, linked: bool) -> object:
    curve = strength_curve(shown.troops)
    strength = spark(curve, page._("Deployed strength over time"), page.lang) if len(curve) > 1 else None
    own = page.own_page("actor", shown.actor["id"]) if linked else ""
    filled = {"p": shown, "curve": strength, "drawn": _lineage(page, shown), "own": own}
    return render("profile.html", page, **filled)["profile"]


def _lineage(page: Context, shown: Profile) -> object:
    id = shown.actor["id"]
    title = page._("Lineage and stances of {actor} over time").format(actor=page.short(id))
    drawn = drawing(page, id)
    return render("lineage.html", page, d=drawn, actor=id, title=title)["lineage"] if drawn else ""
