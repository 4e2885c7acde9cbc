const tell = (found) => parent.postMessage({ width: innerWidth, dark: matchMedia("(prefers-color-scheme: dark)").matches, ...found }, "*");
const cut = [document.scrollingElement, ...document.querySelectorAll(".scroll")]
  .filter((part) => part.scrollWidth > part.clientWidth)
  .map((part) => part.getAttribute("aria-labelledby") ?? part.tagName);
axe.run().then(
  ({ passes, violations }) => tell({
    cut,
    passed: passes.length,
    violations: violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`)),
  }),
  (error) => tell({ cut, passed: 0, violations: [String(error)] }),
);
