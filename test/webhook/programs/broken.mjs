/** Replaces the worker program: aborts on every review, as Node does when it runs out of memory. */
process.on("message", ({ type }) => {
  if (type === "review") process.abort();
});
