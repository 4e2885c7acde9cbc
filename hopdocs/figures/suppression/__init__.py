"""Tables that may leave the municipality: no small group in them, and none that can be worked out from the others.

`tables` has what is published, `bounds` what somebody could work out from it, `protection` what must be hidden so that
nobody can.
"""
