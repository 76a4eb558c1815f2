import type { PatchOperation } from "#src/admission/review/index.ts";
import type { Judgement } from "#src/engine/index.ts";
import type { OldService, Update } from "#src/examine/before/index.ts";
import type { Context } from "#src/examine/findings/index.ts";
import { helpLink } from "#src/examine/model/index.ts";
import { isObject, type JsonObject } from "#src/field/index.ts";
import type { ClientWork } from "./client.ts";
import type { SentService } from "./services.ts";

/** What one of those who take part says at a step. */
export interface Statement {
  readonly tone: "error" | "warning" | "note" | "quiet";
  /** The field path, as the API server writes it; empty if it is about none. */
  readonly field: string;
  readonly text: string;
  readonly fix?: string | undefined;
  /** The rule, with the URL of its page. */
  readonly rule?: { readonly id: string; readonly href: string; readonly policy?: string };
}

/** A line that kubectl prints. */
export interface PrintedLine {
  readonly text: string;
  /** How the line goes on, in Fairlead's words: whoever says it has other words, which Fairlead does not know. */
  readonly told?: string;
}

/** A finding of the examination that is neither the engine's nor the client's: a port that two Services of the text want. */
export interface OtherFinding {
  readonly code: string;
  readonly field: string;
  readonly message: string;
  readonly advice?: string;
  readonly policy?: string;
}

/** What the steps and the client's text are made from. */
export interface Told {
  readonly sent: SentService;
  readonly client: ClientWork;
  readonly judgement: Judgement;
  readonly patch: readonly PatchOperation[];
  readonly before: OldService | undefined;
  readonly update: Update | undefined;
  readonly context: Context;
  /** What the server is asked to store. */
  readonly object: unknown;
  /** Why it is refused, although it is right by itself. */
  readonly others: readonly OtherFinding[];
}

/** The rule with the URL of its page. */
export function ruleOf(id: string): { readonly id: string; readonly href: string } {
  return { id, href: helpLink(id) };
}

/** What is said of a field in passing. */
export function quiet(field: string, text: string): Statement {
  return { tone: "quiet", field, text };
}

/** The name that the manifest gives, and the one to be generated; empty if there is none. */
export function namesOf(object: unknown): { readonly name: string; readonly generateName: string } {
  const { name, generateName } = metadataOf(object);
  return { name: textOf(name), generateName: textOf(generateName) };
}

/** The metadata of an object; nothing where there is none, or no object. */
export function metadataOf(object: unknown): JsonObject {
  const metadata = isObject(object) ? object["metadata"] : undefined;
  return isObject(metadata) ? metadata : {};
}

/** A value as a text; empty if it is none. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
