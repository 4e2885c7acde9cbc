"""What takes too long for each run: thousands of families for minutes, kills at random, a fault at each system call."""
