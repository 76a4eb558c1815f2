import { and, quotedList } from "../../in-cel/index.ts";
import { listOf, text, withDefault } from "../../schema/index.ts";
import { byCel, defineRule, isExternalName, SPEC } from "../kit/index.ts";

/** Labels that groups of workloads share. */
const SHARED_LABELS = [
  "app.kubernetes.io/part-of",
  "app.kubernetes.io/managed-by",
  "app.kubernetes.io/version",
  "helm.sh/chart",
  "env",
  "environment",
  "stage",
  "tier",
  "team",
  "version",
  "release",
  "heritage",
];

export const wideSelector = defineRule({
  meta: {
    id: "wide-selector",
    title: "The selector matches one workload",
    fault: "a selector matches the Pods of more than one workload",
    why:
      "A selector with only labels that many workloads share also sends traffic to jobs, migrations and other teams' " +
      "Pods as soon as they appear.",
    group: "advice",
    types: ["ClusterIP", "NodePort", "LoadBalancer"],
  },
  parameters: {
    shared: withDefault(listOf("labels that do not identify a workload", text("a label's name")), SHARED_LABELS),
  },
  messages: {
    wide: {
      text: "the selector has only labels that many workloads share ({keys})",
      fix: "add a label that only these Pods have, such as app.kubernetes.io/name with app.kubernetes.io/instance",
    },
  },
  check: ({ shared }) => {
    const isShared = new Set(shared);
    return (service) => {
      const keys = Object.keys(service.spec.selector ?? {});
      if (isExternalName(service) || keys.length === 0 || keys.some((key) => !isShared.has(key))) return [];
      return [
        { says: "wide", path: SPEC.child("selector"), found: service.spec.selector, facts: { keys: keys.join(", ") } },
      ];
    };
  },
  cel: ({ shared }) => [
    {
      says: "wide",
      where: and(
        'variables.type != "ExternalName"',
        "variables.selector.size() > 0",
        `variables.selector.all(key, key in ${quotedList(shared)})`,
      ),
      path: "spec.selector",
      facts: { keys: byCel('variables.selector.map(key, key).join(", ")') },
    },
  ],
  examples: {
    good: [
      { name: "the workload's own label", spec: { selector: { app: "shop", env: "prod" } } },
      { name: "no selector: someone else manages the endpoints", spec: { selector: null } },
    ],
    bad: [
      { name: "only shared labels", spec: { selector: { env: "prod", tier: "backend" } }, finds: ["spec.selector"] },
    ],
  },
});
