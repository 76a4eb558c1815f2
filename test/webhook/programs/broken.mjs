/** Stands in for the program that judges: ends over each review, as a runtime without memory does. */
process.on("message", ({ type }) => {
  if (type === "review") process.abort();
});
