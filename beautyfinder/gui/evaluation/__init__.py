"""Tools › Evaluate: methods measured on labelled photos, in a child process."""
