"""The window: Qt on top of everything else."""

from beautyfinder.gui.immortal import keep_singletons

keep_singletons()
