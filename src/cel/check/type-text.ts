import type { Kind, Type } from "../types/index.ts";

/** Types that the messages of the checker name otherwise than expressions do. */
const NAMES: Partial<Record<Kind, string>> = { null: "null", duration: "duration", timestamp: "timestamp" };

/** A type as the messages of the checker write it (cel-go: `FormatCELType`). */
export function checkedTypeText({ kind, name, parameters }: Type): string {
  if (parameters.length === 0) return NAMES[kind] ?? name;
  return `${name}(${parameters.map(checkedTypeText).join(", ")})`;
}

/** The types of arguments as the messages write them: `(int, string)`, of a method `string.(int)`. */
export function signatureText(types: readonly Type[], isMember: boolean): string {
  const texts = types.map(checkedTypeText);
  const target = isMember ? `${texts.shift() ?? ""}.` : "";
  return `${target}(${texts.join(", ")})`;
}
