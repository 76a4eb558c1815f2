import { valueAt } from "../../field/json.ts";
import { equalJson } from "../../field/json-equality.ts";
import type { Path } from "../../field/path.ts";
import { staticDefault } from "../../service/static-defaults.ts";
import type { Service } from "../../service/types.ts";
import { has } from "../../service/version.ts";
import type { Provenance } from "../provenance.ts";
import type { DefaultsContext } from "../types.ts";
import type { Proposal } from "./fields.ts";

/** What becomes of a proposal; `skip` says why it is not followed although the place was left open. */
export type Decision =
  { readonly kind: "fill" } | { readonly kind: "keep" } | { readonly kind: "skip"; readonly reason: string };

const FILL: Decision = { kind: "fill" };
const KEEP: Decision = { kind: "keep" };

/** What a decision rests on beside the proposal. */
export interface Situation {
  readonly context: DefaultsContext;
  /** The Service as it came, with the static defaults. */
  readonly start: Service;
  readonly provenance: (path: Path) => Provenance;
  /** Whether the port at this place is listed under its protocol by somebody's server-side apply. */
  readonly isServerSideApplied: (keys: readonly (string | number)[]) => boolean;
  readonly undetermined: "keep" | "fill";
  /** Whether the author of the update has made the Service one that the policy is about. */
  readonly becameMatching: () => boolean;
}

/** Whether a proposal is followed: whether it fits the Service as it stands, and its place was left open from the start. */
export function decide(proposal: Proposal, service: Service, situation: Situation): Decision {
  const { context, start, undetermined } = situation;
  const { path, value, feature } = proposal;
  if (!proposal.fits(service)) return KEEP;
  const current = valueAt(start, path.keys());
  if (equalJson(current, value)) return KEEP;
  const origin = current === undefined ? "open" : originOf(proposal, situation);
  if (origin === "written" || (origin === "unknown" && undetermined === "keep")) return KEEP;
  if (context.operation === "update" && !mayChange(proposal, current, situation)) return KEEP;
  if (feature !== undefined && !has(context.version, feature)) {
    return { kind: "skip", reason: `Kubernetes 1.${context.version.minor} does not have this field` };
  }
  if (isProtocol(path) && situation.isServerSideApplied(path.keys().slice(0, -1))) {
    return {
      kind: "skip",
      reason: "server-side apply tells ports apart by protocol: the next apply would add the port once more",
    };
  }
  return FILL;
}

/** What the API server never puts in by itself somebody else did, be it who it may. */
function originOf({ path }: Proposal, { context, provenance }: Situation): Provenance {
  return staticDefault(path, context.given) === undefined ? "written" : provenance(path);
}

/** On update: whether the place is not one that the stored Service has settled. */
function mayChange(proposal: Proposal, current: unknown, { context, start, becameMatching }: Situation): boolean {
  const old = context.oldService;
  if (old === undefined) return true;
  const oldPath = proposal.pathIn(old);
  const stored = oldPath === undefined ? undefined : valueAt(old, oldPath.keys());
  if (stored !== undefined) {
    if (proposal.onUpdate === "carried-over") return false;
    if (proposal.onUpdate === "immutable") return equalJson(stored, proposal.value);
    return !equalJson(current, stored);
  }
  // The API server's own default would take a place that only another default makes room for: it is as open as one of now.
  if (current !== undefined || staticDefault(proposal.path, start) !== undefined) return true;
  if (proposal.onUpdate === "fill") return true;
  // What a live Service lacks it goes on lacking, unless it becomes one that the policy is about only now.
  return oldPath === undefined || !proposal.fits(old) || becameMatching();
}

function isProtocol(path: Path): boolean {
  return path.segment?.kind === "child" && path.segment.name === "protocol";
}
