"""The stages of one cycle, each doing one thing: scan, produce, place, convert. `hopdocs.cycle` runs them."""
