import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { issue } from "#src/cluster/certificates/issue.ts";
import { isObject, type JsonObject, valueAt } from "#src/field/json.ts";

/** A mutating webhook that allows everything, and keeps the last object that the API server sent for each name. */
export interface Recorder {
  readonly configuration: JsonObject;
  /** The object as it reached mutating admission: merged, with static defaults, and not yet validated. */
  take(name: string): JsonObject | undefined;
  close(): void;
}

/** Starts it on a free port. @param host where the API server finds this machine */
export async function startRecorder(host: string, namespace: string): Promise<Recorder> {
  const [from, until] = [Date.now() - 3_600_000, Date.now() + 24 * 3_600_000].map((time) => new Date(time));
  if (from === undefined || until === undefined) throw new Error("no time");
  const { ca, pair } = await issue({ hosts: [host], from, until });
  const objects = new Map<string, JsonObject>();
  const server = createServer({ key: pair.key, cert: pair.certificate }, (request, response) => {
    void text(request).then((body) => {
      const review: unknown = JSON.parse(body);
      const object = valueAt(review, ["request", "object"]);
      if (isObject(object)) objects.set(String(valueAt(object, ["metadata", "name"])), object);
      const uid = valueAt(review, ["request", "uid"]);
      response.setHeader("content-type", "application/json");
      response.end(
        JSON.stringify({
          apiVersion: "admission.k8s.io/v1",
          kind: "AdmissionReview",
          response: { uid, allowed: true },
        }),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const address: AddressInfo | string | null = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    configuration: configuration(`https://${host}:${port}/`, ca, namespace),
    take(name) {
      const object = objects.get(name);
      objects.delete(name);
      return object;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function configuration(url: string, ca: string, namespace: string): JsonObject {
  return {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "MutatingWebhookConfiguration",
    metadata: { name: namespace },
    webhooks: [
      {
        name: "recorder.fairlead.dev",
        admissionReviewVersions: ["v1"],
        sideEffects: "None",
        failurePolicy: "Fail",
        clientConfig: { url, caBundle: Buffer.from(ca).toString("base64") },
        namespaceSelector: { matchLabels: { "fairlead-apply-trial": namespace } },
        rules: [{ apiGroups: [""], apiVersions: ["v1"], resources: ["services"], operations: ["UPDATE"] }],
      },
    ],
  };
}
