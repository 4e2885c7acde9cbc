// Has a page that `hopdocs serve` shows read anew when its file is another. While nobody looks at the page it asks for
// nothing: a browser opens only six connections to one address. A paper is shown by a browser that can: one that saves
// PDFs instead would save another copy at each look.
{
  const { shown, follow } = document.currentScript.dataset;
  const lost = document.getElementById("mistet");
  let events = null;

  const look = () => {
    if (document.hidden) {
      events?.close();
      events = null;
    } else if (events === null) {
      events = new EventSource(`${location.pathname}?${follow}`);
      events.onopen = () => { lost.hidden = true; };
      events.onerror = () => { lost.hidden = false; };
      events.onmessage = ({ data }) => { if (data !== shown) location.reload(); };
    }
  };
  document.addEventListener("visibilitychange", look);
  look();

  const paper = document.getElementById("papir");
  if (paper !== null && navigator.pdfViewerEnabled !== false) {
    paper.src = paper.dataset.src;
    paper.hidden = false;
  }
}
