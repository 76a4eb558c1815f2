type Fields = Readonly<Record<string, unknown>>;

/** A Deployment for the examples; its Pods have the labels `app: NAME` and `tier: front`. */
export function deployment(name: string, ports: readonly Fields[] = [], spec: Fields = {}): Fields {
  return workload("Deployment", name, ports, spec);
}

/** The same with another kind. */
export function workload(kind: string, name: string, ports: readonly Fields[] = [], spec: Fields = {}): Fields {
  return {
    apiVersion: "apps/v1",
    kind,
    metadata: { name, namespace: "team-a" },
    spec: {
      ...spec,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name, tier: "front" } },
        spec: { containers: [{ name, ...(ports.length > 0 && { ports }) }] },
      },
    },
  };
}
