"""Rules about who takes part: the target group, the team, its tovholder, the children, interpreters."""
