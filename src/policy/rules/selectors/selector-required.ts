import { and } from "../../in-cel/index.ts";
import { integer, withDefault } from "../../schema/index.ts";
import { defineRule, isExternalName, SPEC } from "../kit/index.ts";

export const selectorRequired = defineRule({
  meta: {
    id: "selector-required",
    title: "A Service selects its Pods",
    fault: "a Service selects no Pods",
    why:
      "A Service without a selector sends traffic to endpoints that are written by hand: right for " +
      "a database outside of the cluster, a hole everywhere else.",
    group: "team",
    types: ["ClusterIP", "NodePort", "LoadBalancer"],
  },
  parameters: {
    minimumKeys: withDefault(integer("the minimum number of labels in the selector", { minimum: 1, maximum: 20 }), 1),
  },
  messages: {
    missing: { text: "the Service selects no Pods", fix: "set spec.selector to labels of the Pods" },
    short: {
      text: "the selector must have at least {minimum} labels",
      fix: "add more labels of the Pods to spec.selector",
    },
  },
  check:
    ({ minimumKeys }) =>
    (service) => {
      const keys = Object.keys(service.spec.selector ?? {}).length;
      if (isExternalName(service) || keys >= minimumKeys) return [];
      return [
        { says: keys === 0 ? "missing" : "short", path: SPEC.child("selector"), facts: { minimum: minimumKeys } },
      ];
    },
  cel: ({ minimumKeys }) => {
    const isNotExternalName = 'variables.type != "ExternalName"';
    const at = { path: "spec.selector", facts: { minimum: minimumKeys } };
    return [
      { ...at, says: "missing", where: and(isNotExternalName, "variables.selector.size() == 0") },
      ...(minimumKeys === 1
        ? []
        : [
            {
              ...at,
              says: "short" as const,
              where: and(
                isNotExternalName,
                "variables.selector.size() > 0",
                `variables.selector.size() < ${minimumKeys}`,
              ),
            },
          ]),
    ];
  },
  examples: {
    good: [{ name: "with one label", spec: { selector: { app: "shop" } } }],
    bad: [
      { name: "no selector", spec: { selector: null }, finds: ["spec.selector"] },
      { name: "an empty selector", spec: { selector: {} }, finds: ["spec.selector"] },
      {
        name: "too few labels",
        parameters: { minimumKeys: 2 },
        spec: { selector: { app: "shop" } },
        finds: ["spec.selector"],
      },
    ],
  },
});
