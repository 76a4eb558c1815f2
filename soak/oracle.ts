import { isDeepStrictEqual } from "node:util";
import { answer } from "#src/admission/answer.ts";
import type { AdmissionSettings, Phase } from "#src/admission/settings.ts";
import { isObject } from "#src/field/json.ts";
import type { PolicySet } from "#src/policy/model/types.ts";
import type { Question } from "./questions.ts";

/** The answer of a server. */
export interface Answered {
  readonly status: number;
  readonly text: string;
}

const PHASES: Readonly<Record<string, Phase>> = {
  "/mutate": "mutate",
  "/validate": "validate",
  "/validate/deny": "deny",
  "/validate/warn": "warn",
};

/** Computes the right answers: those of the engine in this process with the policies that may be in force. */
export class Oracle {
  readonly #settings: Omit<AdmissionSettings, "policies">;
  #inForce: readonly PolicySet[];

  constructor(settings: Omit<AdmissionSettings, "policies">, first: PolicySet) {
    this.#settings = settings;
    this.#inForce = [first];
  }

  /** The policy sets that may be in force: two while servers change from one to the other. */
  get inForce(): readonly PolicySet[] {
    return this.#inForce;
  }

  expect(policies: readonly PolicySet[]): void {
    this.#inForce = policies;
  }

  /**
   * What is wrong with the answer; undefined if nothing.
   * @param inForce the policies that were in force at some time between question and answer.
   */
  problem(question: Question, answered: Answered, inForce: ReadonlySet<PolicySet>): string | undefined {
    const found = parsed(answered.text);
    if (found === undefined) return `no JSON, status ${answered.status}`;
    const review = parsed(question.body);
    if (!isObject(review)) return this.#problemOfRefusal(answered, found);
    const wanted = [...inForce].map((policies) => this.#answer(question, review, policies));
    if (wanted.some(({ status, body }) => status === answered.status && isDeepStrictEqual(body, found)))
      return undefined;
    return `status ${answered.status}: ${answered.text.slice(0, 2000)}\nwanted: ${JSON.stringify(wanted).slice(0, 2000)}`;
  }

  /** For a body that is not a review, the wording is up to the server; the answer must be a well-formed refusal. */
  #problemOfRefusal({ status }: Answered, found: unknown): string | undefined {
    if (status !== 400) return `status ${status} for what is no review`;
    const response = isObject(found) ? found["response"] : undefined;
    return isObject(response) && response["allowed"] === false ? undefined : "no review that refuses";
  }

  #answer({ path }: Question, review: unknown, policies: PolicySet): { status: number; body: unknown } {
    const today = new Date().toISOString().slice(0, "YYYY-MM-DD".length);
    const phase = PHASES[path] ?? "validate";
    const { status, body } = answer(review, phase, { ...this.#settings, today, policies });
    return { status, body: parsed(JSON.stringify(body)) };
  }
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
