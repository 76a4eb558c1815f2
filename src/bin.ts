#!/usr/bin/env node
/** The `fairlead` command. Kept apart from the rest so that a Node that is too old can still read it, and say so. */
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major < 22 || (major === 22 && minor < 19)) {
  console.error(`fairlead needs Node 22.19 or later, and this is ${process.versions.node}`);
  process.exitCode = 2;
} else {
  // A second run finds what the first one compiled; where nothing can be kept, nothing is.
  const { enableCompileCache } = await import("node:module");
  enableCompileCache();
  const { main } = await import("./cli.ts");
  try {
    await main(process.argv.slice(2));
  } catch (error) {
    // Node would end with 1, which says that something was found.
    console.error(error);
    console.error("this is a bug in fairlead: please report it with the lines above");
    process.exitCode = 2;
  }
}
