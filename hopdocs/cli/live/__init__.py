"""What a person at a terminal sees while work goes on."""
