// What `helm test` runs: asks the API server for two Services, as dry runs, and looks for Fairlead in its answers.
// The environment says where the server is and, for a run outside a Pod, where the credentials are.
import { readFile } from "node:fs/promises";
import { request } from "node:https";

const {
  KUBERNETES_SERVICE_HOST: hostname,
  KUBERNETES_SERVICE_PORT: port = "443",
  CREDENTIALS = "/var/run/secrets/kubernetes.io/serviceaccount",
  TEST_NAMESPACE: namespace = "default",
  TEST_SECONDS: seconds = "60",
} = process.env;

const service = (port) => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { generateName: "fairlead-test-" },
  spec: { selector: { app: "fairlead-test" }, ports: [{ name: "http", port: 80, ...port }] },
});

const checks = [
  {
    what: "a sound Service is admitted",
    given: service({}),
    fails: ({ status, body }) => (status === 201 ? undefined : `the API server said ${status}: ${body}`),
  },
  {
    what: "a Service that the API server refuses gets a hint from Fairlead",
    given: service({ nodePort: 30080 }),
    fails: ({ status, warnings }) => {
      if (status !== 422) return `the API server said ${status} and not 422`;
      return /fairlead/i.test(warnings)
        ? undefined
        : "no warning of Fairlead's came with the answer: it was not asked, or not reached";
    },
  },
];

const ca = await readFile(`${CREDENTIALS}/ca.crt`);
const token = (await readFile(`${CREDENTIALS}/token`, "utf8")).trim();
const deadline = Date.now() + Number(seconds) * 1000;

for (const check of checks) {
  // Right after an installation the replicas may still be on their way.
  let failure = await attempt(check);
  while (failure !== undefined && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    failure = await attempt(check);
  }
  console.log(failure === undefined ? `ok: ${check.what}` : `FAILED: ${check.what}: ${failure}`);
  if (failure !== undefined) process.exitCode = 1;
}

async function attempt(check) {
  try {
    return check.fails(await post(check.given));
  } catch (error) {
    return `the API server was not reached: ${error.message}`;
  }
}

function post(object) {
  const path = `/api/v1/namespaces/${namespace}/services?dryRun=All`;
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, path, method: "POST", headers, ca, timeout: 10_000 }, (answer) => {
      const chunks = [];
      answer.on("data", (chunk) => chunks.push(chunk));
      answer.on("end", () => {
        const body = Buffer.concat(chunks).toString();
        resolve({ status: answer.statusCode, body, warnings: answer.headers.warning ?? "" });
      });
      answer.on("error", reject);
    });
    asked.on("timeout", () => asked.destroy(new Error("no answer within 10 seconds")));
    asked.on("error", reject);
    asked.end(JSON.stringify(object));
  });
}
