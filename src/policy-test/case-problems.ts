import { didYouMean, isObject, Path } from "../field/index.ts";
import type { Problem } from "../policy/schema/index.ts";
import { featureGatesOf, gateProblems, type KubernetesVersion, nearestKnown } from "../service/versions/index.ts";
import { caseVersion } from "./case-version.ts";
import type { TestCase } from "./format.ts";

/**
 * What is wrong with cases beyond their shapes: a case that cannot be judged, and an expectation that cannot fail or hold.
 * @param ids what findings can be of
 */
export function* caseProblems(
  cases: readonly TestCase[],
  version: KubernetesVersion,
  ids: readonly string[],
): Iterable<Problem> {
  for (const [index, test] of cases.entries()) {
    const path = Path.root.child("cases").index(index);
    yield* inputProblems(test, path);
    yield* gatesProblems(test, version, path.child("request").child("featureGates"));
    yield* expectationProblems(test, path.child("expect"), ids);
  }
}

/** The operations of cases that need the stored Service. */
const NEED_OLD_SERVICE: ReadonlySet<string | undefined> = new Set(["update", "status", "delete"]);

function* inputProblems({ service, oldService, request }: TestCase, at: Path): Iterable<Problem> {
  const operation = request?.operation;
  if (operation !== "delete" && service === undefined) yield { path: at.child("service"), message: "is missing" };
  if (oldService === undefined && NEED_OLD_SERVICE.has(operation)) {
    yield { path: at.child("oldService"), message: `is missing: a case of operation ${operation ?? ""} needs it` };
  }
}

function* gatesProblems({ request = {} }: TestCase, version: KubernetesVersion, path: Path): Iterable<Problem> {
  const settings = featureGatesOf(Object.entries(request.featureGates ?? {}));
  if ("problem" in settings) yield { path, message: settings.problem };
  else for (const message of gateProblems(nearestKnown(caseVersion(request, version)))) yield { path, message };
}

function* expectationProblems({ expect }: TestCase, at: Path, ids: readonly string[]): Iterable<Problem> {
  const { findings = [], admitted } = expect;
  if (Object.keys(expect).length === 0) {
    yield { path: at, message: "expects nothing: add allowed, findings ([] for none) or admitted" };
  }
  if (admitted !== undefined) yield* emptyObjects(admitted, at.child("admitted"));
  for (const [index, { rule }] of findings.entries()) {
    if (ids.includes(rule)) continue;
    const path = at.child("findings").index(index).child("rule");
    yield { path, message: `there is no rule ${JSON.stringify(rule)}${didYouMean(rule, ids)}` };
  }
}

/** Of an object, the expected fields are compared: one without fields would hold for every Service. */
function* emptyObjects(value: unknown, at: Path): Iterable<Problem> {
  if (!isObject(value)) return;
  const entries = Object.entries(value);
  if (entries.length === 0)
    yield { path: at, message: "expects nothing: add fields, or null for a field that is absent" };
  for (const [key, inner] of entries) yield* emptyObjects(inner, at.child(key));
}
