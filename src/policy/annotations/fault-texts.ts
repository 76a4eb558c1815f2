import { truncatedJson } from "../../field/index.ts";
import type { AnnotationFault } from "./find-faults.ts";

/** The messages of each fault, and what would be right; `{name}` is replaced by a fact. */
export const ANNOTATION_MESSAGES = {
  value: { text: "{reader} expects {wanted}, not {value}", fix: "write {wanted}" },
  misspelt: { text: "{reader} does not read this annotation; did you mean {wanted}?", fix: "rename it to {wanted}" },
  elsewhere: {
    text: "{reader} reads this annotation of {wanted}, not of Services",
    fix: "remove it, or set it there",
  },
  replaced: { text: "{reader} reads {wanted}, which differs", fix: "remove it" },
  unknown: { text: "{reader} does not read this annotation, only {wanted}", fix: "use one of {wanted}" },
} as const satisfies Readonly<Record<AnnotationFault["is"], { readonly text: string; readonly fix: string }>>;

/** The longest value that is shown whole, in characters of JSON. */
const LONGEST_VALUE = 64;

/** The facts that the messages name. */
export function annotationFacts({ reader, wanted, found }: AnnotationFault): Readonly<Record<string, string>> {
  return { reader, wanted, value: truncatedJson(found, LONGEST_VALUE) };
}

/** The message of a fault and its fix. */
export function annotationFaultText(fault: AnnotationFault): { readonly message: string; readonly fix: string } {
  const facts = annotationFacts(fault);
  const fill = (template: string): string => template.replace(/\{(\w+)\}/g, (_, name: string) => facts[name] ?? "");
  const { text, fix } = ANNOTATION_MESSAGES[fault.is];
  return { message: fill(text), fix: fill(fix) };
}
