import { readFileSync } from "node:fs";
import { join } from "node:path";
import { issue } from "#src/cluster/certificates/issue.ts";
import type { JsonObject } from "#src/field/json.ts";
import type { Damage } from "./scenarios.ts";
import { ROOT } from "../paths.ts";

const WEAK = readFileSync(join(ROOT, "test/webhook/certificates/pairs/weak-rsa.crt"), "utf8");
const DAY = 24 * 3600 * 1000;

/** The data of a Secret after it was damaged by hand; the certificates were for `host`. */
export async function spoilt(
  data: JsonObject,
  what: Exclude<Damage, "an older copy">,
  host: string,
): Promise<JsonObject> {
  if (what === "everything") return {};
  if (what === "certificate") return { ...data, "tls.crt": base64("no certificate at all") };
  // Every certificate can be parsed, but OpenSSL refuses to serve with them.
  if (what === "chain") return { ...data, "tls.crt": base64(text(data["tls.crt"]) + WEAK) };
  const other = await issue({
    hosts: [host],
    from: new Date(Date.now() - DAY),
    until: new Date(Date.now() + 365 * DAY),
  });
  return what === "key" ? { ...data, "tls.key": base64(other.pair.key) } : { ...data, "ca.crt": base64(other.ca) };
}

function text(data: unknown): string {
  return typeof data === "string" ? Buffer.from(data, "base64").toString() : "";
}

export function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}
