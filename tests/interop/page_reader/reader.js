const tell = (found) => parent.postMessage({ width: innerWidth, dark: matchMedia("(prefers-color-scheme: dark)").matches, ...found }, "*");
axe.run().then(
  ({ passes, violations }) => tell({
    passed: passes.length,
    violations: violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`)),
  }),
  (error) => tell({ passed: 0, violations: [String(error)] }),
);
