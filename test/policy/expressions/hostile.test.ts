import { describe, expect, it } from "@jest/globals";
import { ExpressionTimeExceeded } from "#src/field/budget.ts";
import { readPolicy } from "#src/policy/compile/validate.ts";
import { judgeManifest, manifest, policies } from "../support.ts";

type Spec = Readonly<Record<string, unknown>>;

/** The expression in itself again and again. */
function times(count: number, source: string, wrap: (source: string) => string): string {
  return count === 0 ? source : times(count - 1, wrap(source), wrap);
}

const doubled = (count: number, source: string) => times(count, source, (inner) => `[${inner}].map(x, x + x)[0]`);
const nested = (count: number) => times(count, "[1]", (inner) => `[${inner}].map(x, [x, x])[0]`);

function validation(expression: string): Spec {
  return { validations: [{ expression }] };
}

/** Variables each of which has twice as much in it as the one before. */
function variables(first: string, next: (name: string) => string, last: (name: string) => string): Spec {
  const names = Array.from({ length: 40 }, (_, i) => `variables.v${i}`);
  return {
    variables: ["", ...names].flatMap((before, i) =>
      i > 39 ? [] : [{ name: `v${i}`, expression: before === "" ? first : next(before) }],
    ),
    ...validation(last(names.at(-1) ?? "")),
  };
}

const LABELS = "object.metadata.labels";
const PORTS = "object.spec.ports";
const TEXT = "object.metadata.annotations['text']";

/** A Service with as much as anyone may write. */
const SERVICE = manifest({
  metadata: {
    labels: Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [`l${i}`, `v${i}`])),
    annotations: { text: "ab".repeat(2 ** 19), pattern: "((a|b)*c){20}" },
  },
  spec: { ports: Array.from({ length: 2000 }, (_, i) => ({ name: `p${i}`, port: i + 1 })) },
});

/** None of these ends soon by itself, or by what it costs. */
const ATTACKS: readonly { readonly name: string; readonly spec: Spec }[] = [
  { name: "loops in loops", spec: validation(`${PORTS}.all(a, ${PORTS}.exists(b, b.name == a.name))`) },
  { name: "lists of lists", spec: validation(`${PORTS}.map(a, ${PORTS}.map(b, [a, b])).size() > 0`) },
  { name: "maps in loops", spec: validation(`${LABELS}.all(a, ${LABELS}.transformMap(k, v, v + a).size() > 0)`) },
  { name: "sizes of maps", spec: validation(`${LABELS}.all(a, ${LABELS}.all(b, ${LABELS}.size() > 0))`) },
  { name: "nested lists that double, compared", spec: validation(`${nested(30)} == ${nested(30)}`) },
  { name: "the same, looked for", spec: validation(`${nested(30)} in [${nested(30)}]`) },
  { name: "the same, as sets", spec: validation(`sets.contains([${nested(30)}], [${nested(30)}])`) },
  {
    name: "the same, in optional values",
    spec: validation(`optional.of(${nested(30)}) == optional.of(${nested(30)})`),
  },
  { name: "the same, flattened", spec: validation(`[${nested(30)}].flatten(100).size() > 0`) },
  { name: "the same, written", spec: validation(`'%s'.format([${nested(30)}]).size() > 0`) },
  {
    name: "the same, as variables",
    spec: variables(
      "[1]",
      (v) => `[${v}, ${v}]`,
      (v) => `${v} == ${v}`,
    ),
  },
  {
    name: "maps that double",
    spec: variables(
      "{'a': 1}",
      (v) => `{'a': [${v}], 'b': [${v}]}`,
      (v) => `${v} == ${v}`,
    ),
  },
  { name: "lists that double, joined", spec: validation(`${doubled(19, "['']")}.join('') == 'a'`) },
  { name: "lists that double, added up", spec: validation(`${doubled(19, "[1]")}.sum() > 0`) },
  { name: "lists that double, searched", spec: validation(`${doubled(19, "[1]")}.indexOf(2) > 0`) },
  { name: "ranges", spec: validation("lists.range(400000).all(x, x >= 0)") },
  {
    name: "patterns that are made",
    spec: validation(`${PORTS}.all(p, !p.name.matches('(a|b)*' + p.name + 'x{1,50}'))`),
  },
  {
    name: "patterns of a Service",
    spec: validation(`${PORTS}.all(p, !p.name.matches(object.metadata.annotations['pattern'] + p.name))`),
  },
  {
    name: "patterns with classes of Unicode",
    spec: validation(`${PORTS}.all(p, !p.name.matches('\\\\pL{1,60}' + p.name))`),
  },
  {
    name: "searches one after the other",
    spec: validation(`${TEXT}.substring(0, 20000).findAll('a*?c|a').size() > 0`),
  },
  { name: "a megabyte taken apart", spec: validation(`${TEXT}.split('').size() > 0`) },
  { name: "a megabyte with something between", spec: validation(`${TEXT}.replace('', 'x').size() > 0`) },
  { name: "a megabyte as hex", spec: validation(`'%x'.format([${TEXT}]).size() > 0`) },
  { name: "numbers of many digits", spec: validation(`${PORTS}.all(p, '%.30000f'.format([1.5]).size() > 0)`) },
  {
    name: "a message that is computed",
    spec: { validations: [{ expression: "false", messageExpression: `${nested(30)} == ${nested(30)} ? 'a' : 'b'` }] },
  },
  {
    name: "a condition",
    spec: { ...validation("true"), matchConditions: [{ name: "c", expression: `${nested(30)} == ${nested(30)}` }] },
  },
  {
    name: "thousands of small ones",
    spec: { validations: Array.from({ length: 500 }, () => ({ expression: `${PORTS}.all(p, p.port > 0)` })) },
  },
  {
    name: "parameters",
    spec: {
      params: { list: Array.from({ length: 900 }, (_, i) => i) },
      ...validation("params.list.all(a, params.list.all(b, a + b >= 0))"),
    },
  },
];

/** Makes a checkpoint for each policy that ends it when it is called so often. */
function endedAfter(calls: number): { limitExpressions: () => () => void; readonly ended: () => boolean } {
  let ended = false;
  const limitExpressions = () => {
    let rest = calls;
    return () => {
      if (--rest > 0) return;
      ended = true;
      throw new ExpressionTimeExceeded("too long");
    };
  };
  return { limitExpressions, ended: () => ended };
}

describe("expressions that take too long", () => {
  it.each(ATTACKS)("are out of reach of no checkpoint: $name", ({ spec }) => {
    const { limitExpressions, ended } = endedAfter(20);
    const { policy } = judgeManifest(SERVICE, { policies: policies(spec), limitExpressions });
    expect(ended()).toBe(true);
    expect(policy.findings).toEqual([expect.objectContaining({ action: "deny", message: "too long" })]);
  });

  it("are no findings where a policy says Ignore", () => {
    const { limitExpressions, ended } = endedAfter(20);
    const spec = { ...validation(`${nested(30)} == ${nested(30)}`), failurePolicy: "Ignore" };
    const { policy } = judgeManifest(SERVICE, { policies: policies(spec), limitExpressions });
    expect(ended()).toBe(true);
    expect(policy.findings).toEqual([]);
  });

  it("do not keep other policies from being judged", () => {
    const { limitExpressions } = endedAfter(20);
    const set = policies(validation(`${nested(30)} == ${nested(30)}`), validation("object.spec.type != 'ClusterIP'"));
    const { policy } = judgeManifest(SERVICE, { policies: set, limitExpressions });
    expect(policy.findings.map(({ message }) => message)).toEqual([
      "too long",
      "failed expression: object.spec.type != 'ClusterIP'",
    ]);
  });

  it("end by themselves where nobody looks at a clock", () => {
    const { policy } = judgeManifest(SERVICE, { policies: policies(validation(`${nested(30)} == ${nested(30)}`)) });
    expect(policy.findings[0]?.message).toMatch(/resulted in error: operation cancelled: too many steps$/);
  });
});

function problemsOf(spec: Spec): readonly string[] {
  const document = { apiVersion: "fairlead.dev/v1alpha1", kind: "ServicePolicy", metadata: { name: "policy" }, spec };
  const reading = readPolicy(document);
  return "problems" in reading ? reading.problems.map(({ path, message }) => `${path.toString()}: ${message}`) : [];
}

describe("expressions that are refused when they are read", () => {
  it.each([
    { name: "a long one", spec: validation(`'${"a".repeat(9000)}' == ''`), problem: /8192/ },
    {
      name: "many long ones",
      spec: { validations: Array.from({ length: 10 }, () => ({ expression: `'${"a".repeat(8000)}' == ''` })) },
      problem: /^spec: has 80080 characters of expressions: more than 32768/,
    },
    { name: "deep nesting", spec: validation(`${"(".repeat(300)}true${")".repeat(300)}`), problem: /recursion limit/ },
    { name: "deep lists", spec: validation(`${"[".repeat(300)}${"]".repeat(300)} == []`), problem: /recursion limit/ },
    {
      name: "chains of copies",
      spec: validation(`optional.of(1)${".optMap(x, x)".repeat(40)}.hasValue()`),
      problem: /expands to more than \d+ nodes/,
    },
    {
      name: "types that double",
      spec: validation(
        `[1]${".map(x, {x: x}).map(x, {'a': x, 'b': x}.transformMap(k, v, {x: v}))".repeat(12)}.size() > 0`,
      ),
      problem: /.+/,
    },
    {
      name: "a large pattern",
      spec: validation("object.metadata.name.matches('((a{30}){30}){30}')"),
      problem: /too large/,
    },
    { name: "no end of brackets", spec: validation("(".repeat(8000)), problem: /recursion limit/ },
    { name: "no end of mistakes", spec: validation("a b ".repeat(2000)), problem: /.+/ },
  ])("$name", ({ spec, problem }) => {
    const problems = problemsOf(spec);
    expect(problems[0]).toMatch(problem);
  });

  it("are compiled bit by bit: the checkpoint can end it", () => {
    class Stop extends Error {}
    const stop = (): never => {
      throw new Stop();
    };
    const spec = validation(`[${Array.from({ length: 2000 }, () => "1").join(",")}].size() > 0`);
    const document = { apiVersion: "fairlead.dev/v1alpha1", kind: "ServicePolicy", metadata: { name: "policy" }, spec };
    expect(() => readPolicy(document, stop)).toThrow(Stop);
  });
});
