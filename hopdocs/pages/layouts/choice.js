// Shows what is one tovholder's, and the families in another order. The choice stands in the address, so that it can
// be kept as a bookmark. Without this script the page shows everything.
const form = document.getElementById("valg");
const list = document.getElementById("alle-familier");
const inOrder = [...list.rows];
const LAST = "\uffff"; // who has none comes last

function show() {
  const { value: person } = form.tovholder;
  const { value: order } = form.orden;
  for (const part of document.querySelectorAll("[data-tovholder]")) {
    part.hidden = person !== "" && part.dataset.tovholder !== person;
  }
  const key = (row) => row.dataset[order] || LAST;
  list.append(...(order ? [...inOrder].sort((one, other) => key(one).localeCompare(key(other), "da")) : inOrder));
  const shown = inOrder.filter((row) => !row.hidden).length;
  document.getElementById("antal").textContent = person ? `${person}: ${shown} af ${inOrder.length} familier` : "";
}

const kept = new URLSearchParams(location.hash.slice(1));
for (const field of [form.tovholder, form.orden]) {
  if ([...field.options].some((option) => option.value === kept.get(field.name))) field.value = kept.get(field.name);
}
form.addEventListener("change", () => {
  history.replaceState(null, "", `#${new URLSearchParams(new FormData(form))}`);
  show();
});
form.addEventListener("submit", (event) => event.preventDefault());
form.hidden = false;
show();
