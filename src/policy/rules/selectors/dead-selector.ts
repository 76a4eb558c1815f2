import { quotedList } from "../../in-cel/index.ts";
import { byCel, defineRule, isExternalName, SPEC } from "../kit/index.ts";

/** Labels that controllers set on Pods, with a new value for each rollout or run. */
const SHORT_LIVED = [
  "pod-template-hash",
  "controller-revision-hash",
  "controller-uid",
  "batch.kubernetes.io/controller-uid",
];

export const deadSelector = defineRule({
  meta: {
    id: "dead-selector",
    title: "The selector survives the next rollout",
    fault: "a selector matches nothing after the next rollout",
    why: "These labels get a new value with each rollout: from then on the Service selects no Pods, without any error.",
    group: "advice",
    types: ["ClusterIP", "NodePort", "LoadBalancer"],
  },
  parameters: {},
  messages: {
    dead: {
      text: "the selector has {key}, whose value changes with the next rollout",
      fix: "remove {key} from spec.selector",
    },
  },
  check: () => (service) =>
    isExternalName(service)
      ? []
      : SHORT_LIVED.filter((key) => Object.hasOwn(service.spec.selector ?? {}, key)).map((key) => ({
          says: "dead",
          path: SPEC.child("selector").key(key),
          found: service.spec.selector?.[key],
          facts: { key },
        })),
  cel: () => [
    {
      says: "dead",
      each: { of: quotedList(SHORT_LIVED), names: ["index", "key"] },
      where: 'variables.type != "ExternalName" && key in variables.selector',
      path: "spec.selector[{key}]",
      found: byCel("variables.selector[key]"),
      facts: { key: byCel("key") },
    },
  ],
  examples: {
    good: [{ name: "labels that stay the same", spec: { selector: { app: "shop" } } }],
    bad: [
      {
        name: "copied from a Pod",
        spec: { selector: { app: "shop", "pod-template-hash": "7c9d6b8f5" } },
        finds: ["spec.selector[pod-template-hash]"],
      },
    ],
  },
});
