"""Tags: those that an attachment came with, and where all attachments stand behind the plan in its own."""
