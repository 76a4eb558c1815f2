/** `node scripts/examples.ts [--check]`: renders examples/rendered from examples/sources, or checks that it is current. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { writeOrCheck } from "./generated.ts";
import { tools } from "./tools.ts";

const ROOT = join(import.meta.dirname, "..");
const SOURCES = "examples/sources";

const { helm, kubectl } = await tools();
const RENDERED = {
  "helm-shop.yaml": [helm, "template", "spring", `${SOURCES}/charts/shop`, "--namespace", "shop"],
  "helm-gateway.yaml": [helm, "template", "gateway", `${SOURCES}/charts/gateway`, "--namespace", "edge"],
  "kustomize-staging.yaml": [kubectl, "kustomize", `${SOURCES}/kustomize/overlays/staging`],
  "kustomize-production.yaml": [kubectl, "kustomize", `${SOURCES}/kustomize/overlays/production`],
} as const;

for (const [name, [program, ...args]] of Object.entries(RENDERED)) {
  const { stdout } = await promisify(execFile)(program, args, { cwd: ROOT });
  writeOrCheck(join(ROOT, "examples", "rendered", name), stdout);
}
