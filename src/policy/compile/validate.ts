import { type Checkpoint, didYouMean, isObject, Path, valueAt } from "../../field/index.ts";
import { defaultsProblems, keyProblems } from "../defaults/index.ts";
import { OPERATION_NAMES } from "../match/index.ts";
import { findRule, RULES } from "../rules/index.ts";
import { placeholdersIn } from "../rules/kit/index.ts";
import { NEWEST_KNOWN } from "../../service/versions/index.ts";
import {
  compileChecker,
  DOCUMENT,
  type LabelSelector,
  type Match,
  type PolicySpec,
  type Problem,
  type RuleEntry,
  type ServicePolicy,
} from "../schema/index.ts";
import { hasExpressions, lengthOfExpressions, teamExpressionProblems, validationId } from "./team-expressions.ts";

const readDocument = compileChecker("ServicePolicy", DOCUMENT);
const SPEC = Path.root.child("spec");
const RULE_ENTRIES = SPEC.child("rules");

/** A valid policy, or all problems of the document. */
export type PolicyReading = { readonly policy: ServicePolicy } | { readonly problems: readonly Problem[] };

/**
 * Validates a document of unknown content as a policy: first its structure, then its meaning. Pure.
 * @param checkpoint may end it by throwing, while expressions are compiled
 */
export function readPolicy(document: unknown, checkpoint?: Checkpoint): PolicyReading {
  const checked = readDocument(document);
  // Report every problem at once, so that an author can fix them in one pass.
  if ("problems" in checked) return { problems: [...checked.problems, ...entriesProblems(document)] };
  const problems = [...meaningProblems(checked.value.spec, checkpoint)];
  return problems.length > 0 ? { problems } : { policy: checked.value };
}

/** The problems of a document that should be a policy, with field paths; empty if it is valid. See {@link readPolicy}. */
export function validatePolicy(document: unknown, checkpoint?: Checkpoint): readonly Problem[] {
  const reading = readPolicy(document, checkpoint);
  return "problems" in reading ? reading.problems : [];
}

function* meaningProblems(spec: PolicySpec, checkpoint: Checkpoint | undefined): Iterable<Problem> {
  if (spec.defaults === undefined && spec.rules.length === 0 && spec.validations === undefined) {
    yield { path: SPEC, message: "has neither defaults, rules nor validations: the policy would do nothing" };
  }
  yield* selectorProblems(spec.match?.namespaceSelector, SPEC.child("match").child("namespaceSelector"));
  yield* selectorProblems(spec.match?.objectSelector, SPEC.child("match").child("objectSelector"));
  yield* exemptionProblems(spec);
  yield* defaultsProblems(spec, SPEC.child("defaults"));
  yield* ruleProblems(spec);
  yield* nameProblems(spec);
  if (hasExpressions(spec)) yield* expressionsProblems(spec, checkpoint);
}

/** In characters: reading the policies of a cluster goes policy by policy, between reviews. */
const LONGEST_EXPRESSIONS = 32_768;

function* expressionsProblems(spec: PolicySpec, checkpoint: Checkpoint | undefined): Iterable<Problem> {
  const length = lengthOfExpressions(spec);
  if (length <= LONGEST_EXPRESSIONS) yield* teamExpressionProblems(spec, NEWEST_KNOWN.minor, checkpoint);
  else {
    const message = `has ${length} characters of expressions: more than ${LONGEST_EXPRESSIONS} take too long to read; split the policy`;
    yield { path: SPEC, message };
  }
}

/** The problems of names that are given twice, or that a built-in rule has. */
function* nameProblems({ validations = [], matchConditions = [], variables = [] }: PolicySpec): Iterable<Problem> {
  for (const [list, entries] of Object.entries({ validations, matchConditions, variables })) {
    const seen = new Set<string>();
    for (const [index, { name }] of entries.entries()) {
      if (name === undefined) continue;
      const path = SPEC.child(list).index(index).child("name");
      if (seen.has(name)) yield { path, message: `there is another one of the name ${JSON.stringify(name)}` };
      else if (list === "validations" && findRule(name) !== undefined) {
        yield { path, message: `is the id of a built-in rule, ${JSON.stringify(name)}: choose another name` };
      }
      seen.add(name);
    }
  }
}

function* selectorProblems(selector: LabelSelector | undefined, at: Path): Iterable<Problem> {
  yield* keyProblems(selector?.matchLabels, at.child("matchLabels"));
  for (const [index, { operator, values }] of (selector?.matchExpressions ?? []).entries()) {
    const needsValues = operator === "In" || operator === "NotIn";
    if (needsValues === (values !== undefined && values.length > 0)) continue;
    const path = at.child("matchExpressions").index(index).child("values");
    yield { path, message: needsValues ? `must not be empty for ${operator}` : `must be absent for ${operator}` };
  }
}

function* exemptionProblems({ exempt = [], rules: entries, validations = [] }: PolicySpec): Iterable<Problem> {
  const own = new Set([...entries.map(({ rule }) => rule), ...validations.map(validationId)]);
  for (const [index, { users, groups, serviceAccounts, namespaces, names, rules = [] }] of exempt.entries()) {
    const path = SPEC.child("exempt").index(index);
    const hasCriterion = [users, groups, serviceAccounts, namespaces, names].some((globs) => globs !== undefined);
    if (!hasCriterion)
      yield { path, message: "must say who is exempt: users, groups, serviceAccounts, namespaces or names" };
    for (const [i, rule] of rules.entries()) {
      const at = path.child("rules").index(i);
      if (own.has(rule)) continue;
      yield* unknownRule(rule, at, own);
      if (findRule(rule) !== undefined) {
        const hint = didYouMean(rule, own);
        yield { path: at, message: `the policy has no rule ${JSON.stringify(rule)} to be exempt from${hint}` };
      }
    }
  }
}

function* ruleProblems({ rules, match }: PolicySpec): Iterable<Problem> {
  for (const [index, entry] of rules.entries()) {
    const path = RULE_ENTRIES.index(index);
    yield* entryProblems(entry, path);
    yield* idleRule(entry, match, path.child("rule"));
    for (const [i, { namespaces, namespaceSelector }] of (entry.actions ?? []).entries()) {
      const at = path.child("actions").index(i);
      if (namespaces === undefined && namespaceSelector === undefined) {
        yield { path: at, message: "must say for which namespaces: namespaces or namespaceSelector" };
      }
      yield* selectorProblems(namespaceSelector, at.child("namespaceSelector"));
    }
  }
}

/** The problems of a rule that can find nothing on any Service that the policy matches. */
function* idleRule({ rule: id, parameters }: RuleEntry, match: Match = {}, path: Path): Iterable<Problem> {
  const rule = findRule(id);
  if (rule === undefined) return;
  const operations = [...new Set(rule.operations.map((operation) => OPERATION_NAMES[operation]))];
  if (isDisjoint(operations, match.operations)) {
    const message = `can never apply: it looks at ${operations.join(", ")}, and match.operations has only ${match.operations.join(", ")}`;
    yield { path, message };
  }
  const types = rule.typesFor(parameters);
  if (types.length === 0) yield { path, message: "can never apply: its parameters allow Services of every type" };
  else if (isDisjoint(types, match.types)) {
    const message = `can never apply: it is about Services of type ${types.join(", ")}, and match.types has only ${match.types.join(", ")}`;
    yield { path, message };
  }
}

/** Whether the policy matches by this criterion, and by none of the values that the rule is about. */
function isDisjoint<T>(concerned: readonly T[], matched: readonly T[] | undefined): matched is readonly T[] {
  return matched !== undefined && !concerned.some((value) => matched.includes(value));
}

/** The problems of rule entries in a document whose structure is invalid, as far as they can be determined. */
function* entriesProblems(document: unknown): Iterable<Problem> {
  const entries = valueAt(document, ["spec", "rules"]);
  for (const [index, entry] of (Array.isArray(entries) ? entries : []).entries()) {
    const [rule, parameters, message] = ["rule", "parameters", "message"].map((key) => valueAt(entry, [key]));
    if (typeof rule !== "string" || (parameters !== undefined && !isObject(parameters))) continue;
    const own = typeof message === "string" ? { message } : {};
    yield* entryProblems({ rule, ...(parameters && { parameters }), ...own }, RULE_ENTRIES.index(index));
  }
}

type Entry = Pick<RuleEntry, "rule" | "parameters" | "message">;

function* entryProblems({ rule: id, parameters, message = "" }: Entry, path: Path): Iterable<Problem> {
  yield* unknownRule(id, path.child("rule"));
  const rule = findRule(id);
  if (rule === undefined) return;
  const prepared = rule.prepare(parameters, path.child("parameters"));
  if ("problems" in prepared) yield* prepared.problems;
  for (const name of new Set(placeholdersIn(message))) {
    if (rule.placeholders.includes(name)) continue;
    const known = rule.placeholders.map((placeholder) => `{${placeholder}}`).join(", ");
    const hint = didYouMean(name, rule.placeholders);
    yield { path: path.child("message"), message: `there is no placeholder {${name}}${hint} (${id} has ${known})` };
  }
}

/** @param others what could be meant besides the built-in rules */
function* unknownRule(id: string, path: Path, others: Iterable<string> = []): Iterable<Problem> {
  if (findRule(id) !== undefined) return;
  const hint = didYouMean(id, [...others, ...RULES.map((rule) => rule.id)]);
  yield { path, message: `there is no rule ${JSON.stringify(id)}${hint} (\`fairlead rules\` lists them)` };
}
