"""What a person at a terminal sees while work goes on: a bar for what takes its time, a picture of the service."""
