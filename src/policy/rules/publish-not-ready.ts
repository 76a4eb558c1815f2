import { defineRule } from "./rule.ts";
import { hasClusterIP, SPEC } from "./shared.ts";

export const publishNotReady = defineRule({
  meta: {
    id: "publish-not-ready",
    title: "publishNotReadyAddresses only for headless Services",
    why: "It is there for peers that look each other up by DNS before they are ready. Behind a virtual address it sends clients to Pods that cannot answer.",
    group: "advice",
  },
  parameters: {},
  messages: {
    forbidden: {
      text: "publishNotReadyAddresses sends clients to Pods that are not ready",
      fix: "take it out, or make the Service headless (clusterIP: None)",
    },
  },
  check: () => (service) =>
    service.spec.publishNotReadyAddresses === true && hasClusterIP(service)
      ? [{ says: "forbidden", path: SPEC.child("publishNotReadyAddresses"), found: true }]
      : [],
  examples: {
    good: [
      { name: "headless, for the peers of a StatefulSet", spec: { clusterIP: "None", publishNotReadyAddresses: true } },
    ],
    bad: [
      {
        name: "behind a virtual address",
        spec: { publishNotReadyAddresses: true },
        finds: ["spec.publishNotReadyAddresses"],
      },
    ],
  },
});
