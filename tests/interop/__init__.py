"""hopdocs beside programs that others wrote: a real Postfix, calendars in another language, rules written anew."""
