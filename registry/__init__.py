"""Training-dataset provenance and disclosure registry."""

__version__ = "0.1.0"
