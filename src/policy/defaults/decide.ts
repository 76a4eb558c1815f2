import { equalJson, type Path, valueAt } from "../../field/index.ts";
import { type Service, staticDefault } from "../../service/schema/index.ts";
import { hasFeature } from "../../service/versions/index.ts";
import type { DefaultsContext, Provenance } from "../model/index.ts";
import type { DefaultProposal } from "./proposals.ts";

/** The decision on a proposal: apply it, keep the field as it is, or skip it for a reason that is reported. */
export type Decision =
  { readonly kind: "fill" } | { readonly kind: "keep" } | { readonly kind: "skip"; readonly reason: string };

const FILL: Decision = { kind: "fill" };
const KEEP: Decision = { kind: "keep" };

/** The inputs of a decision besides the proposal and the current Service. */
export interface DecisionContext {
  readonly context: DefaultsContext;
  /** The Service before any policy default, with the API server's static defaults. */
  readonly start: Service;
  readonly provenance: (path: Path) => Provenance;
  /** Whether a server-side apply owns the port at these keys, identified by its number and protocol. */
  readonly isServerSideApplied: (keys: readonly (string | number)[]) => boolean;
  readonly undetermined: "keep" | "fill";
  /** Whether the update makes the Service match a policy that its stored version did not match. */
  readonly becameMatching: () => boolean;
}

/** Decides whether to apply a proposal: it must fit the current Service, and its field must have been left open. */
export function decide(proposal: DefaultProposal, service: Service, decisionContext: DecisionContext): Decision {
  const { context, start, undetermined } = decisionContext;
  const { path, keys, value, feature } = proposal;
  if (!proposal.fits(service, context.version)) return KEEP;
  const current = valueAt(start, keys);
  if (equalJson(current, value)) return KEEP;
  const origin = current === undefined ? "open" : originOf(proposal, decisionContext);
  if (origin === "written" || (origin === "unknown" && undetermined === "keep")) return KEEP;
  if (context.operation === "update" && !mayChange(proposal, current, decisionContext)) return KEEP;
  if (feature !== undefined && !hasFeature(context.version, feature)) {
    return { kind: "skip", reason: `Kubernetes 1.${context.version.minor} does not have this field` };
  }
  if (isProtocol(path) && decisionContext.isServerSideApplied(keys.slice(0, -1))) {
    return {
      kind: "skip",
      reason: "server-side apply tells ports apart by protocol: the next apply would add the port once more",
    };
  }
  return FILL;
}

/** The provenance of the field's value. A value that the API server never sets by itself was written by a client. */
function originOf({ path }: DefaultProposal, { context, provenance }: DecisionContext): Provenance {
  return staticDefault(path, context.given) === undefined ? "written" : provenance(path);
}

/** Whether an update leaves the field open: the stored Service does not determine its value. */
function mayChange(
  proposal: DefaultProposal,
  current: unknown,
  { context, start, becameMatching }: DecisionContext,
): boolean {
  const old = context.oldService;
  if (old === undefined) return true;
  const oldPath = proposal.storedPath(old);
  const stored = oldPath === undefined ? undefined : valueAt(old, oldPath.keys());
  if (stored !== undefined) {
    if (proposal.onUpdate === "carried-over") return false;
    if (proposal.onUpdate === "immutable") return equalJson(stored, proposal.value);
    return !equalJson(current, stored);
  }
  // If another default only now makes the field possible, the API server would set its own default: the field is open.
  if (current !== undefined || staticDefault(proposal.path, start) !== undefined) return true;
  if (proposal.onUpdate === "fill") return true;
  // A field that is absent in the stored Service stays absent, unless the Service starts to match the policy.
  return oldPath === undefined || !proposal.fits(old, context.version) || becameMatching();
}

function isProtocol(path: Path): boolean {
  return path.segment?.kind === "child" && path.segment.name === "protocol";
}
