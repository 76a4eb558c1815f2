import { join } from "node:path";
import { isObject, type JsonObject } from "#src/field/json.ts";
import { readRun, type Vector } from "../test/conformance/vectors.ts";
import { readReviewFile, REVIEW_FILES } from "../test/reviews/reviews.ts";
import type { Random } from "./random.ts";

/** One request body and the path to post it to. */
export interface Question {
  readonly path: string;
  readonly body: string;
}

const PATHS = ["/mutate", "/validate", "/validate/deny", "/validate/warn"] as const;

/** One in this many questions is malformed, or large. */
const ONE_MALFORMED_IN = 40;
const ONE_LARGE_IN = 400;

const VECTORS = join(import.meta.dirname, "..", "test", "conformance", "1.36-dual.jsonl.gz");

const MALFORMED = ["", "{", "[]", "null", '{"kind":"AdmissionReview"}', '{"request":{"uid":7}}', "\u0000"] as const;

const NAMESPACES = ["default", "shop", "team-7", "team-421", "kube-system"] as const;

const OPERATIONS = { create: "CREATE", update: "UPDATE", status: "UPDATE" } as const;

/**
 * An endless mix of what API servers send: reviews as recorded, Services as recorded in generated reviews, deletes,
 * dry runs, large objects, and bodies that are not reviews.
 */
export function* questions(random: Random): Generator<Question, never> {
  const recorded = REVIEW_FILES.map((file) => readReviewFile(file).review);
  const vectors = readRun(VECTORS).vectors.filter(({ object }) => isObject(object));
  for (let number = 0; ; number++) {
    const path = random.pick(PATHS);
    if (random.below(ONE_MALFORMED_IN) === 0) yield { path, body: random.pick(MALFORMED) };
    else if (random.below(ONE_LARGE_IN) === 0) yield { path, body: large(random, number) };
    else if (random.below(4) === 0) yield { path, body: JSON.stringify(withUid(random.pick(recorded), number)) };
    else yield { path, body: reviewOf(random.pick(vectors), random, number) };
  }
}

function withUid(review: JsonObject, number: number): JsonObject {
  return { ...review, request: { ...(isObject(review["request"]) ? review["request"] : {}), uid: uidOf(number) } };
}

function uidOf(number: number): string {
  return `00000000-0000-4000-8000-${number.toString(16).padStart(12, "0")}`;
}

function reviewOf({ operation, object, oldObject }: Vector, random: Random, number: number): string {
  const isDelete = operation === "create" && random.below(10) === 0;
  return review(random, number, {
    operation: isDelete ? "DELETE" : OPERATIONS[operation],
    ...(operation === "status" ? { subResource: "status" } : {}),
    object: isDelete ? null : object,
    oldObject: isDelete ? object : (oldObject ?? null),
  });
}

/** A Service of several hundred KiB, with thousands of ports, external IPs and annotations. */
function large(random: Random, number: number): string {
  const count = 2000 + random.below(4000);
  const list = <T>(make: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => make(index));
  return review(random, number, {
    operation: "CREATE",
    object: {
      apiVersion: "v1",
      kind: "Service",
      metadata: {
        name: "large",
        annotations: Object.fromEntries(list((index) => [`example.com/a${index}`, "x".repeat(20)])),
      },
      spec: {
        type: "LoadBalancer",
        ports: list((index) => ({ name: `p${index}`, port: index + 1 })),
        externalIPs: list((index) => `192.0.${(index >> 8) % 256}.${index % 256}`),
      },
    },
  });
}

function review(random: Random, number: number, rest: JsonObject): string {
  return JSON.stringify({
    kind: "AdmissionReview",
    apiVersion: "admission.k8s.io/v1",
    request: {
      uid: uidOf(number),
      kind: { group: "", version: "v1", kind: "Service" },
      resource: { group: "", version: "v1", resource: "services" },
      name: "web",
      namespace: random.pick(NAMESPACES),
      userInfo: { username: "soak", groups: ["system:authenticated"] },
      dryRun: random.below(5) === 0,
      options: {},
      ...rest,
    },
  });
}
