"""`python -m beautyfinder`."""

from beautyfinder.cli import main

main()
