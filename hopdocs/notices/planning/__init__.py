"""Who should hold which notice: pure planners of invitations, revisions and reminders."""
