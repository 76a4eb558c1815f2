/**
 * What Jest has its files transformed by: swc, and then each module takes the language's own globals into constants.
 * Jest's sandbox looks up a global with a call out of V8, every time: a loop with `Array.isArray` spent most of its time
 * there, and tests of how time grows measured the sandbox.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import swc from "@swc/jest";

/** Those that no test puts something else in the place of. */
const GLOBALS = [
  ...[
    "Array",
    "BigInt",
    "Boolean",
    "Buffer",
    "Error",
    "Iterator",
    "JSON",
    "Map",
    "Math",
    "Number",
    "Object",
    "Promise",
  ],
  ...[
    "RangeError",
    "RegExp",
    "Set",
    "String",
    "Symbol",
    "SyntaxError",
    "TypeError",
    "Uint8Array",
    "WeakMap",
    "WeakSet",
  ],
];
const NAMES = GLOBALS.join("|");
const USED = new RegExp(`(?<![.\\w$])(?:${NAMES})(?![\\w$])`, "g");
/** A module's own name of this kind: an import, or a declaration. */
const DECLARED = new RegExp(
  `^(?:import\\b[^"']*?|(?:export )?(?:abstract |async )?(?:class|const|function\\*?|let|var) )\\b(${NAMES})\\b`,
  "gm",
);
const VERSION = readFileSync(import.meta.filename);

type Transformer = ReturnType<typeof swc.createTransformer>;
type Process = NonNullable<Transformer["process"]>;

/** The transformer with these options of swc. */
export function createTransformer(options: Parameters<typeof swc.createTransformer>[0]): Transformer {
  const { process, getCacheKey } = swc.createTransformer(options);
  if (process === undefined || getCacheKey === undefined) throw new Error("@swc/jest is another one than it was");
  return {
    process: (source, file, settings) => withConstants(process(source, file, settings), settings),
    getCacheKey: (source, file, settings) =>
      createHash("sha1")
        .update(getCacheKey(source, file, settings))
        .update(VERSION)
        .digest("hex"),
  };
}

/** On the first line: the others stay where the source map has them. */
function withConstants(
  { code, map }: ReturnType<Process>,
  { supportsStaticESM }: Parameters<Process>[2],
): ReturnType<Process> {
  const declared = new Set([...code.matchAll(DECLARED)].map(([, name]) => name));
  const used = [...new Set([...code.matchAll(USED)].map(([name]) => name))].filter((name) => !declared.has(name));
  const constants = supportsStaticESM && used.length > 0 ? `const { ${used.join(", ")} } = globalThis; ` : "";
  return { code: constants + code, ...(map !== undefined && { map }) };
}
