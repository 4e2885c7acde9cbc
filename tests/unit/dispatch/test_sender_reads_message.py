"""A library that municipalities send Digital Post with has a place for everything in our messages.

python-serviceplatformen takes no Python newer than 3.12; on those that it does not take this is not tried.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from tests.unit.dispatch.memo_classes import read_into
from tests.unit.dispatch.office import READY, read_message

if sys.version_info >= (3, 13):
    pytest.skip("python-serviceplatformen takes no Python this new", allow_module_level=True)

from python_serviceplatformen.models.message import Message
from python_serviceplatformen.models.xml_util import dataclass_to_xml_string

if TYPE_CHECKING:
    from tests.unit.dispatch.office import Office


def test_every_message_is_the_same_again_out_of_the_senders_own_classes(office: Office) -> None:
    office.configure('survey: {url: "https://survey.example/a?b=1&c=2"}')
    office.know_numbers()
    office.dispatch()
    paths = list((office.root / READY).rglob("besked.xml"))
    assert len(paths) == 4
    for path in paths:
        again = dataclass_to_xml_string(read_into(Message, read_message(path)))
        ours = path.read_text("utf-8")
        assert ET.canonicalize(again, rewrite_prefixes=True) == ET.canonicalize(ours, rewrite_prefixes=True)


def test_what_the_classes_have_no_place_for_is_seen(office: Office) -> None:
    office.know_numbers()
    office.dispatch()
    message = office.message("nadira")
    message.append(message[0])
    with pytest.raises(ValueError, match=r"no place for .*MessageHeader in Message"):
        read_into(Message, message)
