"""What a course asks of those who run it, from the first enquiry on."""
