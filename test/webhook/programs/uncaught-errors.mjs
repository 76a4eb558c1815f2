// Loaded before the server: on a signal, causes an unhandled rejection or an uncaught exception, as a bug would.
process.on("SIGWINCH", () => void Promise.reject(new Error("nobody looks at this")));
process.on("SIGCONT", () => {
  throw new Error("nobody catches this");
});
