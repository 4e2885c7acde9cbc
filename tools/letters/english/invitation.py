"""The invitation in English; the same letter tells that the meeting is moved or cancelled.

What the tovholder and the family wrote stands as they wrote it, and the letter says in which language that is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.letters.english.frame import TOVHOLDER, farewell, greeting, letter, opening, tovholder_box
from tools.letters.frame import of_children, section, section_when
from tools.letters.invitation import attendees
from tools.letters.wordml import box, bullets, each, paragraph, steps_each, title, when

if TYPE_CHECKING:
    from tools.letters.package import Letter

NAME = "Invitation to a meeting"

_NAMED = (
    "{% if meeting.type == 'familieplansmøde' %}a family plan meeting"
    "{% elif meeting.type == 'opfølgningsmøde' %}a follow-up meeting"
    "{% elif meeting.type == 'afslutningsmøde' %}a closing meeting"
    "{% elif meeting.type == 'interview' %}a conversation{% else %}a meeting{% endif %}"
)


def invitation() -> Letter:
    """To an adult of the family."""
    return _invitation("your plan", greeting(), _children())


def invitation_ung() -> Letter:
    """To a young person of the family."""
    return _invitation("your family’s plan", greeting("Hi {{ recipient.first_name }}"), _own_part())


def _invitation(plan: str, hello: str, children: str) -> Letter:
    return letter(
        NAME,
        opening(_headline()),
        hello,
        when("cancelled", _cancelled(), otherwise=[_invited(plan, children)]),
        farewell(keep_next=True),
        when("enclosures", paragraph("Enclosed: {{ enclosures|liste }}.", "Smaatekst")),
    )


def _headline() -> str:
    return title(
        "{% if cancelled %}The meeting on {{ meeting.date|dato }} is cancelled"
        "{% elif moved %}Your meeting has a new time"
        f"{{% else %}}You are invited to {_NAMED}{{% endif %}}"
    )


def _cancelled() -> str:
    return "".join((
        paragraph(
            f"We were going to meet for {_NAMED} on {{{{ meeting.date|lang_dato }}}}, "
            "{{ meeting.start|tidsrum(meeting.end) }}. This meeting will not take place. So you do not need to come "
            "that day."
        ),
        when("reason", paragraph("This is the reason: {{ reason|saetning }}")),
        _message(),
        section(
            "What happens now?",
            paragraph(
                "If we need to find another day, you will get a new letter. If you have questions, please call or "
                f"write to your {TOVHOLDER}."
            ),
            tovholder_box(keep_next=True),
        ),
    ))  # fmt: skip


def _message() -> str:
    return when(
        "message",
        paragraph("**{{ tovholder.name }} has written this in Danish:**", keep_next=True),
        paragraph("⟦{{ message }}⟧"),
    )


def _invited(plan: str, children: str) -> str:
    return "".join((
        when(
            "moved",
            paragraph(
                "The meeting was going to be on {{ moved.from_|dato_og_tid }}. It has been moved to the time below."
                "{% if moved.reason %} The reason is: {{ moved.reason|saetning }}{% endif %}"
            ),
            otherwise=[_purpose(plan)],
        ),
        _message(),
        _time_and_place(),
        section(
            "Who will come?",
            attendees(("Name", "What does the person do?", "Area"), "Guest", "Who will come to the meeting"),
            when("family", paragraph("From your family, {{ family|liste }} will come too.", "EfterTabel")),
        ),
        _topics(),
        children,
        section(
            "What can you do before the meeting?",
            paragraph("Please think about three things. You may also write down the answers.", keep_next=True),
            when(
                "meeting.type == 'afslutningsmøde'",
                bullets("What has become better?", "What is still hard?", "What should go on afterwards?"),
                otherwise=[
                    bullets(
                        "What goes well right now?",
                        "What is hard?",
                        "What should be different in half a year?",
                    )
                ],
            ),
        ),
        section_when(
            "interpreter or recipient.interpreter_language",
            "Will there be an interpreter?",
            paragraph(
                "{% if interpreter and interpreter.is_booked %}Yes. We have booked an interpreter who speaks "
                "{{ interpreter.language }}.{% elif interpreter %}Yes. We will find an interpreter who speaks "
                "{{ interpreter.language }}.{% else %}Yes. We will find an interpreter who speaks "
                "{{ recipient.interpreter_language }}.{% endif %} The interpreter must keep what you say secret."
            ),
        ),
        section(
            "May you bring somebody?",
            paragraph(
                "Yes. You are welcome to bring somebody to support you, for example a friend or a relative. Please "
                "tell us before the meeting."
            ),
        ),
        section(
            "Can you not come?",
            paragraph("Call or write to us as early as you can. Then we will find a solution.", keep_next=True),
            tovholder_box(keep_next=True),
        ),
    ))  # fmt: skip


def _children() -> str:
    return section_when(
        "children",
        f"What about {of_children('the children')}?",
        paragraph("This is what we have thought. What stands between » and « is in Danish.", keep_next=True),
        each(
            "child in children",
            bullets(
                "**{% if child.is_reader %}You{% else %}{{ child.first_name }}{% endif %}** "
                "{% if child.attends %}{% if child.is_reader %}take part{% else %}takes part{% endif %}"
                "{% if child.part %} »⟦{{ child.part|lille }}⟧«{% endif %}"
                "{% elif child.is_reader %}do not take part{% else %}does not take part{% endif %}."
                "{% if child.reason %} »⟦{{ child.reason|saetning }}⟧«{% endif %}",
                keep_next=True,
            ),
        ),
        paragraph("Please tell us if you see it differently."),
    )


def _own_part() -> str:
    return each(
        "child in children",
        section_when(
            "child.is_reader",
            "Do you take part in the whole meeting?",
            paragraph(
                "{% if child.attends and child.part %}We suggest that you take part in some of it "
                "(in Danish: »⟦{{ child.part|lille }}⟧«)."
                "{% elif child.attends %}Yes, we think so.{% else %}We suggest that you do not take part this time."
                "{% endif %}{% if child.reason %} This is what we have written about the reason, in Danish: "
                "»⟦{{ child.reason|saetning }}⟧«{% endif %} Please tell us if you see it differently."
            ),
        ),
    )


def _purpose(plan: str) -> str:
    return "".join((
        when(
            "meeting.type == 'familieplansmøde'",
            paragraph(
                f"Now we will make {plan} together. You tell us what is important. Then we agree on who does what."
            ),
        ),
        when(
            "meeting.type == 'opfølgningsmøde'",
            paragraph(
                f"We will look at {plan} again. How is it going? Is there anything that we should change? You tell us "
                "first."
            ),
        ),
        when(
            "meeting.type == 'afslutningsmøde'",
            paragraph(
                f"Now {plan} is coming to its end. We look at what has happened, and at what should go on."
            ),
        ),
        when(
            "meeting.type == 'interview'",
            paragraph(
                "We would like to hear how the help works for you. It is voluntary to answer, and no answer is wrong."
            ),
        ),
    ))  # fmt: skip


def _time_and_place() -> str:
    return box(
        paragraph("When and where?", "Bokshoved"),
        paragraph("**{{ meeting.date|lang_dato|stort }}** (week {{ meeting.date|uge }})", "Bokstekst"),
        paragraph(
            "**{{ meeting.start|tidsrum(meeting.end) }}**{% if meeting.minutes >= 90 %}, with a break{% endif %}",
            "Bokstekst",
        ),
        paragraph("{{ meeting.place }}", "Bokstekst"),
        when("meeting.directions", paragraph("{{ meeting.directions }}", "Bokstekst")),
        description="Time and place of the meeting",
    )


def _topics() -> str:
    return section_when(
        "family_points or agenda",
        "What will we talk about?",
        when(
            "family_points",
            paragraph("The family has asked to talk about this (as it was written down):", keep_next=True),
            each("item in family_points", bullets("⟦{{ item }}⟧")),
        ),
        when(
            "agenda",
            paragraph(
                "{% if family_points %}The rest of the meeting looks like this:{% else %}The meeting looks like this:"
                "{% endif %}",
                keep_next=True,
            ),
            steps_each("item in agenda", "{{ item.point }}"),
        ),
        paragraph("Would you like to talk about something else? Please tell us, also at the meeting."),
    )
