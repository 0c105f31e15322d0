"""How a visitor works each of the three pages: the same acts, each with the page's own controls."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Literal

from playwright.sync_api import Locator, Page

WIDE = ("2012-01-01", "2014-12-31")
"""The days of the whole record."""


@dataclass(frozen=True)
class Act:
    """A filter. `value`: an id, or a day; `label`: what a visitor reads; `before`: the day it replaces."""

    kind: Literal["actor", "type", "from", "to"]
    value: str
    label: str = ""
    before: str = ""


class App(ABC):
    """A page that a visitor filters; `name` is that of the server."""

    name = ""

    def do(self, page: Page, act: Act) -> None:
        if act.before:
            self.day(page, act.kind, act.value)
        else:
            self.choose(page, act)

    def undo(self, page: Page, act: Act) -> None:
        if act.before:
            self.day(page, act.kind, act.before)
        else:
            self.drop(page, act)

    @abstractmethod
    def day(self, page: Page, which: str, day: str) -> None:
        """Give another day to "from" or "to"."""

    @abstractmethod
    def choose(self, page: Page, act: Act) -> None:
        """Filter by an actor or a type."""

    @abstractmethod
    def drop(self, page: Page, act: Act) -> None:
        """Take that filter off again."""


class Listed(App):
    """A page whose filters are boxes with a list that follows what is typed."""

    @abstractmethod
    def box(self, page: Page, act: Act) -> Locator:
        """The box of the act's kind."""

    def choose(self, page: Page, act: Act) -> None:
        box = self.box(page, act)
        box.click()
        box.press_sequentially(act.label)
        page.wait_for_timeout(400)  # until the list shows what was typed; the clock starts with Enter
        box.press("Enter")


class Serval(App):
    name = "Serval"

    def day(self, page: Page, which: str, day: str) -> None:
        _typed(page.locator(f"#filter-{which}"), day)

    def choose(self, page: Page, act: Act) -> None:
        page.locator(f"#choice-{act.kind}-{act.value}").click()

    drop = choose


class Streamlit(Listed):
    name = "Streamlit"

    def box(self, page: Page, act: Act) -> Locator:
        return page.get_by_test_id("stMultiSelect").nth(int(act.kind == "type")).locator("input")

    def day(self, page: Page, which: str, day: str) -> None:
        """A date is typed in its three parts and counts when the keyboard leaves the field and its button."""
        parts = page.get_by_test_id("stDateInput").nth(int(which == "to")).get_by_role("spinbutton")
        for i, part in enumerate(day.split("-")):
            parts.nth(i).focus()
            parts.nth(i).press_sequentially(part)
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")

    def drop(self, page: Page, act: Act) -> None:
        box = self.box(page, act)
        box.focus()
        for _ in range(3):  # it takes no notice while it is still at work on the last answer
            box.press("Backspace")
            page.wait_for_timeout(300)
        box.press("Escape")


class Panel(Listed):
    name = "Panel"

    def box(self, page: Page, act: Act) -> Locator:
        return page.locator("input.choices__input").nth(int(act.kind == "type"))

    def day(self, page: Page, which: str, day: str) -> None:
        _typed(page.locator("input.bk-input[type=text]").nth(int(which == "to")), day)

    def drop(self, page: Page, act: Act) -> None:
        box = self.box(page, act)
        box.focus()
        box.press("Backspace")
        box.press("Escape")


def _typed(field: Locator, text: str) -> None:
    field.fill(text)
    field.press("Enter")


APPS = (Serval(), Streamlit(), Panel())
