"""GigDesk: the back office of a freelancer, on their own machine."""

__version__ = "0.1.0"
