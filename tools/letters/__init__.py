"""Builds the Word templates that hopdocs ships: `python -m tools.letters` writes `templates/*.docx`.

The templates belong to their owner, who edits them in Word. What is kept here is how they began: one look, one place
for each sentence, and a package with nothing in it but what the letters use.
"""
