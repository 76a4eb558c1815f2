import { Path } from "../../field/index.ts";
import type { MutatingBinding, Problem, ValidatingBinding } from "../schema/index.ts";
import { duplicate, forbidden, invalid, required } from "./field-errors.ts";
import { matchProblems } from "./spec-problems.ts";

const SPEC = Path.root.child("spec");
const BOTH =
  "must not contain both Deny and Warn (repeating the same validation failure information in the API response and headers serves no purpose)";

/** The problems of a binding, in the words of the API server. Source: as for `specProblems`. */
export function* bindingProblems({ spec }: ValidatingBinding | MutatingBinding): Iterable<Problem> {
  const { paramRef, matchResources } = spec;
  if (paramRef !== undefined) yield* paramRefProblems(paramRef, SPEC.child("paramRef"));
  if (matchResources !== undefined) yield* matchProblems(matchResources, SPEC.child("matchResources"));
  if ("validationActions" in spec) yield* actionProblems(spec.validationActions, SPEC.child("validationActions"));
}

function* paramRefProblems(
  { name = "", selector, parameterNotFoundAction }: NonNullable<MutatingBinding["spec"]["paramRef"]>,
  path: Path,
): Iterable<Problem> {
  if (name !== "" && selector !== undefined) {
    yield forbidden(path.child("name"), "name and selector are mutually exclusive");
    yield forbidden(path.child("selector"), "name and selector are mutually exclusive");
  }
  if (name === "" && selector === undefined) yield required(path, "one of name or selector must be specified");
  if (parameterNotFoundAction === undefined) yield required(path.child("parameterNotFoundAction"));
}

function* actionProblems(actions: ValidatingBinding["spec"]["validationActions"], path: Path): Iterable<Problem> {
  for (const [i, action] of actions.entries()) {
    if (actions.indexOf(action) < i) yield duplicate(path.index(i), action);
  }
  if (actions.includes("Deny") && actions.includes("Warn")) yield invalid(path, actions, BOTH);
  if (actions.length === 0) yield required(path, "at least one validation action is required");
}
