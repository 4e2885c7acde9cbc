"""`python -m hopdocs` is `hopdocs`."""

from hopdocs.cli import main

main()
