import type { Service } from "../../service/types.ts";
import type { DefaultsContext } from "../types.ts";
import type { Draft, Proposal } from "./fields.ts";

/** A default that the API server would refuse, and why. */
interface Culprit {
  readonly path: string;
  readonly objection: string;
}

/** With more steps than this, those of the ports stand and fall together: each trial goes through the whole Service. */
const MANY = 64;

/**
 * The default that earns an objection on top of those before it; of a Service with very many ports, all those of its
 * ports that do. Nothing where the server has no objection that it would not have had anyway.
 */
export function findCulprits(
  steps: readonly Proposal[],
  start: Service,
  { objection, checkpoint }: DefaultsContext,
): readonly Culprit[] {
  if (steps.length === 0) return [];
  const trial = (groups: readonly Group[]): string | undefined => {
    checkpoint?.();
    return objection(withSteps(start, groups.flat()));
  };
  const groups = groupsOf(steps);
  let against = trial(groups);
  if (against === undefined || objection(start) !== undefined) return [];
  let [fine, refused] = [0, groups.length];
  while (refused - fine > 1) {
    const middle = (fine + refused) >> 1;
    const found = trial(groups.slice(0, middle));
    if (found === undefined) fine = middle;
    else [refused, against] = [middle, found];
  }
  const why = against;
  return (groups[refused - 1] ?? []).map(({ path }) => ({ path: path.toString(), objection: why }));
}

type Group = readonly Proposal[];

function groupsOf(steps: readonly Proposal[]): readonly Group[] {
  if (steps.length <= MANY) return steps.map((step) => [step]);
  const groups = new Map<string, Proposal[]>();
  for (const step of steps) {
    const key = step.together ?? step.path.toString();
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [step]);
    else group.push(step);
  }
  return [...groups.values()];
}

function withSteps(start: Service, steps: readonly Proposal[]): Service {
  const draft = draftOf(start);
  for (const { write } of steps) write(draft);
  return draft;
}

/** A Service of which all that a default may change is a copy. */
export function draftOf({ metadata, spec, ...rest }: Service): Draft {
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
