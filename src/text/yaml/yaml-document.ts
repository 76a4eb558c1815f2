import { Path } from "../../field/index.ts";
import type {
  Duplicate,
  KeyPath,
  Lines,
  MisleadingScalar,
  Region,
  TextDocument,
  TextError,
  TextProblem,
  TextRange,
} from "../document/index.ts";
import { YamlLocations } from "./locations.ts";
import { rangeOf } from "./nodes.ts";
import type { YamlNode } from "./parser/index.ts";
import type { RepeatedKey, YamlValues } from "./values.ts";

/** What a document is made of; with a failure, it has no value. */
export interface DocumentParts {
  readonly index: number;
  readonly root: YamlNode;
  readonly values: YamlValues;
  readonly value: unknown;
  readonly range: TextRange;
  readonly lines: Lines;
  readonly failure: TextError | undefined;
}

/** A YAML document that was read, or that could not be. */
export class YamlDocument implements TextDocument {
  readonly format = "yaml";
  readonly index: number;
  readonly value: unknown;
  readonly range: TextRange;
  readonly problems: readonly TextProblem[];
  readonly duplicates: readonly Duplicate[];
  readonly misleadingScalars: readonly MisleadingScalar[];
  readonly #locations: YamlLocations;
  readonly #merged: ReadonlySet<YamlNode>;
  readonly #lines: Lines;

  constructor({ index, root, values, value, range, lines, failure }: DocumentParts) {
    this.index = index;
    this.value = value;
    this.range = range;
    this.#locations = new YamlLocations(root);
    this.#merged = values.merged;
    this.#lines = lines;
    this.duplicates = failure === undefined ? withoutRepetition(values.repeated, lines) : [];
    this.misleadingScalars = failure === undefined ? values.words : [];
    this.problems = failure === undefined ? [] : [failure.toProblem(index, lines)];
  }

  isMerged(keys: KeyPath): boolean {
    return this.#merged.has(this.#locations.find(keys)?.key);
  }

  rangeOf(keys: KeyPath, what: "key" | "value"): TextRange | undefined {
    const found = this.#locations.find(keys);
    const node = what === "key" ? found?.key : (found?.value ?? found?.key);
    return node === undefined ? undefined : rangeOf(node);
  }

  locate(keys: KeyPath, what: "key" | "value"): Region | undefined {
    const range = this.rangeOf(keys, what);
    return range === undefined ? undefined : this.#lines.region(range);
  }
}

/** The API server reports `line 8: key "type" already set`, and reports the same message only once. */
function withoutRepetition(repeated: readonly RepeatedKey[], lines: Lines): Duplicate[] {
  const byMessage = new Map<string, Duplicate>();
  for (const { keys, name, at, isMerged } of repeated) {
    const message = `${lines.lineOf(at)} ${name}`;
    if (!byMessage.has(message)) byMessage.set(message, { path: Path.of(keys), isMerged });
  }
  return [...byMessage.values()];
}
