/** The processor time of a review with one matching policy, by itself and among a thousand that do not match. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { answer } from "#src/admission/answer.ts";
import type { Phase } from "#src/admission/settings.ts";
import { compilePolicies } from "#src/policy/compile/compile.ts";
import { readPolicy } from "#src/policy/compile/validate.ts";
import { NO_POLICIES } from "#src/policy/model/types.ts";
import type { ServicePolicy } from "#src/policy/schema/document.ts";
import type { Options, Row } from "./table.ts";
import { settingsWith } from "./settings-with.ts";
import { takeTurns } from "./turns.ts";

export const name = "policy";

const MANY = 1000;
const ROUNDS = { full: 10, quick: 2 } as const;
/** Enough for the resolution of processor time, a few milliseconds, not to affect the ratio. */
const CALLS = 3000;
const REVIEWS = join(import.meta.dirname, "../test/reviews");
const REVIEW: Readonly<Record<string, Phase>> = {
  "create-main-kubectl-client-side-apply-shop-mutating.json": "mutate",
  "create-main-kubectl-client-side-apply-shop-validating.json": "validate",
};

/** The criteria by which policies can fail to match the Service of the review, which is in the namespace default. */
const OTHERS: Readonly<Record<string, (index: number) => object>> = {
  "namespaces by name": (i) => ({ namespaces: [`team-${i}`] }),
  "namespaces by prefix": (i) => ({ namespaces: [`team-${i}-*`] }),
  "namespaces by suffix": (i) => ({ namespaces: [`*-${i}-prod`] }),
  "namespaces by what is inside": (i) => ({ namespaces: [`*-${i}-*`] }),
  "namespaces by label": (i) => ({ namespaceSelector: { matchLabels: { team: `team-${i}` } } }),
  "Services by label": (i) => ({ objectSelector: { matchLabels: { app: `app-${i}` } } }),
  "Services without a label that this one has": (i) => ({
    namespaces: ["!kube-system"],
    objectSelector: {
      matchExpressions: [
        { key: "app", operator: i % 2 === 0 ? "DoesNotExist" : "NotIn", values: i % 2 === 0 ? [] : ["shop"] },
      ],
    },
  }),
};

/** For each criterion: the ratio of a review's time among a thousand policies to its time with the matching one only. */
export function run({ quick }: Options): Promise<readonly Row[]> {
  const one = compilePolicies([policy("one", { namespaces: ["default"] })]);
  const sets = Object.entries(OTHERS).map(([way, match]) => ({
    way,
    set: compilePolicies([
      ...one.documents,
      ...Array.from({ length: MANY - 1 }, (_, i) => policy(`other-${i}`, match(i))),
    ]),
  }));
  return Promise.resolve(
    Object.entries(REVIEW).flatMap(([file, phase]) => {
      const review: unknown = JSON.parse(readFileSync(join(REVIEWS, file), "utf8"));
      const contenders = [{ way: "none", set: NO_POLICIES }, { way: "one", set: one }, ...sets];
      const seconds = takeTurns(
        contenders.map(
          ({ set }) =>
            () =>
              void answer(review, phase, settingsWith(set)),
        ),
        quick ? ROUNDS.quick : ROUNDS.full,
        CALLS,
      );
      const single = seconds[1] ?? Number.NaN;
      return contenders.map(({ way, set }, index): Row => {
        const time = seconds[index] ?? Number.NaN;
        return {
          review: `/${phase}`,
          policies: set.size,
          "the others are about": way,
          µs: (time * 1e6).toFixed(1),
          "of one policy": (time / single).toFixed(2),
        };
      });
    }),
  );
}

function policy(name: string, match: object): ServicePolicy {
  const spec = {
    match,
    defaults: { labels: { "example.com/by": "policy" } },
    rules: [{ rule: "named-ports", action: "warn" }, { rule: "external-ips" }],
  };
  const reading = readPolicy({ apiVersion: "fairlead.dev/v1alpha1", kind: "ServicePolicy", metadata: { name }, spec });
  if ("policy" in reading) return reading.policy;
  throw new Error(reading.problems.map(({ path, message }) => `${path.toString()}: ${message}`).join("\n"));
}
