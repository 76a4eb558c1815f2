import type { JudgeRequest } from "#src/engine/judge.ts";
import type { JsonObject } from "#src/field/json.ts";
import { inventoryOf } from "#src/inventory/store/inventory-of.ts";
import { judgeManifest, manifest, policies } from "#test/policy/support.ts";

/** A Service, what is around it, and what a rule finds. */
export interface Case {
  readonly name: string;
  readonly metadata?: JsonObject;
  readonly spec?: JsonObject;
  readonly others?: readonly JsonObject[];
  readonly parameters?: JsonObject;
  readonly request?: Partial<JudgeRequest>;
  /** `PATH: MESSAGE` */
  readonly want?: readonly string[];
}

/** What the rule finds in the Service of a case. */
export function found(rule: string, { metadata, spec, others = [], parameters, request }: Case): readonly string[] {
  const object = manifest({ ...(metadata && { metadata }), ...(spec && { spec }) });
  const set = policies({ rules: [{ rule, ...(parameters && { parameters }) }] });
  const inventory = inventoryOf(others, "team-a");
  const { causes, policy } = judgeManifest(object, { policies: set, inventory, ...request });
  return [
    ...causes.map(({ path }) => `refused: ${path.toString()}`),
    ...policy.findings.map(({ path, message }) => `${path.toString()}: ${message}`),
  ];
}

/** A workload in the namespace of the Service, whose Pods have these labels and one container with these ports. */
export function workload(
  kind: string,
  name: string,
  labels: JsonObject,
  more: Partial<WorkloadParts> = {},
): JsonObject {
  const { namespace = "team-a", ports = [], replicas, apiVersion = "apps/v1", sidecar } = more;
  const containers = [{ name, ports }, ...(sidecar ? [sidecar] : [])];
  const template = { metadata: { labels }, spec: { containers } };
  return {
    apiVersion,
    kind,
    metadata: { name, ...(namespace !== "" && { namespace }), ...(kind === "Pod" && { labels }) },
    spec:
      kind === "Pod"
        ? { containers }
        : kind === "CronJob"
          ? { jobTemplate: { spec: { template } } }
          : { ...(replicas !== undefined && { replicas }), template },
  };
}

interface WorkloadParts {
  /** Empty: the manifest leaves it open. */
  readonly namespace: string;
  readonly ports: readonly JsonObject[];
  readonly replicas: number;
  readonly apiVersion: string;
  readonly sidecar: JsonObject;
}

export const HTTP = { name: "http", containerPort: 8080 };
export const METRICS = { name: "metrics", containerPort: 9090 };
