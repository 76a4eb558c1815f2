import { externalIPs } from "./external-ips.ts";
import type { Rule } from "./rule.ts";

/** Every built-in rule: adding one means adding its file and a line here. */
export const RULES: readonly Rule[] = [externalIPs];

const byId = new Map(RULES.map((rule) => [rule.id, rule]));

/** The rule of that id. */
export function ruleNamed(id: string): Rule | undefined {
  return byId.get(id);
}
