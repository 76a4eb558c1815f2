import type { Answer } from "./answer.ts";
import type { SentPart } from "./services.ts";

/** How it ends, in a sentence. */
export interface Verdict {
  readonly text: string;
  readonly tone: "good" | "warning" | "error";
}

/** What a verdict is about: the whole text, and what it is judged by. */
export interface Judged {
  readonly parts: readonly SentPart[];
  /** Where the text cannot be read, and why. */
  readonly unreadable: { readonly line: number; readonly message: string } | undefined;
  readonly answers: readonly Answer[];
  /** How many of the findings in the text are errors. */
  readonly errors: number;
  readonly isUpdate: boolean;
  /** Whether the object before cannot be read. */
  readonly isBeforeUnreadable: boolean;
  /** What of the user's own policies has errors. */
  readonly policies: "applied" | "in part" | "not applied";
}

const POLICIES = {
  applied: undefined,
  "in part": "what has errors in your policies is not applied",
  "not applied": "your policy has errors and is not applied",
} as const;

/** The verdict on the whole text. It is good only if nothing is left to be said. */
export function verdictOf(judged: Judged): Verdict {
  const { unreadable, isUpdate, isBeforeUnreadable, answers, errors } = judged;
  if (unreadable !== undefined)
    return { text: `The text cannot be read: line ${unreadable.line}: ${unreadable.message}`, tone: "error" };
  if (isUpdate && isBeforeUnreadable)
    return { text: "The object before cannot be read: there is no answer", tone: "error" };
  const main = mainVerdict(judged);
  const isAllowed = main.tone !== "error" && answers.length > 0;
  const more = [
    isUpdate ? novelty(answers) : undefined,
    isAllowed && errors > 0 ? (errors === 1 ? "a finding is an error" : `${errors} findings are errors`) : undefined,
    POLICIES[judged.policies],
  ].filter((one) => one !== undefined);
  if (more.length === 0) return main;
  return { text: [main.text, ...more].join("; "), tone: main.tone === "good" ? "warning" : main.tone };
}

function mainVerdict({ parts, answers }: Judged): Verdict {
  const refused = answers.filter(({ isAllowed }) => !isAllowed).length;
  const unsent = parts.filter(({ type }) => type === "refused").length;
  const [only, ...others] = answers;
  if (only === undefined) return withoutService(parts);
  if (others.length === 0 && unsent === 0) return verdictOn(only);
  const count = answers.length + unsent;
  const services = unsent === 0 ? "Services" : "manifests";
  if (refused + unsent > 0) {
    const all = refused + unsent === count;
    const text = all
      ? `All ${count} ${services} are refused`
      : `${refused + unsent} of ${count} ${services} ${refused + unsent === 1 ? "is" : "are"} refused`;
    return { text, tone: "error" };
  }
  const warnings = answers.reduce((sum, one) => sum + warningsOf(one), 0);
  const done = new Set(answers.map(doneOf)).size === 1 ? doneOf(only) : "created or updated";
  return ended(`All ${count} Services are ${done}`, warnings);
}

function verdictOn(answer: Answer): Verdict {
  const { sent, isAllowed, steps } = answer;
  const subject = sent.name === "(no name)" ? "The Service without a name" : `Service ${sent.namespace}/${sent.name}`;
  if (isAllowed) return ended(`${subject} is ${doneOf(answer)}`, warningsOf(answer));
  const step = steps.find(({ outcome }) => outcome === "refused");
  const by = step === undefined ? "" : ` by ${step.who}, at ${step.title.toLowerCase()}`;
  return { text: `${subject} is refused${by}`, tone: "error" };
}

function ended(text: string, warnings: number): Verdict {
  if (warnings === 0) return { text, tone: "good" };
  return { text: `${text}, with ${warnings} ${warnings === 1 ? "warning" : "warnings"}`, tone: "warning" };
}

function warningsOf({ printed }: Answer): number {
  return printed(true).filter(({ text }) => text.startsWith("Warning: ")).length;
}

function doneOf({ isUpdate }: Answer): string {
  return isUpdate ? "updated" : "created";
}

/** What there is instead of a Service. */
function withoutService(parts: readonly SentPart[]): Verdict {
  if (parts.length === 0) return { text: "The manifest is empty", tone: "warning" };
  if (parts.some(({ type }) => type === "refused"))
    return { text: "This is no Service that kubectl would send", tone: "error" };
  if (parts.every((part) => part.type === "other" && part.isPolicy))
    return { text: "Policies belong into Your policy: see Policy above", tone: "warning" };
  const kinds = [...new Set(parts.flatMap((part) => (part.type === "other" ? [part.kind] : [])))];
  const names = kinds.slice(0, 3).join(", ") + (kinds.length > 3 ? ", …" : "");
  return { text: `There is no Service in the manifest, only: ${names}. Nothing is judged`, tone: "warning" };
}

/** An update of what is not there. */
function novelty(answers: readonly Answer[]): string | undefined {
  const fresh = answers.filter(({ isUpdate }) => !isUpdate);
  const [first, ...others] = fresh;
  if (first === undefined) return undefined;
  const { namespace, name } = first.sent;
  const more = others.length === 0 ? "" : ` and ${others.length} more`;
  return `there is no Service ${namespace}/${name}${more} in the object before: judged as a create`;
}
