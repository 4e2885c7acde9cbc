// Has a page that `hopdocs serve` shows read anew when its file is another. While nobody looks at the page it asks for
// nothing: a browser opens only six connections to one address.
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
}
