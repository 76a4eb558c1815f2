import { request } from "node:https";
import { isObject, type JsonObject, valueAt } from "#src/field/json.ts";

/** The parts of a server's answer that the tests use. */
export interface DirectAnswer {
  readonly allowed: boolean;
  readonly body: JsonObject;
}

/**
 * Sends the review of a new Service to a server directly, as the API server would.
 * @throws if there is no answer.
 */
export async function directReview(
  port: number,
  path: string,
  namespace: string,
  spec: JsonObject = { selector: { app: "web" }, ports: [{ name: "http", port: 80 }] },
): Promise<DirectAnswer> {
  const object = { apiVersion: "v1", kind: "Service", metadata: { name: "direct", namespace }, spec };
  const text = await post(port, path, {
    apiVersion: "admission.k8s.io/v1",
    kind: "AdmissionReview",
    request: {
      uid: "direct",
      kind: { group: "", version: "v1", kind: "Service" },
      resource: { group: "", version: "v1", resource: "services" },
      name: "direct",
      namespace,
      operation: "CREATE",
      userInfo: { username: "e2e" },
      object,
      oldObject: null,
    },
  });
  const body: unknown = JSON.parse(text);
  if (!isObject(body)) throw new Error(`no object came back: ${text}`);
  return { allowed: valueAt(body, ["response", "allowed"]) === true, body };
}

function post(port: number, path: string, body: JsonObject): Promise<string> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: "127.0.0.1",
        port,
        path,
        method: "POST",
        headers: { "content-type": "application/json" },
        // The issuer of the certificate is checked elsewhere.
        rejectUnauthorized: false,
        timeout: 5_000,
      },
      (answer) => {
        let text = "";
        answer.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
        answer.on("end", () => {
          resolve(text);
        });
      },
    );
    outgoing.on("timeout", () => outgoing.destroy(new Error("no answer within 5 s"))).on("error", reject);
    outgoing.end(JSON.stringify(body));
  });
}
