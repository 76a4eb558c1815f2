import { judge, type Judgement, type JudgeRequest } from "#src/engine/judge.ts";
import type { JsonObject } from "#src/field/json.ts";
import { NO_POLICIES } from "#src/policy/model/types.ts";
import { PROFILES } from "#src/service/cluster/cluster-profile.ts";
import { describe } from "#src/service/findings/describe.ts";
import type { Finding } from "#src/service/findings/finding.ts";
import type { Service } from "#src/service/schema/types.ts";
import { NEWEST_KNOWN } from "#src/service/versions/version.ts";

/** What a question may say beside its objects; what is left out is a real write to a dual-stack cluster of today. */
export type Options = Partial<Omit<JudgeRequest, "object" | "oldObject" | "operation">>;

/** A real write to a dual-stack cluster of today. */
export const USUAL = {
  dryRun: false,
  fieldValidation: "Warn",
  cluster: PROFILES.dual,
  version: NEWEST_KNOWN,
  ipFamilyPolicy: "server",
  policies: NO_POLICIES,
  facts: { namespace: "default", today: "2027-01-01" },
} as const satisfies Options;

/** A manifest with one port, unless the spec says otherwise. */
export function manifest(spec: JsonObject = {}, metadata: JsonObject = {}): JsonObject {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "web", ...metadata },
    spec: { ports: [{ port: 80 }], ...spec },
  };
}

export function create(object: unknown, options: Options = {}): Judgement {
  return judge({ ...USUAL, ...options, operation: "create", object });
}

export function update(object: unknown, oldObject: unknown, options: Options = {}): Judgement {
  return judge({ ...USUAL, ...options, operation: "update", object, oldObject });
}

export function writeStatus(object: unknown, oldObject: unknown, options: Options = {}): Judgement {
  return judge({ ...USUAL, ...options, operation: "status", object, oldObject });
}

/** A created Service as it is stored, the server's picks made. @throws if it would be refused. */
export function stored(spec: JsonObject = {}, metadata: JsonObject = {}, options: Options = {}): Service {
  const answer = create(manifest(spec, metadata), options);
  if (answer.stored === undefined) throw new Error(`refused: ${JSON.stringify(saidOf(answer.causes))}`);
  return settle(answer.stored);
}

/** The Service with legal values in place of what the server picks. */
export function settle(service: Service): Service {
  const copy = structuredClone(service);
  const { spec } = copy;
  if (spec.clusterIPs !== undefined) {
    spec.clusterIPs = spec.clusterIPs.map((text) => PICKS[text] ?? text);
    if (spec.clusterIPs[0] !== undefined) spec.clusterIP = spec.clusterIPs[0];
  }
  for (const [i, port] of (spec.ports ?? []).entries()) if (port.nodePort === 0) port.nodePort = 31000 + i;
  if (spec.healthCheckNodePort === 0) spec.healthCheckNodePort = 32000;
  return copy;
}

const PICKS: Readonly<Record<string, string>> = {
  "<allocated IPv4>": "10.96.0.10",
  "<allocated IPv6>": "fd00:10:96::10",
};

/** One finding as plain data: the code, the place, the server's name for it (where it is another) and reason, the facts. */
export function said(finding: Finding): JsonObject {
  const { field, reason } = describe(finding);
  const path = finding.path.toString();
  const { found, facts } = finding;
  return {
    code: finding.code,
    path,
    ...(field === path ? {} : { field }),
    ...(reason === undefined ? {} : { reason }),
    ...(found === undefined ? {} : { found }),
    ...facts,
  };
}

export function saidOf(findings: readonly Finding[]): JsonObject[] {
  return findings.map(said);
}
