"""What is known of a family beside its goals: what goes well, each area's assessment, the people around it."""
