import type { Analysis } from "#src/editor/analysis/index.ts";
import type { Diagnostic } from "#src/editor/model/index.ts";
import type { Context } from "#src/examine/findings/index.ts";
import { Lines } from "#src/text/document/index.ts";
import { type Case, FILES } from "../session/index.ts";
import { type Answer, answerOf } from "./answer.ts";
import { type SentPart, type SentService, SentServices } from "./services.ts";
import type { OtherFinding, PrintedLine } from "./told.ts";
import { type Verdict, verdictOf } from "./verdict.ts";

/** What becomes of all that a text has. */
export interface TextAnswer {
  /** One for each Service that kubectl reads, in the order of the text. */
  readonly answers: readonly Answer[];
  readonly verdict: Verdict;
  /** What kubectl prints about all of them. */
  readonly printed: readonly PrintedLine[];
  /** Whether there may be an answer, which the text or the object before just does not say: somebody is typing. */
  readonly isUnreadable: boolean;
}

/** What is refused although each Service is right by itself. */
const BESIDES: ReadonlySet<string> = new Set(["node-port-twice", "cluster-ip-twice", "resource-version-conflict"]);

/** Why a text is not read. */
const UNREADABLE: ReadonlySet<string> = new Set(["not-yaml", "chart-template"]);

/** Answers texts of which one follows another: what stays the same is not judged again. */
export class TextAnswers {
  readonly #sent = new SentServices();
  #context: Context | undefined;
  #known: ReadonlyMap<string, Answer> = new Map();
  readonly #ids = new WeakMap<object, number>();
  #next = 0;

  /** What becomes of the text that was analysed. */
  of({ state, context, policies, beforeProblems }: Case, { diagnostics, text }: Analysis): TextAnswer {
    const all = this.#sent.of(text, context.settings.namespace);
    const end = all.findIndex(({ type }) => type === "unreadable");
    const parts = end === -1 ? all : all.slice(0, end + 1);
    const isUpdate = state.operation === "update";
    const isBeforeUnreadable = isUpdate && beforeProblems.length > 0;
    const answers = isBeforeUnreadable ? [] : this.#answers(parts, context, diagnostics);
    const judged = {
      parts,
      unreadable: end === -1 ? undefined : unreadableOf(parts.at(-1), diagnostics, text),
      answers,
      errors: diagnostics.filter(({ severity, suppressed }) => severity === "error" && suppressed === undefined).length,
      isUpdate,
      isBeforeUnreadable,
      policies: policies.problems.length === 0 ? "applied" : policies.policies.size > 0 ? "in part" : "not applied",
    } as const;
    return {
      answers,
      verdict: verdictOf(judged),
      printed: isBeforeUnreadable ? [] : printedOf(parts, answers, state.apply),
      isUnreadable: end !== -1 || isBeforeUnreadable,
    };
  }

  #answers(parts: readonly SentPart[], context: Context, diagnostics: readonly Diagnostic[]): readonly Answer[] {
    const known = this.#context === context ? this.#known : new Map<string, Answer>();
    const found = Map.groupBy(diagnostics.filter(isBesides), ({ subject }) => `${subject?.namespace}/${subject?.name}`);
    const next = new Map<string, Answer>();
    const answers = parts.flatMap((part) => {
      if (part.type !== "service") return [];
      const { service } = part;
      const others = (found.get(`${service.namespace}/${service.name}`) ?? []).map(otherOf);
      const key = `${this.#idOf(service)} ${JSON.stringify(others)}`;
      const answer = known.get(key) ?? answerOf(service, context, others);
      next.set(key, answer);
      return [answer];
    });
    this.#context = context;
    this.#known = next;
    return answers;
  }

  /** A number for an object that is the same as long as its part of the text is. */
  #idOf({ object }: SentService): number {
    if (typeof object !== "object" || object === null) return -1;
    const id = this.#ids.get(object) ?? this.#next++;
    this.#ids.set(object, id);
    return id;
  }
}

function isBesides({ severity, suppressed, subject, code }: Diagnostic): boolean {
  return (
    severity === "error" &&
    suppressed === undefined &&
    subject?.kind === "Service" &&
    (BESIDES.has(code) || code.startsWith("policy/"))
  );
}

function otherOf({ code, field, message, advice, policy }: Diagnostic): OtherFinding {
  return { code, field, message, ...(advice !== undefined && { advice }), ...(policy !== undefined && { policy }) };
}

function unreadableOf(
  part: SentPart | undefined,
  diagnostics: readonly Diagnostic[],
  text: string,
): { readonly line: number; readonly message: string } {
  const found = diagnostics.find(({ code }) => UNREADABLE.has(code));
  const message = found?.message ?? (part?.type === "unreadable" ? part.message : "");
  return { line: new Lines(text).lineOf(found?.start ?? 0), message: message.replaceAll("`", "") };
}

/** kubectl goes on after what fails, and tells of all that has failed in the end. */
function printedOf(parts: readonly SentPart[], answers: readonly Answer[], apply: string): readonly PrintedLine[] {
  if (parts.length === 0) return [{ text: `error: no objects passed to ${apply === "replace" ? "create" : "apply"}` }];
  const failing =
    answers.filter(({ isAllowed }) => !isAllowed).length +
    parts.filter(({ type }) => type === "refused" || type === "unreadable").length;
  const isAlone = failing < 2;
  const [said, errors]: [PrintedLine[], PrintedLine[]] = [[], []];
  const rest = answers.values();
  for (const part of parts) {
    if (part.type === "refused") errors.push(...part.printed);
    if (part.type === "unreadable")
      errors.push({ text: `error: error parsing ${FILES.manifest}: `, told: part.message.replaceAll("`", "") });
    if (part.type !== "service") continue;
    const answer = rest.next().value;
    for (const line of answer?.printed(isAlone) ?? [])
      (answer?.isAllowed === true || line.text.startsWith("Warning: ") ? said : errors).push(line);
  }
  // Of several errors, none is introduced.
  return [
    ...said,
    ...(isAlone ? errors : errors.map((line) => ({ ...line, text: line.text.replace(/^error: /, "") }))),
  ];
}
