import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import type { CertificateFiles } from "../certificate-files.ts";
import type { Cores } from "../cores.ts";
import { type Contender, startContender } from "./contender.ts";
import { VALIDATIONS } from "../validations.ts";
import { IMAGE_FLAGS } from "./image-flags.ts";

/** A kind of server that is measured. */
export interface Server {
  readonly name: string;
  readonly start: () => Promise<Contender>;
  /** The last part of the paths, if a server has one, such as a token. */
  readonly suffix?: string;
  /** Whether the aims are about it. */
  readonly hasAims: boolean;
}

export const BARE = "bare node:https";

const CLI = join(import.meta.dirname, "../../dist/cli.js");

/** A policy of its own for each team, and some for all: as many as have something to say about the measured Service. */
const POLICIES = 50;
const FOR_ALL = 5;

/** What `fairlead serve` is called with; it listens on free ports, with this certificate. */
export function serveArguments(files: CertificateFiles, flags: readonly string[] = []): readonly string[] {
  const ports = ["--port", "0", "--health-port", "0", "--host", "127.0.0.1"];
  return [...IMAGE_FLAGS, CLI, "serve", ...ports, "--tls-cert", files.certificate, "--tls-key", files.key, ...flags];
}

/** The servers that need nothing but this machine, the one that the others are compared with first. */
export function serversOf(files: CertificateFiles, { server: core }: Cores): readonly Server[] {
  const program = (name: string) => [join(import.meta.dirname, name), files.certificate, files.key];
  const fairlead = (flags: readonly string[] = []) => serveArguments(files, flags);
  const one = (name: string, args: readonly string[], hasAims: boolean): Server => ({
    name,
    start: () => startContender(args, { core }),
    hasAims,
  });
  return [
    one(BARE, program("bare.mjs"), false),
    one("Express 5", program("express.mjs"), false),
    one("Fairlead, no policy", fairlead(), true),
    one("Fairlead, baseline", fairlead(["--policy", "baseline"]), true),
    one(`Fairlead, ${POLICIES} policies`, fairlead(["--policy", writePolicies(files.folder)]), true),
    one("Fairlead, 10 validations", fairlead(["--policy", writeValidations(files.folder)]), false),
  ];
}

/** The bare server with the image's flags: what they alone change of its memory. */
export function bareWithFlags(files: CertificateFiles, { server: core }: Cores): Server {
  const args = [...IMAGE_FLAGS, join(import.meta.dirname, "bare.mjs"), files.certificate, files.key];
  return { name: `${BARE}, flags of Fairlead's image`, start: () => startContender(args, { core }), hasAims: false };
}

function writePolicies(folder: string): string {
  const path = join(folder, "policies");
  mkdirSync(path);
  for (const policy of policies()) writeFileSync(join(path, `${policy.metadata.name}.yaml`), stringify(policy));
  return path;
}

/** One policy with expressions that hold for the measured Service. */
function writeValidations(folder: string): string {
  const path = join(folder, "validations.yaml");
  const spec = { validations: VALIDATIONS.map((expression) => ({ expression })) };
  writeFileSync(
    path,
    stringify({ apiVersion: "fairlead.dev/v1alpha1", kind: "ServicePolicy", metadata: { name: "validations" }, spec }),
  );
  return path;
}

function policies() {
  return Array.from({ length: POLICIES }, (_, index) => ({
    apiVersion: "fairlead.dev/v1alpha1",
    kind: "ServicePolicy",
    metadata: { name: `policy-${index}` },
    spec: {
      match: { namespaces: index < FOR_ALL ? ["!kube-system"] : [`team-${index}`, `team-${index}-*`] },
      defaults: { labels: { [`example.com/policy-${index}`]: "applied" } },
      rules: [{ rule: "named-ports", action: "warn" }, { rule: "external-ips" }],
    },
  }));
}
