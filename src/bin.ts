#!/usr/bin/env node
/** The `fairlead` command. Kept apart from the rest so that a Node that is too old can still read it, and say so. */

// Any of these ends a Node that says nothing else, or opens its debugger to whoever reaches the port. There is nothing for
// them to do: files are followed as they change. Said here, and not by the server: loading its modules takes long enough
// for a signal to come in between.
if (process.argv[2] === "serve") {
  for (const signal of ["SIGHUP", "SIGUSR1", "SIGUSR2"]) process.on(signal, () => undefined);
}

/** `EXIT.unusable` of `exit-codes.ts`: an import would be loaded before the version of Node is checked. */
const UNUSABLE = 2;

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major < 22 || (major === 22 && minor < 19)) {
  console.error(`fairlead needs Node 22.19 or later, and this is ${process.versions.node}`);
  process.exitCode = UNUSABLE;
} else {
  // A second run finds what the first one compiled; where nothing can be kept, nothing is.
  const { enableCompileCache } = await import("node:module");
  enableCompileCache();
  const { main } = await import("./cli.ts");
  try {
    await main(process.argv.slice(2));
  } catch (error) {
    // Node would end with 1, which says that something was found. The error may hold a text of somebody else's.
    const [{ inspect }, { logLines }] = await Promise.all([import("node:util"), import("./check/reports/visible.ts")]);
    console.error(logLines(inspect(error)));
    console.error("this is a bug in fairlead: please report it with the lines above");
    process.exitCode = UNUSABLE;
  }
}
