"""Mail that comes back: answers to invitations, and bounces."""
