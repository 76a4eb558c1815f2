import { valueAt } from "../field/index.ts";
import type { Finding } from "../service/findings/index.ts";
import type { Answers, Way } from "./answers.ts";
import { type Difference, differences } from "./differences.ts";

/** Where a value differs: in the object that mutating admission sees, in the one that is stored. */
export type Stage = "admission" | "stored";

/** What the newer server answers otherwise on one way. */
type ChangeOnWay =
  | { readonly kind: "refused" | "warned"; readonly finding: Finding }
  /** A value that the server fills in, or any other one that it keeps, drops or changes. */
  | { readonly kind: "filled-in" | "stored"; readonly difference: Difference; readonly at: readonly Stage[] };

/** What the newer server does otherwise with one Service. */
export type Change = ChangeOnWay & {
  /** The ways on which it does so. */
  readonly on: readonly Way[];
  /** The only way on which it does so, if on the other one both versions accept the Service without it. */
  readonly only: Way | undefined;
};

/**
 * What changes for a Service, each change once, with the ways on which it happens. What the older version refuses is left
 * out: there is no such Service.
 * @param manifest what the user wrote: a value that is not in it was filled in
 */
export function changesOf(answers: readonly Answers[], manifest: unknown): Change[] {
  const accepted = answers.filter(({ from, to }) => from.decision.allowed && to.decision.allowed);
  const found = new Map<string, ChangeOnWay & { readonly on: Way[] }>();
  for (const answer of answers) {
    for (const change of changesOnWay(answer, manifest)) {
      const known = found.get(keyOf(change));
      if (known === undefined) found.set(keyOf(change), { ...change, on: [answer.way] });
      // A server reports some findings twice.
      else if (!known.on.includes(answer.way)) known.on.push(answer.way);
    }
  }
  return [...found.values()].map((change) => ({
    ...change,
    only: accepted.some(({ way }) => !change.on.includes(way)) ? change.on[0] : undefined,
  }));
}

function keyOf(change: ChangeOnWay): string {
  if ("finding" in change) return `${change.kind} ${identity(change.finding)}`;
  return JSON.stringify([change.kind, change.difference, change.at]);
}

/** Warnings about the same thing, for which newer versions have other words. */
const REWORDED: Readonly<Partial<Record<Finding["code"], Finding["code"]>>> = {
  "address-unreadable": "address-nonstandard",
};

function identity({ code, path, found }: Finding): string {
  return `${REWORDED[code] ?? code} ${path.toPointer()} ${JSON.stringify(found)}`;
}

function* changesOnWay({ from, to }: Answers, manifest: unknown): Generator<ChangeOnWay> {
  if (!from.decision.allowed) return;
  if (!to.decision.allowed) {
    for (const finding of to.causes) yield { kind: "refused", finding };
    return;
  }
  const known = new Set(from.warnings.map(identity));
  for (const finding of to.warnings) if (!known.has(identity(finding))) yield { kind: "warned", finding };
  yield* valueChanges({ from, to }, manifest);
}

function* valueChanges({ from, to }: Pick<Answers, "from" | "to">, manifest: unknown): Generator<ChangeOnWay> {
  const none: readonly string[] = [];
  const admitted = differences({ object: from.defaulted, allocated: none }, { object: to.defaulted, allocated: none });
  const stored = differences(
    { object: from.stored, allocated: from.allocated },
    { object: to.stored, allocated: to.allocated },
  );
  const stages = new Map<string, { readonly difference: Difference; readonly at: Stage[] }>();
  for (const [stage, list] of [
    ["admission", admitted],
    ["stored", stored],
  ] as const) {
    for (const difference of list) {
      const key = JSON.stringify(difference);
      const known = stages.get(key);
      if (known === undefined) stages.set(key, { difference, at: [stage] });
      else known.at.push(stage);
    }
  }
  for (const { difference, at } of stages.values()) {
    const isWritten = valueAt(manifest, difference.keys) !== undefined;
    yield { kind: isWritten ? "stored" : "filled-in", difference, at };
  }
}
