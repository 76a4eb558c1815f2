/**
 * `node scripts/fill-compiled.ts`: keeps the compiled code of a server that has become ready beside the bundle in `dist`, for
 * an image, in which nothing can be written. It is used by the same version of Node on the same architecture only.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

const DIST = join(import.meta.dirname, "../dist");
const COMPILED = join(DIST, "compiled");

const server = spawn(
  process.execPath,
  [join(DIST, "cli.js"), "serve", "--port", "0", "--health-port", "0", "--host", "127.0.0.1", "--policy", "baseline"],
  { env: { ...process.env, NODE_COMPILE_CACHE: COMPILED }, stdio: ["ignore", "pipe", "inherit"] },
);
const ended = once(server, "exit");
for await (const line of createInterface(server.stdout)) {
  if (line.includes('"msg":"ready"')) server.kill();
}
await ended;
for (const name of readdirSync(COMPILED)) {
  const path = join(COMPILED, name);
  // Whoever runs the image reads them. Node's own cache, in a folder, is for the same user only.
  if (name.endsWith(".bin")) chmodSync(path, 0o644);
  else rmSync(path, { recursive: true });
}
chmodSync(COMPILED, 0o755);
