/** Stands in for the program that judges: hears of a review, and never comes to an end. */
process.on("message", ({ type }) => {
  while (type === "review");
});
process.on("disconnect", () => process.exit());
