"""What was counted and measured: read from families' files, added up, held against each other. Pure.

`course` has one course's facts as a row that a cache and an export can hold; `gathering` reads it from a family's file.
Everything else is worked out from such rows, one or many, so that a report, a page, an export and another
municipality's figures all rest on the same.
"""
