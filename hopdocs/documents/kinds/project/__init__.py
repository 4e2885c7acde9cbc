"""The papers of the project itself: agendas and minutes of those who steer it, develop it and learn from it."""
