"""Somebody who lives nowhere in the service comes in: new, or known from before."""
