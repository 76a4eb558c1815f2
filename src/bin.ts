#!/usr/bin/env node
/**
 * The `fairlead` program. It imports nothing statically, so that a Node that is too old can still parse it and print
 * why it cannot run.
 */

// By default, these signals end Node, or open its debugger to anyone who can reach the port. The server needs none of
// them: it watches its files. They are ignored here rather than in the server, because a signal could arrive while the
// server's modules are being loaded.
if (process.argv[2] === "serve") {
  for (const signal of ["SIGHUP", "SIGUSR1", "SIGUSR2"]) process.on(signal, () => undefined);
}

/** `EXIT_CODES.unusable` of `exit-codes.ts`: an import would be loaded before the version of Node is checked. */
const UNUSABLE = 2;

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major < 22 || (major === 22 && minor < 19)) {
  console.error(`fairlead needs Node 22.19 or later, and this is ${process.versions.node}`);
  process.exitCode = UNUSABLE;
} else {
  const { main, reportBug } = await import("./program.ts");
  try {
    await main(process.argv.slice(2));
  } catch (error) {
    reportBug(error);
    // Node would exit with 1, which means findings.
    process.exitCode = UNUSABLE;
  }
}
