import { getIfPresent, objectsAt, textAt } from "#src/cluster/api/kubernetes-api.ts";
import { POLICIES_PATH } from "#src/cluster/policies/status.ts";
import type { JsonObject } from "#src/field/json.ts";
import type { Cluster } from "../cluster.ts";
import { noneFailed, underLoad } from "../load.ts";
import { create, namespaces } from "../namespaces.ts";
import { eventually } from "../process.ts";
import { must, notRun, type Proof, type Proofs } from "../proof.ts";
import { FAIL, NAME, type Release, withRelease } from "../release.ts";

/** The first API server with matchConditions. */
const MATCH_CONDITIONS = 28;
const POLICIES = ["--set", "policies.enabled={baseline}"];

/** What the chart promises from its installation with policies to its end, in a cluster with all its controllers. */
export function lifecycle(cluster: Cluster): Promise<readonly Proof[]> {
  return withRelease(cluster, "policies, selectors, deleted namespaces and uninstalling in a whole cluster", prove);
}

async function prove(release: Release, proofs: Proofs): Promise<void> {
  const before = await untouched(release);
  await proofs.prove("helm install with ready-made policies, and failurePolicy Fail, has them in force", async () => {
    const { code, stderr } = await release.install([...POLICIES, ...FAIL, "--timeout", "90s"]);
    must(code === 0, `${stderr}\n${await release.explanation()}`);
    const label = await release.labelAsTheNotesSay();
    await release.settled(2);
    return `${await inForce(release, "baseline")}; ${await denied(release)}${label}`;
  });
  await selectors(release, proofs);
  await namespaces(release, proofs);
  await proofs.prove(
    "default/kubernetes and the Services of kube-system are as they were before the installation",
    async () => {
      const after = await untouched(release);
      must(before === after, `before ${before}, after ${after}`);
      return after;
    },
  );
  await uninstalling(release, proofs);
}

/** The Services that belong to the cluster itself, without what they do not have in common at two times. */
async function untouched(release: Release): Promise<string> {
  const paths = [
    "/api/v1/namespaces/default/services?fieldSelector=metadata.name%3Dkubernetes",
    "/api/v1/namespaces/kube-system/services",
  ];
  const lists = await Promise.all(paths.map((path) => release.cluster.api.get(path)));
  const services = lists.flatMap((list) => objectsAt(list, "items"));
  return services
    .map(
      (service) =>
        `${textAt(service, "metadata", "name") ?? ""} at ${textAt(service, "metadata", "resourceVersion") ?? ""}`,
    )
    .join(", ");
}

async function inForce(release: Release, policy: string): Promise<string> {
  return eventually(`${policy} is in force`, async () => {
    const found = await getIfPresent(release.cluster.api, `${POLICIES_PATH}/${policy}`);
    const [condition] = objectsAt(found, "status", "conditions");
    return condition?.status === "True" ? `${policy}: ${textAt(condition, "message") ?? "in force"}` : undefined;
  });
}

/** What the set `baseline` forbids. Returns the refusal. */
function denied(release: Release): Promise<string> {
  const spec = { externalIPs: ["203.0.113.7"], ports: [{ name: "http", port: 80 }] };
  return eventually("a denial", async () => {
    const { code, stderr } = await create(release, { spec });
    return code !== 0 && stderr.includes("(Fairlead: external-ips") ? stderr.trim() : undefined;
  });
}

/** Something that the API server refuses, and for which Fairlead has a hint. */
const WRONG = { ports: [{ port: 80, targetPort: "HTTP_PORT" }] };

async function selectors(release: Release, proofs: Proofs): Promise<void> {
  const isAsked = async (metadata: JsonObject): Promise<boolean> =>
    (await create(release, { metadata, spec: WRONG })).stderr.includes("Fairlead");
  const only = async (asked: JsonObject, spared: JsonObject): Promise<string> => {
    await eventually("only one is asked about", async () =>
      (await isAsked(asked)) && !(await isAsked(spared)) ? true : undefined,
    );
    return `asked about ${JSON.stringify(asked)}, not about ${JSON.stringify(spared)}`;
  };
  await proofs.prove("with objectSelector the API server asks only about the Services that it selects", async () => {
    const flags = ["--set", "webhook.objectSelector.matchLabels.checked=yes"];
    const { code, stderr } = await release.upgrade([...POLICIES, ...FAIL, ...flags]);
    must(code === 0, stderr);
    return only({ labels: { checked: "yes" } }, { labels: { checked: "no" } });
  });
  const conditions = "with matchConditions the API server asks only about the requests that they match";
  if (Number(release.cluster.version.split(".")[1]) < MATCH_CONDITIONS)
    proofs.all.push(notRun(conditions, `Kubernetes ${release.cluster.version} has no matchConditions`));
  else
    await proofs.prove(conditions, async () => {
      const condition = [{ name: "not-spared", expression: "!object.metadata.name.startsWith('spared')" }];
      const flags = ["--reset-values", "--set-json", `webhook.matchConditions=${JSON.stringify(condition)}`];
      const { code, stderr } = await release.upgrade([...flags, ...POLICIES, ...FAIL]);
      must(code === 0, stderr);
      return only({ name: "asked" }, { name: "spared-one" });
    });
  await release.upgrade(["--reset-values", ...POLICIES, ...FAIL]);
}

async function uninstalling(release: Release, proofs: Proofs): Promise<void> {
  const { cluster } = release;
  await proofs.prove("helm uninstall loses no write, though Fail", async () => {
    const load = await underLoad(release, async () => {
      const { code, stderr } = await release.uninstall();
      must(code === 0, stderr);
    });
    return noneFailed(load);
  });
  await proofs.prove(
    "nothing is left that blocks: no webhook, no object of the release but the definition that is kept",
    async () => {
      const selector = `app.kubernetes.io/instance=${NAME}`;
      const kinds =
        "mutatingwebhookconfigurations,validatingwebhookconfigurations,clusterroles,clusterrolebindings,roles,rolebindings,crds,all,configmaps,secrets,leases";
      // Pods take their time to end.
      const left = await eventually("only the definition is left", async () => {
        const { stdout } = await cluster.kubectl(["get", kinds, "-A", "-l", selector, "-o", "name"]);
        const names = stdout.split("\n").filter((line) => line !== "");
        return names.length === 1 && names[0]?.includes("servicepolicies.fairlead.dev") === true ? names : undefined;
      });
      return `left: ${left.join(", ")}`;
    },
  );
  await proofs.prove("its namespace, the policies and their definition are deleted without a wait", async () => {
    const begun = Date.now();
    for (const what of [
      ["namespace", NAME],
      ["crd", "servicepolicies.fairlead.dev"],
    ]) {
      const { code, stderr } = await cluster.kubectl(["delete", ...what, "--timeout=60s"]);
      must(code === 0, stderr);
    }
    return `gone after ${((Date.now() - begun) / 1000).toFixed(1)} s`;
  });
  await proofs.prove("after it, Services are written as if Fairlead had never been there", async () => {
    const { code, stderr, stdout } = await create(release, { spec: { ports: [{ name: "http", port: 80 }] } });
    must(code === 0, stderr);
    const bad = await create(release, { spec: WRONG });
    must(bad.code !== 0 && !bad.stderr.includes("Fairlead"), bad.stderr);
    return `${stdout.trim()}; the server's refusal without a hint: ${bad.stderr.trim()}`;
  });
}
