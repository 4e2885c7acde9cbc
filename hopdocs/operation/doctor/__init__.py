"""A look at the machine: what a service needs of it, each thing really tried, and how to mend what is amiss."""
