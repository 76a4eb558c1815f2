import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { definitionsAt } from "#src/lsp/answers/index.ts";
import { Checkout } from "#test/check/checkout.ts";
import { Estate } from "../estate.ts";

const CONTAINERS = `containers:
- name: main
  ports:
  - { name: http, containerPort: 8080 }
  - containerPort: 9090
`;

/** The text, so many blanks further in. */
function indented(text: string, by: number): string {
  return text.replaceAll(/^(?=.)/gm, " ".repeat(by));
}

function template(app: string): string {
  return `template:\n  metadata: { labels: { app: ${app} } }\n  spec:\n${indented(CONTAINERS, 4)}`;
}

function object(apiVersion: string, kind: string, name: string, spec: string): string {
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: ${name} }\nspec:\n${indented(spec, 2)}`;
}

function service(app: string): string {
  return object(
    "v1",
    "Service",
    app,
    `selector: { app: ${app} }\nports: [{ port: 80, targetPort: http, name: web }]\n`,
  );
}

/** What makes Pods, by the name in its labels. */
const WORKLOADS: Readonly<Record<string, string>> = {
  deployment: object("apps/v1", "Deployment", "d", template("deployment")),
  replicaset: object("apps/v1", "ReplicaSet", "r", template("replicaset")),
  statefulset: object("apps/v1", "StatefulSet", "s", template("statefulset")),
  daemonset: object("apps/v1", "DaemonSet", "d", template("daemonset")),
  controller: object("v1", "ReplicationController", "r", template("controller")),
  job: object("batch/v1", "Job", "j", template("job")),
  cronjob: object("batch/v1", "CronJob", "c", `jobTemplate:\n  spec:\n${indented(template("cronjob"), 4)}`),
  rollout: object("argoproj.io/v1alpha1", "Rollout", "r", template("rollout")),
  config: object("apps.openshift.io/v1", "DeploymentConfig", "d", template("config")),
  operator: object("example.com/v1", "Database", "d", template("operator")),
  pod: `apiVersion: v1\nkind: Pod\nmetadata: { name: p, labels: { app: pod } }\nspec:\n${indented(CONTAINERS, 2)}`,
};

/** What names the Service \`deployment\`, with what it names its port by. */
const REFERRERS: Readonly<Record<string, readonly [text: string, port?: string]>> = {
  ingress: [
    object(
      "networking.k8s.io/v1",
      "Ingress",
      "i",
      "defaultBackend: { service: { name: deployment, port: { number: 80 } } }\n",
    ),
    "80",
  ],
  "an older ingress": [
    object("extensions/v1beta1", "Ingress", "i", "backend: { serviceName: deployment, servicePort: web }\n"),
    "web",
  ],
  "a route of the Gateway API": [
    object(
      "gateway.networking.k8s.io/v1",
      "HTTPRoute",
      "h",
      "rules: [{ backendRefs: [{ name: deployment, port: 80 }] }]\n",
    ),
    "80",
  ],
  "a route of OpenShift": [
    object(
      "route.openshift.io/v1",
      "Route",
      "r",
      "to: { kind: Service, name: deployment }\nport: { targetPort: web }\n",
    ),
    "web",
  ],
  "a route of OpenShift to a port of the containers": [
    object(
      "route.openshift.io/v1",
      "Route",
      "r",
      "to: { kind: Service, name: deployment }\nport: { targetPort: http }\n",
    ),
    "http",
  ],
  "a StatefulSet": [object("apps/v1", "StatefulSet", "s", "serviceName: deployment\n")],
  "a route of Traefik": [
    object("traefik.io/v1alpha1", "IngressRoute", "t", "routes: [{ services: [{ name: deployment, port: 80 }] }]\n"),
    "80",
  ],
  "an Istio VirtualService": [
    object(
      "networking.istio.io/v1",
      "VirtualService",
      "v",
      "http: [{ route: [{ destination: { host: deployment, port: { number: 80 } } }] }]\n",
    ),
    "80",
  ],
  "an Istio DestinationRule": [object("networking.istio.io/v1", "DestinationRule", "d", "host: deployment\n")],
  "an API service": [
    object(
      "apiregistration.k8s.io/v1",
      "APIService",
      "a",
      "service: { namespace: default, name: deployment, port: 80 }\n",
    ),
    "80",
  ],
};

const checkout = new Checkout();
let estate: Estate;
beforeAll(() => {
  for (const [app, text] of Object.entries(WORKLOADS)) {
    checkout.write(`workloads/${app}.yaml`, text);
    checkout.write(`services/${app}.yaml`, service(app));
  }
  estate = new Estate(checkout);
});
afterAll(() => {
  estate.end();
  checkout.remove();
});

/** The lines that what is named in an open file, behind some text of it, leads to. */
async function definitions(name: string, behind: string): Promise<readonly string[]> {
  const analysed = await estate.analysed(name);
  if (analysed === undefined) return [];
  const { document } = analysed;
  const position = document.positionAt(document.getText().indexOf(behind) + behind.length);
  const found = await definitionsAt(analysed, position, estate.openDocument);
  return found.map(({ uri, range: { start } }) => {
    const file = decodeURIComponent(uri).split("/").slice(-2).join("/");
    const text = WORKLOADS[file.replace(/^workloads\/|\.yaml$/g, "")] ?? service("deployment");
    return `${file}: ${(text.split("\n")[start.line] ?? "").slice(start.character)}`;
  });
}

test.each(Object.keys(WORKLOADS))("a Service leads to what makes its Pods, and to their ports: %s", async (app) => {
  const [file, workload] = [`services/${app}.yaml`, `workloads/${app}.yaml`];
  estate.open(file);
  expect(await definitions(file, "targetPort: ")).toEqual([`${workload}: http, containerPort: 8080 }`]);
  expect(await definitions(file, "selector: {")).toEqual([expect.stringMatching(new RegExp(`^${workload}: \\w`))]);
  for (const [port, found] of [
    ["9090", "9090"],
    // No container has it: it leads to what makes the Pods.
    ["other", expect.any(String)],
  ]) {
    estate.open(file, service(app).replace("http", String(port)));
    expect(await definitions(file, "targetPort: ")).toEqual([found === "9090" ? `${workload}: 9090` : found]);
  }
  estate.close(file);
});

test.each(Object.entries(REFERRERS))(
  "a backend leads to its Service, and to the port of it: %s",
  async (_what, [text, port]) => {
    estate.open("referrer.yaml", text);
    expect(await definitions("referrer.yaml", "deploymen")).toEqual([
      expect.stringMatching(/^services\/deployment.yaml: deployment/),
    ]);
    if (port !== undefined) {
      const [before] = text.split(new RegExp(`(?<=: )${port}`));
      const name = { "80": "port: 80", web: "name: web", http: "targetPort: http" }[port]?.split(": ")[1] ?? "";
      expect(await definitions("referrer.yaml", before ?? "")).toEqual([
        expect.stringMatching(new RegExp(`^services/deployment.yaml: ${name}[ ,]`)),
      ]);
    }
    estate.close("referrer.yaml");
  },
);

test("a selector of a ServiceMonitor leads to the Services, and its port to theirs; what names nothing leads nowhere", async () => {
  checkout.write(
    "services/labelled.yaml",
    service("labelled").replace("name: labelled }", "name: labelled, labels: { a: b } }"),
  );
  estate.projects.fileChanged(`${checkout.folder}/services/labelled.yaml`, "existence");
  const monitor = "selector: { matchLabels: { a: b } }\nendpoints: [{ port: web }]\n";
  estate.open("monitor.yaml", object("monitoring.coreos.com/v1", "ServiceMonitor", "m", monitor));
  await estate.eventually(async () => (await definitions("monitor.yaml", "selector: {")).length > 0);
  for (const behind of ["selector: {", "port: "])
    expect(await definitions("monitor.yaml", behind)).toEqual([expect.stringMatching(/^services\/labelled.yaml: /)]);
  for (const nowhere of ["kind: ", "apiVersion: ", "endpoints"])
    expect(await definitions("monitor.yaml", nowhere)).toEqual([]);
});
