"""Catalogues in the window: the manager, building in the background, the list of known ones."""
