import * as backends from "./backends/index.ts";
import * as claims from "./claims/index.ts";
import * as dependents from "./dependents/index.ts";
import * as exposure from "./exposure/index.ts";
import * as externalNames from "./external-names/index.ts";
import * as loadBalancers from "./load-balancers/index.ts";
import * as metadata from "./metadata/index.ts";
import * as nodePorts from "./node-ports/index.ts";
import * as ports from "./ports/index.ts";
import * as protection from "./protection/index.ts";
import * as selectors from "./selectors/index.ts";
import * as traffic from "./traffic/index.ts";
import type { Rule } from "./kit/index.ts";

/** The topics. The `index.ts` of each folder exports the rules of that topic, and nothing else: it would not compile. */
const TOPICS: readonly Readonly<Record<string, Rule>>[] = [
  backends,
  claims,
  dependents,
  exposure,
  externalNames,
  loadBalancers,
  metadata,
  nodePorts,
  ports,
  protection,
  selectors,
  traffic,
];

/** Every built-in rule, sorted by id. A new rule is a file in a topic's folder and a line in that folder's `index.ts`. */
export const RULES: readonly Rule[] = TOPICS.flatMap((topic) => Object.values(topic)).sort((a, b) =>
  a.id < b.id ? -1 : 1,
);

const byId = new Map(RULES.map((rule) => [rule.id, rule]));

/** The rule with this id; undefined if there is none. */
export function findRule(id: string): Rule | undefined {
  return byId.get(id);
}
