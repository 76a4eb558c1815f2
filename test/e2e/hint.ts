import type { JsonObject } from "#src/field/json.ts";
import { eventually, type Outcome } from "./process.ts";

/**
 * Waits until kubectl shows a warning of Fairlead besides the server's refusal, which shows that the webhook was
 * called. Returns the output.
 */
export async function hint(place: {
  kubectl(args: readonly string[], input?: string): Promise<Outcome>;
}): Promise<string> {
  const bad: JsonObject = {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "hinted" },
    spec: { selector: { app: "web" }, ports: [{ port: 80, targetPort: "HTTP_PORT" }] },
  };
  return eventually("a hint", async () => {
    const { code, stderr } = await place.kubectl(["create", "-f", "-"], JSON.stringify(bad));
    return code !== 0 && /^Warning: .*Fairlead/m.test(stderr) && stderr.includes("is invalid") ? stderr : undefined;
  });
}
