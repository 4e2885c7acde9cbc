"""Lets the command line library speak the person's language: its words go through gettext, ours do not."""

from __future__ import annotations

import gettext
import os
from pathlib import Path

from hopdocs.catalogue import choose_language

LOCALE = Path(__file__).with_name("locale")


def choose_click_language() -> None:
    """Points gettext to our translation; must come before click's words are asked for.

    gettext reads the language from the environment alone, where `LANGUAGE` outranks the locale.
    """
    os.environ["LANGUAGE"] = choose_language()
    gettext.bindtextdomain("messages", LOCALE)
