/** What is wrong with a string that should be a name: the first of these that applies is told instead of the whole rule. */

/** Ways to write a value that a program fills in later: envsubst, Flux, Kustomize, Helm, make, sed, and documentation. */
const PLACEHOLDERS = [
  /\$\{[^}]*\}/,
  /\$\([A-Za-z_][A-Za-z0-9_]*\)/,
  /\{\{.*?\}\}/,
  /\$[A-Za-z_][A-Za-z0-9_]*/,
  /<[A-Za-z][A-Za-z0-9 _.-]*>/,
  /%[A-Z_][A-Z0-9_]*%/,
  /@[A-Z_][A-Z0-9_]*@/,
  /__[A-Z][A-Z0-9_]*__/,
] as const;

/** Characters that look like others, or like nothing, by code point. */
const LOOKALIKES: ReadonlyMap<string, { readonly name: string; readonly plain: string }> = new Map([
  ["\u00a0", { name: "a no-break space", plain: "a plain space" }],
  ["\u00ad", { name: "a soft hyphen", plain: "nothing" }],
  ["\u200b", { name: "a zero-width space", plain: "nothing" }],
  ["\u200c", { name: "a zero-width non-joiner", plain: "nothing" }],
  ["\u200d", { name: "a zero-width joiner", plain: "nothing" }],
  ["\u2060", { name: "a word joiner", plain: "nothing" }],
  ["\ufeff", { name: "a byte order mark", plain: "nothing" }],
  ["\u2007", { name: "a figure space", plain: "a plain space" }],
  ["\u2009", { name: "a thin space", plain: "a plain space" }],
  ["\u202f", { name: "a narrow no-break space", plain: "a plain space" }],
  ["\u3000", { name: "an ideographic space", plain: "a plain space" }],
  ["\u2010", { name: "a typographic hyphen", plain: "-" }],
  ["\u2011", { name: "a no-break hyphen", plain: "-" }],
  ["\u2012", { name: "a figure dash", plain: "-" }],
  ["\u2013", { name: "an en dash", plain: "-" }],
  ["\u2014", { name: "an em dash", plain: "-" }],
  ["\u2212", { name: "a minus sign", plain: "-" }],
  ["\u2018", { name: "a typographic quote", plain: "'" }],
  ["\u2019", { name: "a typographic quote", plain: "'" }],
  ["\u201c", { name: "a typographic quote", plain: '"' }],
  ["\u201d", { name: "a typographic quote", plain: '"' }],
  ["\uff1a", { name: "a full-width colon", plain: ":" }],
]);

/** Only this many characters are searched: every fault of a real name is at its start. */
const SEARCHED = 256;

/** The first placeholder in the text that nothing has filled in; undefined if there is none. */
export function placeholderIn(found: unknown): string | undefined {
  if (typeof found !== "string") return undefined;
  const text = found.slice(0, SEARCHED);
  return PLACEHOLDERS.map((pattern) => pattern.exec(text)?.[0]).find((match) => match !== undefined);
}

/** `the placeholder ${PORT} has not been filled in`; undefined for a value without one. */
export function placeholderFault(found: unknown): string | undefined {
  const placeholder = placeholderIn(found);
  return placeholder === undefined ? undefined : `the placeholder ${placeholder} has not been filled in`;
}

/** `it contains an en dash (U+2013): write -`; undefined if every character is what it looks like. */
export function lookalikeFault(found: unknown): string | undefined {
  if (typeof found !== "string") return undefined;
  for (const character of found.slice(0, SEARCHED)) {
    const known = LOOKALIKES.get(character);
    if (known === undefined) continue;
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
    return `it contains ${known.name} (U+${code}): write ${known.plain}`;
  }
  return undefined;
}

/** The characters of a name, and how many it may have. */
export interface NameRule {
  readonly max: number;
  /** A character that may be in the name. */
  readonly allowed: RegExp;
}

/** The most different characters that are listed. */
const MOST_LISTED = 3;

/**
 * The most specific thing that can be said of a string that breaks the rule of a name: a placeholder, a lookalike, the
 * length, the characters that are not allowed; undefined if it is none of these.
 */
export function nameFault(found: unknown, { max, allowed }: NameRule): string | undefined {
  if (typeof found !== "string") return undefined;
  if (found === "") return "it is empty";
  return placeholderFault(found) ?? lookalikeFault(found) ?? lengthFault(found, max) ?? characterFault(found, allowed);
}

function lengthFault(found: string, max: number): string | undefined {
  return found.length > max ? `it has ${found.length} characters, and ${max} are allowed` : undefined;
}

function characterFault(found: string, allowed: RegExp): string | undefined {
  const wrong = [...new Set(found.slice(0, SEARCHED))].filter((character) => !allowed.test(character));
  if (wrong.length === 0 || wrong.some((character) => /[A-Z]/.test(character))) return undefined;
  const listed = wrong.slice(0, MOST_LISTED).map((character) => JSON.stringify(character));
  return `${listed.join(" and ")} ${wrong.length === 1 ? "is" : "are"} not allowed in it`;
}
