"""How much work a large template is; counted, so that it is the same on a busy machine."""

from __future__ import annotations

import random
import zlib
from typing import Any

import pytest

from hopdocs.rendering.template import compile_template_bytes
from tests.golden.docxtpl.word_markup import Word, p, picture, row, table
from tests.unit.rendering.words import members_of, render_with_docxtpl, text_of, with_members
from tests.work import Calls

TWICE_AND_A_LITTLE = 2.3


def paragraphs(count: int) -> bytes:
    return Word("".join(p(f"Linje {number} ", "{{ name }}") for number in range(count))).pack()


def one_table(count: int) -> bytes:
    return Word(table(*(row(f"{number}", "{{ name }}") for number in range(count)), columns=2) + p("")).pack()


def paragraphs_with_blocks(count: int) -> bytes:
    return Word(
        "".join(p("{%p if name %}") + p(f"Linje {number}") + p("{%p endif %}") for number in range(count))
    ).pack()


def calls_of_compiling(data: bytes) -> int:
    with Calls() as calls:
        compile_template_bytes(data, "brev.docx")
    return calls.count


@pytest.mark.parametrize("template", [paragraphs, one_table, paragraphs_with_blocks])
def test_twice_the_template_is_twice_the_work(template: Any) -> None:
    compile_template_bytes(template(10), "brev.docx")
    small, large = template(1000), template(2000)
    assert calls_of_compiling(large) <= TWICE_AND_A_LITTLE * calls_of_compiling(small)


def test_eight_thousand_paragraphs_are_twice_the_work_of_four_thousand() -> None:
    small, large = (Word("".join(p(f"Linje {n}") for n in range(count))).pack() for count in (4000, 8000))
    compile_template_bytes(paragraphs(10), "brev.docx")
    assert calls_of_compiling(large) <= TWICE_AND_A_LITTLE * calls_of_compiling(small)


class PackedBytes:
    """How many bytes were packed, by anybody who packs with zlib."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.sizes: list[int] = []
        original = zlib.compressobj
        note = self.sizes.append

        class Noting:
            def __init__(self, level: int = -1, *rest: Any, **more: Any) -> None:
                self._inner = original(level, *rest, **more)
                self._level = level

            def compress(self, data: bytes) -> bytes:
                if self._level:
                    note(len(data))
                return self._inner.compress(data)

            def flush(self, *mode: int) -> bytes:
                return self._inner.flush(*mode)

        monkeypatch.setattr(zlib, "compressobj", Noting)


def with_big_picture() -> bytes:
    """Half a megabyte that does not get smaller, where others embed their fonts."""
    data = Word(p("Hej {{ name }}"), media={"rId50": picture()}).pack()
    name = next(name for name in members_of(data) if "media" in name)
    return with_members(data, {name: random.Random(1).randbytes(500_000)})  # noqa: S311 - no secret


def test_a_large_part_is_packed_once_when_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    data = with_big_picture()
    packed = PackedBytes(monkeypatch)
    template = compile_template_bytes(data, "brev.docx")
    assert sum(size >= 500_000 for size in packed.sizes) == 1
    assert "Ada" in text_of(template.render({"name": "Ada"}))
    assert sum(size >= 500_000 for size in packed.sizes) == 1


def test_a_large_part_of_a_mended_file_is_packed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    data = with_big_picture()
    document = members_of(data)["word/document.xml"].decode().replace("UTF-8", "UTF-16").encode("utf-16")
    data = with_members(data, {"word/document.xml": document})
    packed = PackedBytes(monkeypatch)
    template = compile_template_bytes(data, "brev.docx")
    assert sum(size >= 500_000 for size in packed.sizes) == 1
    assert text_of(template.render({"name": "Ada"})) == "Hej Ada"


def test_what_stands_around_the_body_is_kept() -> None:
    background = '<w:background w:color="FFEEDD"/>'
    data = Word(p("Hej {{ name }}")).pack()
    document = members_of(data)["word/document.xml"].replace(b"<w:body>", background.encode() + b"<w:body>")
    data = with_members(data, {"word/document.xml": document})
    made = compile_template_bytes(data, "brev.docx").render({"name": "Ada"})
    assert background.encode() in members_of(made)["word/document.xml"]
    ours, theirs = (
        members_of(item)["word/document.xml"] for item in (made, render_with_docxtpl(data, {"name": "Ada"}))
    )
    assert ours == theirs
