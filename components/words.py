"""The words of the panels as HTML: each block of a panel's template fills the element of that name.

Made by the server and put into the page by assets/words.js. A list of hundreds of links as Dash components
would keep a phone busy for seconds; as HTML it is there at once, and the plain pages use the same templates.
"""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from components.context import Context
from components.static import BUILD

TEMPLATES = Path(__file__).parent / "templates"
COMPILED = BUILD / "templates"
COMPILED.mkdir(parents=True, exist_ok=True)
ENV = Environment(
    loader=FileSystemLoader(TEMPLATES),
    bytecode_cache=FileSystemBytecodeCache(str(COMPILED)),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
    auto_reload=False,
)
ENV.globals.update(
    {name: macro for name, macro in vars(ENV.get_template("macros.html").module).items() if name[0] != "_"}
)

for _template in ENV.list_templates(extensions=["html"]):
    ENV.get_template(_template)  # before the workers are made, and before a read-only place could matter


def words(template: str, page: Context, **values: object) -> dict[str, str]:
    """Element id -> its HTML, for every block of the template (`filter_type` fills `#filter-type`)."""
    found = ENV.get_template(template)
    context = found.new_context({"page": page, "_": page._, **values})
    return {
        name.replace("_", "-"): Markup("".join(block(context)).strip())
        for name, block in found.blocks.items()
    }
