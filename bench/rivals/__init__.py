"""What hopdocs is compared with, each in an environment of its own, and the small programs that drive them."""
