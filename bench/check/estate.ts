/** An estate of generated manifests: every Service is different, and one in a hundred has a mistake. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const FILES_IN_FOLDER = 500;
const MISTAKE_IN = 100;

/** Writes this many Services below the folder, one per file; returns them as one multi-document text. */
export function writeEstate(folder: string, services: number): string {
  const texts = Array.from({ length: services }, (_, number) => manifest(number));
  for (const [number, text] of texts.entries()) {
    const team = join(folder, `team-${Math.floor(number / FILES_IN_FOLDER)}`);
    if (number % FILES_IN_FOLDER === 0) mkdirSync(team, { recursive: true });
    writeFileSync(join(team, `service-${number}.yaml`), text);
  }
  return texts.join("---\n");
}

function manifest(number: number): string {
  return `apiVersion: v1
kind: Service
metadata:
  name: app-${number}
  namespace: team-${Math.floor(number / FILES_IN_FOLDER)}
  labels:
    app.kubernetes.io/name: app-${number}
    app.kubernetes.io/part-of: shop
  annotations:
    prometheus.io/scrape: "true"
spec:
  type: ${number % 10 === 0 ? "LoadBalancer" : "ClusterIP"}
  selector:
    app.kubernetes.io/name: app-${number}
  ports:
    - name: http
      port: ${number % MISTAKE_IN === 0 ? 70000 : 80 + (number % 1000)}
      targetPort: http
      protocol: TCP
    - name: metrics
      port: 9090
      targetPort: 9090
`;
}
