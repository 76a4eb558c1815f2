import { isObject, Path, valueAt } from "../../field/index.ts";
import { annotationFaults, annotationFaultText } from "../../policy/annotations/index.ts";
import type { PolicyFinding } from "../../policy/model/index.ts";
import { ADDRESS_FIX, addressKind } from "../../service/messages/index.ts";
import { isDecoded, type Service } from "../../service/schema/index.ts";
import type { CheckRule } from "./rule-texts.ts";

/** What the API server accepts without a word, although it does not do what the author expects. */
export interface UnexpectedOutcome {
  readonly rule: CheckRule;
  readonly path: Path;
  /** What is wrong there: the field itself, or its value. */
  readonly about: "key" | "value";
  readonly message: string;
  readonly fix: string;
}

/** An accepted manifest. */
export interface Accepted {
  readonly manifest: unknown;
  readonly stored: Service;
  /** The Service as it was stored before; undefined on create. */
  readonly old: unknown;
  readonly policyFindings: readonly PolicyFinding[];
}

const SPEC = Path.root.child("spec");
const ANNOTATIONS = Path.root.child("metadata").child("annotations");
const SOURCE_RANGES = "service.beta.kubernetes.io/load-balancer-source-ranges";

/** Each finds one kind of outcome; undefined if it does not apply. */
const KINDS: readonly ((accepted: Accepted) => UnexpectedOutcome | undefined)[] = [
  // CoreDNS has no record for it (plugin/kubernetes: the host is not of the type CNAME), others a CNAME of digits.
  ({ stored: { spec } }) =>
    spec.type === "ExternalName" && addressKind(spec.externalName) !== undefined
      ? {
          rule: "external-name-address",
          path: SPEC.child("externalName"),
          about: "key",
          message: "externalName is an address, which cluster DNS does not resolve: it answers with names only",
          fix: ADDRESS_FIX,
        }
      : undefined,
  ({ stored: { spec } }) =>
    spec.clusterIP === "None" && spec.trafficDistribution !== undefined
      ? {
          rule: "no-effect",
          path: SPEC.child("trafficDistribution"),
          about: "key",
          message:
            "trafficDistribution has no effect on a headless Service: its clients choose the endpoints themselves",
          fix: "leave trafficDistribution out",
        }
      : undefined,
  ({ stored: { metadata, spec } }) =>
    spec.loadBalancerSourceRanges !== undefined && metadata.annotations?.[SOURCE_RANGES] !== undefined
      ? {
          rule: "no-effect",
          path: ANNOTATIONS.key(SOURCE_RANGES),
          about: "key",
          message: "the annotation has no effect beside spec.loadBalancerSourceRanges, and Azure refuses both together",
          fix: "leave the annotation out",
        }
      : undefined,
  ({ manifest, stored, old }) =>
    stored.spec.clusterIP === "None" &&
    valueAt(old, ["spec", "clusterIP"]) === "None" &&
    isUnset(valueAt(manifest, ["spec", "clusterIP"])) &&
    isUnset(valueAt(manifest, ["spec", "clusterIPs"]))
      ? {
          rule: "stays-headless",
          path: SPEC,
          about: "key",
          message: "the manifest no longer says clusterIP: None, and the Service stays headless",
          fix: "write clusterIP: None, or delete the Service and create it again",
        }
      : undefined,
];

/** The outcomes of an accepted manifest that its author would not expect. */
export function unexpectedOutcomes(accepted: Accepted): UnexpectedOutcome[] {
  return [...KINDS.flatMap((kind) => kind(accepted) ?? []), ...clearedFields(accepted), ...unreadAnnotations(accepted)];
}

/**
 * Annotations that the controller they are for does not read, or not as they are written. Those that a policy's rule has
 * found, or exempted, are the policy's.
 */
function unreadAnnotations({ stored, policyFindings }: Accepted): UnexpectedOutcome[] {
  const ofPolicies = new Set(
    policyFindings.filter(({ rule }) => rule === "controller-annotations").map(({ path }) => path.keys().at(-1)),
  );
  return annotationFaults(stored)
    .filter(({ key }) => !ofPolicies.has(key))
    .map((fault) => ({
      rule: "controller-annotation",
      path: ANNOTATIONS.key(fault.key),
      about: fault.is === "value" ? "value" : "key",
      ...annotationFaultText(fault),
    }));
}

/** Why the API server clears a field, if the reason is not the Service's type. Source: the Service reference. */
const CLEARED_BECAUSE: Readonly<Record<string, string>> = {
  sessionAffinityConfig: "sessionAffinity is not ClientIP",
};

/** Fields of the spec that the manifest sets and the stored Service does not have. */
function clearedFields({ manifest, stored }: Accepted): UnexpectedOutcome[] {
  const written = valueAt(manifest, ["spec"]);
  if (!isObject(written)) return [];
  const spec: Readonly<Record<string, unknown>> = { ...stored.spec };
  return Object.keys(written)
    .filter((field) => !isUnset(written[field]) && isDecoded(["spec", field]) && isUnset(spec[field]))
    .map((field) => ({
      rule: "field-cleared",
      path: SPEC.child(field),
      about: "key",
      message: `the API server clears ${field}: ${CLEARED_BECAUSE[field] ?? `a Service of type ${stored.spec.type ?? ""} has none`}`,
      fix: `leave ${field} out`,
    }));
}

/** Whether the API server would store nothing for the value. */
function isUnset(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (isObject(value)) return Object.keys(value).length === 0;
  return value === undefined || value === null || value === "" || value === false || value === 0;
}
