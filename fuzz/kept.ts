import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isObject } from "#src/field/json.ts";
import { TARGET_NAMES, type TargetName } from "./target.ts";

const CORPUS = join(import.meta.dirname, "corpus");

/** A case on which an invariant once failed: it runs first in every campaign, and in a test. */
export interface Kept {
  readonly file: string;
  readonly target: TargetName;
  /** A sentence about what was wrong. */
  readonly why: string;
  readonly input: unknown;
}

/** All kept cases, in the order of their files. @throws Error for an invalid file */
export function keptCases(): readonly Kept[] {
  return readdirSync(CORPUS)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file) => {
      const value: unknown = JSON.parse(readFileSync(join(CORPUS, file), "utf8"));
      const target = isObject(value) ? TARGET_NAMES.find((name) => name === value["target"]) : undefined;
      if (!isObject(value) || target === undefined || typeof value["why"] !== "string" || !("input" in value)) {
        throw new Error(`${file}: a kept case has a target, the reason why, and an input`);
      }
      return { file, target, why: value["why"], input: value["input"] };
    });
}
