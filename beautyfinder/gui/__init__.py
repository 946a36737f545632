"""The window: Qt on top of everything else."""
