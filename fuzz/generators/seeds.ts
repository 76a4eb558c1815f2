import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { isObject } from "#src/field/json.ts";
import { REVIEW_FILES } from "#test/reviews/reviews.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const VECTORS = join(ROOT, "test", "conformance");
const REVIEWS = join(ROOT, "test", "reviews");
/** One in this many recorded questions is a seed, since there are many similar ones. */
const STEP = 7;

/** Services that were once sent to an API server, or stored by one, as JSON texts, which are parsed for each use because the values are changed. */
export const SERVICE_SEEDS: readonly string[] = readdirSync(VECTORS)
  .filter((file) => file.endsWith(".jsonl.gz"))
  .flatMap((file) => linesOf(join(VECTORS, file)).filter((_, index) => index % STEP === 1))
  .flatMap((line) => {
    const vector: unknown = JSON.parse(line);
    return isObject(vector) ? [vector["object"], vector["oldObject"]].filter(isObject) : [];
  })
  .map((object) => JSON.stringify(object));

/** Expressions that an API server was once given in policies. */
export const EXPRESSION_SEEDS: readonly string[] = linesOf(join(VECTORS, "cel", "cel-1.36.jsonl.gz")).flatMap(
  (line) => {
    const vector: unknown = JSON.parse(line);
    return isObject(vector) && typeof vector["expression"] === "string" ? [vector["expression"]] : [];
  },
);

/** Reviews that an API server sent, as JSON texts. */
export const REVIEW_SEEDS: readonly string[] = REVIEW_FILES.map((file) =>
  JSON.stringify(JSON.parse(readFileSync(join(REVIEWS, file), "utf8"))),
);

/** Texts of manifests: recorded ones, and the examples. */
export const TEXT_SEEDS: readonly string[] = [
  ...readdirSync(VECTORS)
    .filter((file) => file.includes("-text."))
    .flatMap((file) => linesOf(join(VECTORS, file)))
    .flatMap((line) => {
      const vector: unknown = JSON.parse(line);
      return isObject(vector) && typeof vector["text"] === "string" ? [vector["text"]] : [];
    }),
  ...filesBelow("examples", /\.ya?ml$/),
];

/** Policies that come with Fairlead. */
export const POLICY_SEEDS: readonly string[] = filesBelow("policies", /^(?!.*\.test\.).*\.yaml$/);

function linesOf(file: string): string[] {
  return gunzipSync(readFileSync(file))
    .toString("utf8")
    .split("\n")
    .filter((line) => line !== "");
}

function filesBelow(folder: string, name: RegExp): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => name.test(file) && !file.includes("templates"))
    .sort()
    .map((file) => readFileSync(join(ROOT, folder, file), "utf8"));
}
