"""Who is told what about meetings, once: from wanted state to mail.

`invitations` asks a family's data what everybody's calendar should show (`wanted`); `revisions` compares that with
what the ledger knows and plans the difference; `message` and `calendar` make the bytes; `ledger` keeps them; `outbox`
says why each still waits; `delivery` sends through `transport`; `answers` reads what comes back.
"""
