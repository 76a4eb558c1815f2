import { decodeBytes } from "#src/files/encoding.ts";
import type { Tools } from "#scripts/tools.ts";
import { readText } from "#src/text/read.ts";
import type { Draws } from "../draws.ts";
import { drawFileBytes } from "../generators/file-bytes.ts";
import { compareReadings, type Difference, type FairleadReading } from "./difference.ts";
import { knownName } from "./known.ts";
import { type KubectlReading, readByKubectl } from "./kubectl-reading.ts";
import { smallest } from "./smallest.ts";

/** How many files kubectl is given at once. */
const BATCH = 2000;

interface Kind {
  readonly example: Buffer;
  count: number;
}

/**
 * Draws files, and returns how many of them are read differently for a reason without a name. Of each kind of difference,
 * a smallest example is printed.
 */
export function compareWithKubectl({ kubectl }: Tools, draws: Draws, count: number): number {
  const kinds = new Map<string, Kind>();
  let refused = 0;
  for (let done = 0; done < count; done += BATCH) {
    const files = Array.from({ length: Math.min(BATCH, count - done) }, () => drawFileBytes(draws));
    const readings = readByKubectl(kubectl, files);
    for (const [index, bytes] of files.entries()) {
      const reading = readings[index];
      if (reading === undefined) continue;
      if (reading.errors.some(({ type }) => type === "parse")) refused++;
      const kind = kindOf(bytes, reading);
      if (kind === undefined) continue;
      const known = kinds.get(kind);
      if (known === undefined) kinds.set(kind, { example: bytes, count: 1 });
      else known.count++;
    }
  }
  console.log(`kubectl could not read ${refused} of ${count} files`);
  for (const [name, { example, count: times }] of [...kinds].sort(([, a], [, b]) => b.count - a.count)) {
    const small = smallest(example, (candidates) => {
      const readings = readByKubectl(kubectl, candidates);
      return candidates.filter((bytes, index) => {
        const reading = readings[index];
        return reading !== undefined && kindOf(bytes, reading) === name;
      });
    });
    console.log(`${times} times: ${name}\n  ${shown(small)}\n${described(small, kubectl)}`);
  }
  return [...kinds].filter(([name]) => name.startsWith(UNNAMED)).reduce((sum, [, { count: times }]) => sum + times, 0);
}

const UNNAMED = "unnamed: ";

/** The name of the difference, if there is one. */
function kindOf(bytes: Buffer, reading: KubectlReading): string | undefined {
  const fairlead = readByFairlead(bytes);
  const difference = compareReadings(fairlead, reading);
  if (difference === undefined) return undefined;
  return knownName(difference, textOf(bytes)) ?? `${UNNAMED}${kindOfDifference(difference)}`;
}

function readByFairlead(bytes: Buffer): FairleadReading {
  const decoded = decodeBytes(bytes);
  if ("unreadable" in decoded) return { values: [], problem: { code: "encoding", message: decoded.unreadable } };
  const { documents } = readText(decoded.text, { format: "auto" });
  const values: unknown[] = [];
  for (const { problems, value } of documents) {
    if (problems[0] !== undefined) return { values, problem: problems[0] };
    values.push(value);
  }
  return { values, problem: undefined };
}

/** The difference, without what is special to one text. */
function kindOfDifference({ fairlead, kubectl }: Difference): string {
  return `fairlead: ${general(fairlead)} | kubectl: ${general(kubectl)}`;
}

function general(message: string): string {
  if (/^[{["]/.test(message)) return "a value";
  return message
    .replaceAll(/`[^`]*`|'[^']*'|"[^"]*"/g, "…")
    .replaceAll(/\d+/g, "N")
    .slice(0, 120);
}

function described(bytes: Buffer, kubectl: string): string {
  const [reading] = readByKubectl(kubectl, [bytes]);
  const difference = reading && compareReadings(readByFairlead(bytes), reading);
  return `  fairlead: ${difference?.fairlead.slice(0, 300)}\n  kubectl:  ${difference?.kubectl.slice(0, 300)}`;
}

function shown(bytes: Buffer): string {
  return `${JSON.stringify(textOf(bytes))}${bytes[0] === 0xfe || bytes[0] === 0xff ? " in UTF-16" : ""}`;
}

function textOf(bytes: Buffer): string {
  const decoded = decodeBytes(bytes);
  return "text" in decoded ? decoded.text : bytes.toString("latin1");
}
