/** Replaces the worker program: never finishes a review. */
process.on("message", ({ type }) => {
  while (type === "review");
});
process.on("disconnect", () => process.exit());
