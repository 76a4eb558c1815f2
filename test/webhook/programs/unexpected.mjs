// Loaded before the server: fails in it, as a bug would, when it is told to.
process.on("SIGWINCH", () => void Promise.reject(new Error("nobody looks at this")));
process.on("SIGCONT", () => {
  throw new Error("nobody catches this");
});
