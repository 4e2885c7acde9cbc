"""The information letter in English: to the adults of a family, and to a young person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.letters.english.frame import farewell, greeting, law_box, letter, opening, tovholder_box
from tools.letters.frame import section
from tools.letters.wordml import bullets, each, paragraph, steps, title

if TYPE_CHECKING:
    from tools.letters.package import Letter

NAME = "Information letter"

_INTERPRETER = (
    "{% if recipient.interpreter_language %}We book an interpreter who speaks {{ recipient.interpreter_language }}. "
    "{% else %}If you need an interpreter, we will book one. {% endif %}"
)


def informationsbrev() -> Letter:
    """For the adults of a family."""
    return letter(
        NAME,
        opening(title("Would you like one plan for your whole family?")),
        greeting(),
        paragraph(
            "You get help from several parts of the municipality. We would like to make this easier for you, with one "
            "plan that brings it all together. You choose if you want to take part."
        ),
        tovholder_box(),
        section(
            "What is a plan for the whole family?",
            paragraph(
                "It is one plan for all of you (“⟦en helhedsorienteret plan⟧”). It says what you want to achieve, and "
                "who does what. You get one fixed person to call. We call this person your “⟦tovholder⟧”. Everybody "
                "who helps you meets with you around the same table."
            ),
        ),
        section(
            "Who is it for?",
            paragraph(
                "The plan is for families who are in contact with several parts of the municipality at the same time. "
                "It can be about school, work and health, for example. Only those who help you take part. They may "
                "come from:"
            ),
            each("area in areas", bullets("{{ area.name }}")),
        ),
        section(
            "What can you get out of it?",
            bullets(
                "You do not have to tell everything again to each new person.",
                "You know whom you can call.",
                "The people who help you know what the others do.",
                "Your own goals come first in the plan.",
            ),
        ),
        section(
            "What happens, step by step?",
            steps(
                "**We talk together.** You can ask about anything, and you do not have to answer at once.",
                "**You say yes or no.** If you say yes, each adult signs a consent form.",
                "**You get a tovholder**, and we gather a small team around you.",
                "**The team prepares.** The professionals meet briefly and gather what they may share.",
                "**We make the plan together with you.** At that meeting you also help to choose your tovholder.",
                "**We follow up.** We meet about every {{ follow_up_weeks }} weeks. If you need it, it can be more "
                "often or less often.",
            ),
        ),
        section(
            "Who takes part, and who decides?",
            paragraph(
                "You decide what is important to you, and we listen to you first. The plan brings the help together, "
                "but each area still decides itself what help you get, and tells you."
            ),
        ),
        section(
            "What about the children?",
            paragraph(
                "Children must be heard about what concerns them, and we find the best way with you. Some children "
                "take part in some of a meeting. Others tell us at home, at school or with a drawing. A child may "
                "bring an adult whom it trusts. Young people of 15 and over get a letter of their own."
            ),
        ),
        section(
            "Do you have to take part?",
            paragraph(
                "No, it is voluntary. You can say no, or say yes now and stop later. You can still apply for help just "
                "as before."
            ),
        ),
        section(
            "What information do we share?",
            paragraph(
                "You choose which areas may talk together about you, and you can always change your choice. We only "
                "share what the plan needs. In a few cases the law says that the municipality may share something "
                "without your yes. Please ask us about it."
            ),
        ),
        section(
            "Can you have an interpreter or bring somebody?",
            paragraph(
                f"Yes. {_INTERPRETER}Your children should not interpret. You may also bring a friend or somebody else "
                "to support you."
            ),
        ),
        section("Would you like to hear more?", *_slip("us", "We")),
        farewell(),
        law_box(),
    )


def informationsbrev_ung() -> Letter:
    """For a young person of fifteen or more."""
    return letter(
        NAME,
        opening(title("Would you like to help make a plan?")),
        greeting("Hi {{ recipient.first_name }}"),
        paragraph(
            "Your family gets help from several parts of the municipality. We offer you all one plan that brings it "
            "together. You are old enough to get a letter of your own, because the plan is about you too."
        ),
        tovholder_box(),
        section(
            "What is it about?",
            bullets(
                "There is one plan instead of many.",
                "There is one person whom you can write to or call. In Danish this person is called a “⟦tovholder⟧”.",
                "We hold meetings where you can say yourself what you want.",
            ),
        ),
        section(
            "What can you decide?",
            paragraph(
                "You decide yourself if you want to tell us something. You can take part in the whole meeting or some "
                "of it. You can also tell somebody whom you feel safe with, before the meeting. If you are 16 or over, "
                "you say yes or no yourself to us sharing information about you."
            ),
        ),
        section(
            "Who decides about the help?",
            paragraph(
                "The plan shows who does what. But it does not decide what help is given. Each area of the "
                "municipality decides that itself. The areas that can take part are:"
            ),
            each("area in areas", bullets("{{ area.name }}")),
        ),
        section(
            "What happens?",
            steps(
                "We tell you and your family about it.",
                "You each say yes or no.",
                "We meet and make the plan.",
                "We look together at how it is going, about every {{ follow_up_weeks }} weeks.",
            ),
        ),
        section(
            "Do you have to take part?",
            paragraph(
                "You decide that yourself. You may say no. You can also say yes and change your mind later. You can "
                "still apply for help in other ways."
            ),
        ),
        section(
            "Who gets to know what you say?",
            paragraph(
                "You can ask us before you tell us something. We tell you who needs to know it, and why. If we are "
                "afraid that you are not doing well, we must help. Then we tell you first, if we can."
            ),
        ),
        section(
            "Can you bring somebody?",
            paragraph(
                "Yes. You may bring somebody who is 15 or over to support you. It can be a friend, a coach or another "
                "person whom you trust.{% if recipient.interpreter_language %} We also book an interpreter who speaks "
                "{{ recipient.interpreter_language }}.{% endif %}"
            ),
        ),
        section("Would you like to hear more?", *_slip("me", "I")),
        farewell(),
        law_box(),
    )


def _slip(whom: str, we: str) -> tuple[str, ...]:
    """There is one slip to tick, in the Danish letter: two could say different things."""
    return (
        paragraph(
            "Then call or write to {{ tovholder.name }}. You can also tick a box on the last page of the Danish "
            "letter. Write your name (⟦navn⟧) and phone number (⟦telefon⟧), and give it back. The boxes say:",
            keep_next=True,
        ),
        bullets(f"Please call {whom}.", f"{we} would like to meet and hear more.", "No thank you, not right now."),
    )
