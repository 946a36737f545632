"""BeautyFinder: which product of a catalogue does this photo show?"""

__version__ = "0.1.0"
