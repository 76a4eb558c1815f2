import { applyEdits, type Edit } from "../edits/index.ts";
import { type Context, examine } from "../findings/index.ts";

/**
 * Limits of the rounds of fixing. Fixing one finding may reveal another: of several wrong types, the decoder reports only
 * the first. Each round reads the whole text, so a large text gets fewer rounds (`MAX_UNITS_READ` is in UTF-16 units), and
 * a small one gets more rounds than anybody makes mistakes.
 */
const MAX_ROUNDS = 500;
const MIN_ROUNDS = 10;
const MAX_UNITS_READ = 20_000_000;

function roundsFor(text: string): number {
  return Math.max(MIN_ROUNDS, Math.min(MAX_ROUNDS, Math.floor(MAX_UNITS_READ / (text.length + 1))));
}

/** How often edits are tried in smaller groups, if not all of them can be made. */
const MOST_TRIES = 50;

/** What is fixed at a time. */
export interface FixRound {
  /** The text before it. */
  readonly text: string;
  /** Its edits, in the order of the text. */
  readonly edits: readonly Edit[];
}

/** A text after its fixes. */
export interface FixResult {
  readonly text: string;
  readonly rounds: readonly FixRound[];
}

/**
 * Applies the fixes that are safe to make automatically. Everything else, such as comments and layout, stays as it is.
 */
export function fixText(text: string, file: string, context: Context): FixResult {
  const rounds: FixRound[] = [];
  let current = examined(text, file, context);
  for (let round = 0; round < roundsFor(text) && current.edits.length > 0; round++) {
    const { edits, next } = withSafeEdits(current, (fixed) => examined(fixed, file, context));
    if (edits.length === 0) break;
    rounds.push({ text: current.text, edits });
    current = next;
  }
  return { text: current.text, rounds };
}

interface Examined {
  readonly text: string;
  readonly edits: readonly Edit[];
  /** How many documents cannot be read. */
  readonly unreadable: number;
  /** How many errors of one rule and field there are. */
  readonly errors: ReadonlyMap<string, number>;
  /** Whether there are more errors than are reported. */
  readonly isOverLimit: boolean;
}

function examined(text: string, file: string, context: Context): Examined {
  const edits: Edit[] = [];
  const errors = new Map<string, number>();
  let unreadable = 0;
  let isOverLimit = false;
  for (const event of examine(text, file, { ...context, wantsEdits: true })) {
    if (event.type === "unusable") unreadable++;
    if (event.type === "over-limit") isOverLimit = true;
    if (event.type !== "finding" && event.type !== "over-limit") continue;
    if (event.edit !== undefined) edits.push(event.edit);
    if (event.type === "over-limit" || event.finding.severity !== "error") continue;
    const error = `${event.finding.rule} ${event.finding.field}`;
    errors.set(error, (errors.get(error) ?? 0) + 1);
  }
  return { text, edits, unreadable, errors, isOverLimit };
}

/**
 * The text with those of its edits that bring no error into it. All are safe where a value stands for itself; one with an
 * anchor stands for others, too.
 */
function withSafeEdits(
  before: Examined,
  examineAgain: (text: string) => Examined,
): { readonly edits: readonly Edit[]; readonly next: Examined } {
  let safe: readonly Edit[] = [];
  let next = before;
  let tries = 0;
  const pending: (readonly Edit[])[] = [before.edits];
  for (let group = pending.pop(); group !== undefined && tries < MOST_TRIES; group = pending.pop()) {
    const { text, made } = applyEdits(before.text, [...safe, ...group]);
    const after = examineAgain(text);
    tries++;
    if (!isWorse(after, before)) [safe, next] = [made, after];
    else if (group.length > 1) pending.push(group.slice(group.length / 2), group.slice(0, group.length / 2));
  }
  return { edits: safe, next };
}

function isWorse(after: Examined, before: Examined): boolean {
  if (after.unreadable > before.unreadable) return true;
  if (after.isOverLimit || before.isOverLimit) return false;
  return [...after.errors].some(([error, count]) => count > (before.errors.get(error) ?? 0));
}
