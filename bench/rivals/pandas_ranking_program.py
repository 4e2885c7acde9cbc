"""The ranking of `hopdocs candidates` as one writes it in pandas: read_csv, groupby, merge. Stands alone.

    pandas_ranking_program.py COSTS.csv CONTACTS.csv TOP

Prints the households with their cost in øre, dearest first.
"""

import sys
from typing import Any

import pandas as pd

costs_path, contacts_path, top = sys.argv[1:]
WORDS = {
    "Anbragte": "anbring|plejefamilie",
    "Specialundervisning": "specialunder",
    "Familiebehandling": "familiebehandling",
    "Overførselsindkomst": "kontanthjælp|ressourceforløb",
    "Længerevarende sygdom": "sygedagpenge",
}

texts: dict[str, Any] = {
    "Husstandsnr.": str,
    "CPR-nr": str,
    "Fagområde": "category",
    "Ydelse": "category",
    "Enhed": "category",
}
costs = pd.read_csv(costs_path, sep=";", decimal=",", dtype=texts)
costs["Bogføringsdato"] = pd.to_datetime(costs["Bogføringsdato"], format="%d-%m-%Y")
costs["CPR-nr"] = costs["CPR-nr"].str.replace("-", "", regex=False)
spent = costs.groupby("Husstandsnr.").agg({"Beløb": "sum", "CPR-nr": "nunique", "Bogføringsdato": ["min", "max"]})
spent.columns = pd.Index(["cost", "people", "first", "last"])
areas = costs[["Husstandsnr.", "Fagområde"]].drop_duplicates()
kinds = costs[["Husstandsnr.", "Ydelse"]].drop_duplicates()
for name, pattern in WORDS.items():
    having = kinds[kinds["Ydelse"].str.contains(pattern, case=False)]["Husstandsnr."]
    spent[name] = spent.index.isin(having)
homes = costs[["CPR-nr", "Husstandsnr."]].drop_duplicates("CPR-nr", keep="last")

contacts = pd.read_csv(contacts_path, sep=";", dtype=texts)
contacts["Dato"] = pd.to_datetime(contacts["Dato"], format="%Y-%m-%d")
contacts["CPR-nr"] = contacts["CPR-nr"].str.replace("-", "", regex=False)
met = contacts.merge(homes, on="CPR-nr", how="left").groupby("Husstandsnr.")["Enhed"].agg(["nunique", "size"])

every = spent.merge(met, left_index=True, right_index=True, how="left")
has_children = areas[areas["Fagområde"] == "BF"]["Husstandsnr."]
others = areas[areas["Fagområde"] != "BF"].groupby("Husstandsnr.").size()
within = every[every.index.isin(has_children) & (others.reindex(every.index).fillna(0) >= 1)]
ranked = within.sort_values(["cost", "nunique"], ascending=False).head(int(top))
for household, cost in ranked["cost"].items():
    sys.stdout.write(f"{household} {round(float(cost) * 100)}\n")
