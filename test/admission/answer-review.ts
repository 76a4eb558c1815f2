import { answer } from "#src/admission/answer.ts";
import type { ReviewFacts } from "#src/admission/facts.ts";
import type { AdmissionSettings, Phase } from "#src/admission/settings.ts";
import type { JsonObject } from "#src/field/json.ts";
import { NO_POLICIES } from "#src/policy/model/types.ts";
import { PROFILES } from "#src/service/cluster/cluster-profile.ts";
import { checkedReply, type CheckedReply, patchOf } from "./response-schema.ts";

/** The settings of a server with the default configuration. */
export const SETTINGS: AdmissionSettings = {
  cluster: PROFILES.dual,
  version: { minor: 36 },
  policies: NO_POLICIES,
  ipFamilyPolicy: "server",
  validity: "deny",
  exempt: { namespaces: ["kube-system"], services: ["default/kubernetes"] },
  today: "2026-11-24",
};

/** The parts of an admission request that a test sets; the rest is as an API server would send it. */
export interface ReviewInput {
  readonly operation?: "CREATE" | "UPDATE" | "DELETE" | "CONNECT";
  readonly object?: unknown;
  readonly oldObject?: unknown;
  readonly namespace?: string;
  readonly rest?: JsonObject;
}

/** A manifest in the namespace `team-a`. */
export function service(spec: JsonObject = {}, metadata: JsonObject = {}): JsonObject {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "web", namespace: "team-a", ...metadata },
    spec: { ports: [{ port: 80 }], ...spec },
  };
}

/** The same with the API server's static defaults, as mutating admission receives it. */
export function defaulted(spec: JsonObject = {}, metadata: JsonObject = {}): JsonObject {
  const ports = [{ port: 80, protocol: "TCP", targetPort: 80 }];
  return service(
    { type: "ClusterIP", sessionAffinity: "None", internalTrafficPolicy: "Cluster", ports, ...spec },
    metadata,
  );
}

/** A well-formed AdmissionReview. */
export function reviewOf(input: ReviewInput): JsonObject {
  const { operation = "CREATE", object = null, oldObject = null, namespace = "team-a", rest = {} } = input;
  return {
    apiVersion: "admission.k8s.io/v1",
    kind: "AdmissionReview",
    request: {
      uid: "u",
      kind: { group: "", version: "v1", kind: "Service" },
      resource: { group: "", version: "v1", resource: "services" },
      operation,
      namespace,
      name: "web",
      userInfo: { username: "jo", groups: ["developers"] },
      object,
      oldObject,
      dryRun: false,
      options: null,
      ...rest,
    },
  };
}

/** The reply, checked to be well-formed, with the patch decoded. */
export interface ReviewResult {
  readonly status: number;
  readonly response: CheckedReply["response"];
  readonly patch: readonly unknown[];
  readonly facts: ReviewFacts;
}

/** The answer to a review of this request. */
export function answerReview(
  phase: Phase,
  input: ReviewInput,
  settings: Partial<AdmissionSettings> = {},
): ReviewResult {
  return answerBody(phase, reviewOf(input), settings);
}

/** The answer to a whole body. */
export function answerBody(phase: Phase, body: unknown, settings: Partial<AdmissionSettings> = {}): ReviewResult {
  const { status, body: reply, facts } = answer(body, phase, { ...SETTINGS, ...settings });
  const response = checkedReply(JSON.parse(JSON.stringify(reply)));
  return { status, response, patch: patchOf(response), facts };
}
