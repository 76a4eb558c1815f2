import { type AdmissionSettings, answer } from "../admission/index.ts";
import { REVIEW_API_VERSION, REVIEW_KIND } from "../admission/review/index.ts";

const ROUNDS = 100;

const SERVICE = {
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "warm-up", namespace: "default", labels: { app: "warm-up" } },
  spec: {
    type: "LoadBalancer",
    selector: { app: "warm-up" },
    ports: [{ port: 80 }, { port: 443, targetPort: "https" }],
  },
};

const REVIEW = {
  apiVersion: REVIEW_API_VERSION,
  kind: REVIEW_KIND,
  request: {
    uid: "warm-up",
    kind: { group: "", version: "v1", kind: "Service" },
    resource: { group: "", version: "v1", resource: "services" },
    operation: "UPDATE",
    name: "warm-up",
    namespace: "default",
    object: SERVICE,
    oldObject: SERVICE,
  },
};

/** Answers made-up reviews so that the code is compiled before the first real one, which would take fifty times as long. */
export function warmUp(settings: AdmissionSettings): void {
  for (let round = 0; round < ROUNDS; round++) {
    answer(REVIEW, "mutate", settings);
    answer(REVIEW, "validate", settings);
  }
}
