/** What is known of a place in a document: what it takes, and what may be written there. */
export interface Expected {
  readonly type: "object" | "map" | "list" | "text" | "number" | "boolean" | "any";
  /** The keys that an object has, or that a map often has. */
  readonly fields?: () => readonly FieldWord[];
  /** The values that a scalar may have, or often has. */
  readonly values?: () => readonly Word[];
  /** What the items of a list are. */
  readonly items?: Expected;
  /** Whether its values are strings, whatever they look like: those of annotations and labels. */
  readonly isText?: boolean;
}

/** A word that may be written, with its help. */
export interface Word {
  readonly label: string;
  /** A few words. */
  readonly detail?: string;
  /** Markdown. */
  readonly help?: string;
  /** The order among the others: the lowest comes first. */
  readonly rank: number;
}

/** A key that may be written. */
export interface FieldWord extends Word {
  readonly kind: "field" | "annotation" | "label" | "rule" | "parameter";
  readonly takes: Expected;
  /** The only value that it can have here. */
  readonly only?: string;
}

/** The ranks, from the words that are meant most often to those that are probably not. */
export const RANKS = { usual: 0, other: 100, elsewhere: 200, deprecated: 300, unavailable: 400 } as const;

/** An inline code span of Markdown, whatever the text contains. */
export function code(text: string): string {
  const line = text.replaceAll(/\s+/g, " ");
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = line.startsWith("`") || line.endsWith("`") || line === "" ? " " : "";
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** Paragraphs of Markdown: empty ones are left out. */
export function paragraphs(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== "").join("\n\n");
}

/** A list of Markdown. */
export function bullets(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join("\n");
}
