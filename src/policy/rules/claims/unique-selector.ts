import {
  areRelated,
  effectiveSelector,
  SELECTOR_RELATIONS,
  type SelectorRelation,
  selectorKey,
  sharePort,
} from "../../../inventory/claims/index.ts";
import type { InventoryView, ServiceEntry } from "../../../inventory/model/index.ts";
import { listOf, oneOf, withDefault } from "../../schema/index.ts";
import { defineRule, SPEC, surroundingsOf } from "../kit/index.ts";
import { CANNOT } from "./cannot.ts";
import { Comparison } from "./conflicts.ts";
import { otherService } from "./example-service.ts";
import { namesOf } from "./names.ts";

/** By what two Services with related selectors may be told apart. */
const DIFFERENCES: Readonly<Record<Difference, (one: ServiceEntry, other: ServiceEntry) => boolean>> = {
  headless: (one, other) => one.isHeadless !== other.isHeadless,
  ports: (one, other) => !sharePort(one, other),
  type: (one, other) => one.type !== other.type,
};
const DIFFERENCE_NAMES = ["headless", "ports", "type"] as const;
type Difference = (typeof DIFFERENCE_NAMES)[number];

export const uniqueSelector = defineRule({
  meta: {
    id: "unique-selector",
    title: "No other Service has the same selector",
    fault: "two Services have the same selector",
    why:
      "A selector that was copied with a Service sends the traffic of both to the same Pods. Usually the second Service was to " +
      "have Pods of its own. With compare: covered, a Service is also found whose Pods another one selects all; with " +
      "compare: overlapping, one that may share some: no label has two values, and at least one label and value is in both " +
      "selectors, so that one Pod can match both. A Service without a selector, and one of type ExternalName, selects nothing. " +
      "An update is found only for Services that it newly comes into conflict with.",
    group: "team",
    types: ["ClusterIP", "NodePort", "LoadBalancer"],
    needs: ["services"],
  },
  parameters: {
    within: withDefault(
      oneOf("where the other Services are: Services of other namespaces never select the same Pods", [
        "namespace",
        "cluster",
      ]),
      "namespace",
    ),
    compare: withDefault(
      oneOf(
        "equal: the selectors are the same; covered: the other one selects every Pod that this one selects; overlapping: one Pod can match both",
        SELECTOR_RELATIONS,
      ),
      "equal",
    ),
    allowIfDifferent: withDefault(
      listOf(
        "what tells two Services for the same Pods apart, so that they are not found: one of them is headless; they have no port (number and protocol) in common; their types differ",
        oneOf("a difference", DIFFERENCE_NAMES),
      ),
      ["headless"],
    ),
  },
  messages: {
    equal: {
      text: "the selector is also that of {services}",
      fix: "select by a label that only the Pods of this Service have, or keep one of the Services",
    },
    covered: {
      text: "every Pod that the selector selects is also selected by {services}",
      fix: "select by labels that the other Service does not ask for, and have it ask for more labels",
    },
    overlapping: {
      text: "one Pod can match the selector and also that of {services}",
      fix: "give a label a value of its own in each of the selectors",
    },
  },
  check: ({ within, compare, allowIfDifferent }) => {
    const isConflict = (one: ServiceEntry, two: ServiceEntry): boolean => {
      const [selector, others] = [effectiveSelector(one), effectiveSelector(two)];
      if (selector === undefined || others === undefined || !areRelated(compare, selector, others)) return false;
      return !allowIfDifferent.some((difference) => DIFFERENCES[difference](one, two));
    };
    return (service, context) => {
      const around = surroundingsOf(service, context);
      if (around === undefined || effectiveSelector(around.service) === undefined) return [];
      const candidates = candidatesFor(around.service, around.inventory, within, compare);
      const found = new Comparison(around).conflicts(candidates, isConflict);
      if (found.size === 0) return [];
      return [
        {
          says: compare,
          path: SPEC.child("selector"),
          found: service.spec.selector,
          facts: { services: namesOf(found) },
        },
      ];
    };
  },
  cel: CANNOT,
  examples: {
    good: [
      {
        name: "a selector of its own",
        spec: { selector: { app: "shop" } },
        others: [otherService("web", { selector: { app: "web" } })],
      },
      {
        name: "the same Pods, as a headless Service",
        spec: { selector: { app: "shop" } },
        others: [otherService("shop-headless", { clusterIP: "None", selector: { app: "shop" } })],
      },
      {
        name: "the same selector in another namespace",
        spec: { selector: { app: "shop" } },
        others: [otherService("shop", { selector: { app: "shop" } }, { namespace: "team-b" })],
      },
      {
        name: "a port of its own for the same Pods",
        parameters: { allowIfDifferent: ["headless", "ports"] },
        spec: { selector: { app: "shop" } },
        others: [otherService("shop-metrics", { selector: { app: "shop" }, ports: [{ port: 9090 }] })],
      },
      {
        name: "an update that leaves the selector as it was",
        operation: "update",
        old: { spec: { selector: { app: "shop" } } },
        spec: { selector: { app: "shop" }, sessionAffinity: "ClientIP" },
        others: [otherService("copy", { selector: { app: "shop" } })],
      },
      {
        name: "two values of one label",
        parameters: { compare: "overlapping" },
        spec: { selector: { app: "shop", track: "stable" } },
        others: [otherService("canary", { selector: { app: "shop", track: "canary" } })],
      },
    ],
    bad: [
      {
        name: "the selector of another Service",
        spec: { selector: { app: "shop" } },
        others: [otherService("copy", { selector: { app: "shop" } })],
        finds: ["spec.selector"],
      },
      {
        name: "the same selector in another namespace",
        parameters: { within: "cluster", allowIfDifferent: [] },
        spec: { selector: { app: "shop" } },
        others: [otherService("shop", { selector: { app: "shop" } }, { namespace: "team-b" })],
        finds: ["spec.selector"],
      },
      {
        name: "another Service selects all of its Pods",
        parameters: { compare: "covered" },
        spec: { selector: { app: "shop", tier: "web" } },
        others: [otherService("all", { selector: { app: "shop" } })],
        finds: ["spec.selector"],
      },
      {
        name: "another Service may select some of its Pods",
        parameters: { compare: "overlapping" },
        spec: { selector: { app: "shop", tier: "web" } },
        others: [otherService("canary", { selector: { app: "shop", track: "canary" } })],
        finds: ["spec.selector"],
      },
      {
        name: "an update that takes over the selector of another Service",
        operation: "update",
        old: { spec: { selector: { app: "shop" } } },
        spec: { selector: { app: "web" } },
        others: [otherService("web", { selector: { app: "web" } })],
        finds: ["spec.selector"],
      },
    ],
  },
});

/** The Services that are looked at: found by an index, as a cluster may have very many. */
function* candidatesFor(
  service: ServiceEntry,
  inventory: InventoryView,
  within: "namespace" | "cluster",
  compare: SelectorRelation,
): Iterable<ServiceEntry> {
  if (within === "namespace") {
    const key = selectorKey(service);
    if (compare !== "equal") yield* inventory.servicesIn(service.namespace);
    else if (key !== undefined) yield* inventory.claimants(key);
    return;
  }
  for (const [key, value] of Object.entries(effectiveSelector(service) ?? {})) {
    yield* inventory.servicesSelectingBy(key, value);
    // Those with an equal selector have the first pair, too.
    if (compare === "equal") return;
  }
}
