import type { Path } from "../../field/index.ts";
import type { TextDocument } from "../../text/document/index.ts";
import type { Problem } from "../schema/index.ts";
import { positionOf, positionWithin } from "./position.ts";
import type { PolicyProblem } from "./problem.ts";

/** A value of a document of a file, and a function that reports a problem of one of its fields. */
export interface Placed<T> {
  readonly value: T;
  readonly problem: (path: Path, message: string, within?: Problem["within"]) => PolicyProblem;
}

/** Returns the function that reports problems of a document. */
export function placer(file: string, text: string, document: TextDocument): Placed<unknown>["problem"] {
  const hintFor = scalarHints(document);
  return (path, message, within) => ({
    file,
    ...(within === undefined ? positionOf(document, path) : positionWithin(text, document, path, within)),
    path,
    message: message + hintFor(path),
  });
}

/**
 * Returns a function that adds a hint for a value that YAML 1.1 reads as a boolean or a number although it looks like a
 * string. Such a value is the cause of its problem, whatever the problem is.
 */
function scalarHints({ misleadingScalars }: TextDocument): (path: Path) => string {
  const values = misleadingScalars.filter(({ what }) => what === "value").reverse();
  // Of two values with the same keys the first counts: later entries overwrite earlier ones, so the order is reversed.
  const byKeys = new Map(values.map((scalar) => [JSON.stringify(scalar.keys), scalar]));
  return (path) => {
    const scalar = byKeys.get(JSON.stringify(path.keys()));
    if (scalar === undefined || typeof scalar.value === "string") return "";
    const became = typeof scalar.value === "boolean" ? `the boolean ${scalar.value}` : "a number";
    return ` (YAML 1.1 takes \`${scalar.text}\` for ${became}: quote it, "${scalar.text}")`;
  };
}
