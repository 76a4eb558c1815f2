import { and, isOneOf, quoted } from "../../in-cel/index.ts";
import { ANNOTATIONS, byCel, defineRule, hasClusterIP, ownValue, SPEC } from "../kit/index.ts";

/** The annotation that preceded the field: Kubernetes up to 1.21 honours it, and other controllers still do. */
const TOLERATE = "service.alpha.kubernetes.io/tolerate-unready-endpoints";
const YES = new Set(["1", "t", "T", "TRUE", "true", "True"]);

export const publishNotReady = defineRule({
  meta: {
    id: "publish-not-ready",
    title: "publishNotReadyAddresses only for headless Services",
    fault: "publishNotReadyAddresses is set on a Service that is not headless",
    why: "The field is for peers that look each other up by DNS before they are ready. Behind a virtual address it sends clients to Pods that cannot answer.",
    group: "advice",
    types: ["ClusterIP", "NodePort", "LoadBalancer"],
    inStatus: ["annotations"],
  },
  parameters: {},
  messages: {
    forbidden: {
      text: "publishNotReadyAddresses sends clients to Pods that are not ready",
      fix: "remove it, or make the Service headless (clusterIP: None)",
    },
    older: { text: "clients are sent to Pods that are not ready", fix: "remove the annotation" },
  },
  check: () => (service) => {
    if (!hasClusterIP(service)) return [];
    const older = ownValue(service.metadata.annotations, TOLERATE);
    const field = { says: "forbidden" as const, path: SPEC.child("publishNotReadyAddresses"), found: true };
    return [
      ...(service.spec.publishNotReadyAddresses === true ? [field] : []),
      ...(older !== undefined && YES.has(older)
        ? [{ says: "older" as const, path: ANNOTATIONS.key(TOLERATE), found: older }]
        : []),
    ];
  },
  cel: () => [
    {
      says: "forbidden",
      where: "variables.hasClusterIP && object.spec.?publishNotReadyAddresses.orValue(false)",
      path: "spec.publishNotReadyAddresses",
      found: "true",
    },
    {
      says: "older",
      where: and(
        "variables.hasClusterIP",
        isOneOf(`variables.annotations[?${quoted(TOLERATE)}].orValue("")`, [...YES]),
      ),
      path: `metadata.annotations[${TOLERATE}]`,
      found: byCel(`variables.annotations[${quoted(TOLERATE)}]`),
    },
  ],
  examples: {
    good: [
      { name: "headless, for the peers of a StatefulSet", spec: { clusterIP: "None", publishNotReadyAddresses: true } },
    ],
    bad: [
      {
        name: "the older annotation",
        metadata: { annotations: { [TOLERATE]: "true" } },
        finds: [`metadata.annotations[${TOLERATE}]`],
      },
      {
        name: "with a cluster IP",
        spec: { publishNotReadyAddresses: true },
        finds: ["spec.publishNotReadyAddresses"],
      },
    ],
  },
});
