"""What is one colleague's in all families: her page, and once a week a mail where she asks for one."""
