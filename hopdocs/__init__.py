"""hopdocs: document automation and meeting notices for helhedsorienterede planer (HOP)."""

__version__ = "0.1.0"
