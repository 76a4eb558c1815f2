import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The example reviews to post: one leaves fields open, one is full of mistakes. */
const EXAMPLES = { "/mutate": "create-web.json", "/validate": "create-broken.json" } as const;

/** A file that is removed when the server stops. */
export interface TemporaryFile {
  readonly path: string;
  remove(): void;
}

/** Writes the CA to a temporary folder, so that a client can verify the certificate. */
export function writeTemporaryCA(pem: string): TemporaryFile {
  const folder = mkdtempSync(join(tmpdir(), "fairlead-"));
  const path = join(folder, "ca.crt");
  writeFileSync(path, pem);
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  process.once("exit", remove);
  return { path, remove };
}

/** The commands to try once the server listens. */
export function tryItText(port: number, healthPort: number, caFile: string): string {
  const post = (path: keyof typeof EXAMPLES): string =>
    `  curl -sS -w '\\n' --cacert ${caFile} -H 'Content-Type: application/json' \\\n` +
    `    --data-binary @examples/reviews/${EXAMPLES[path]} https://localhost:${port}${path}\n`;
  return [
    "",
    `Fairlead serves /mutate and /validate on https://localhost:${port}, with a certificate made on the spot.`,
    `Its CA is in ${caFile}. Post a review to it, from the root of the clone:`,
    "",
    post("/mutate"),
    post("/validate"),
    `Health and metrics: http://localhost:${healthPort}/healthz, /readyz, /metrics. Ctrl-C ends it.`,
    "",
  ].join("\n");
}
