type Fields = Readonly<Record<string, unknown>>;

/** A Service of an example that is there already. */
export function otherService(
  name: string,
  spec: Fields,
  { namespace = "team-a", annotations }: { readonly namespace?: string; readonly annotations?: Fields } = {},
): Fields {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, namespace, ...(annotations && { annotations }) },
    spec: { ports: [{ port: 80 }], ...spec },
  };
}
