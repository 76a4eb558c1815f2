import type { Service } from "../../service/schema/index.ts";
import type { DefaultsContext } from "../model/index.ts";
import type { DefaultProposal, ServiceCopy } from "./proposals.ts";

/** A default because of which the API server would refuse the Service, and its reason. */
interface RefusedDefault {
  readonly path: string;
  readonly objection: string;
}

/**
 * With more defaults than this, those of the ports, labels or annotations are tried as a group: each trial processes
 * the whole Service.
 */
const MAX_SINGLE_STEPS = 64;

/**
 * Finds, by binary search, the default that causes a refusal when it is applied on top of those before it; if there are
 * very many defaults, its whole group. Empty if the server accepts the Service, or refuses it without any default.
 * @param filled the Service with all steps applied to `start`.
 */
export function findRefusedDefaults(
  steps: readonly DefaultProposal[],
  start: Service,
  filled: Service,
  { objection, checkpoint }: DefaultsContext,
): readonly RefusedDefault[] {
  if (steps.length === 0) return [];
  let reason = objection(filled);
  if (reason === undefined || objection(start) !== undefined) return [];
  const trial = (groups: readonly Group[]): string | undefined => {
    checkpoint?.();
    return objection(withSteps(start, groups.flat()));
  };
  const groups = groupsOf(steps);
  let [accepted, refused] = [0, groups.length];
  while (refused - accepted > 1) {
    const middle = (accepted + refused) >> 1;
    const middleReason = trial(groups.slice(0, middle));
    if (middleReason === undefined) accepted = middle;
    else [refused, reason] = [middle, middleReason];
  }
  const finalReason = reason;
  return (groups[refused - 1] ?? []).map(({ at }) => ({ path: at, objection: finalReason }));
}

/** Proposals that are accepted or refused together. */
type Group = readonly DefaultProposal[];

function groupsOf(steps: readonly DefaultProposal[]): readonly Group[] {
  if (steps.length <= MAX_SINGLE_STEPS) return steps.map((step) => [step]);
  const groups = new Map<string, DefaultProposal[]>();
  for (const step of steps) {
    const key = step.group ?? step.at;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [step]);
    else group.push(step);
  }
  return [...groups.values()];
}

function withSteps(start: Service, steps: readonly DefaultProposal[]): Service {
  const copy = copyForDefaults(start);
  for (const { write } of steps) write(copy);
  return copy;
}

/** A copy of the Service in which defaults can be applied in place: everything that a default may change is copied. */
export function copyForDefaults({ metadata, spec, ...rest }: Service): ServiceCopy {
  return {
    ...rest,
    metadata: {
      ...metadata,
      ...(metadata.labels && { labels: { ...metadata.labels } }),
      ...(metadata.annotations && { annotations: { ...metadata.annotations } }),
    },
    spec: { ...spec, ...(spec.ports && { ports: spec.ports.map((port) => ({ ...port })) }) },
  };
}
