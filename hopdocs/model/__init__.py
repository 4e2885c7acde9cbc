"""The domain as typed, frozen values: what a family, a meeting, a plan is. No disk, no clock, no network."""
