"""How days, lists and short phrases are said in the languages of letters, beside Danish."""
