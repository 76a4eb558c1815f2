/** A Service as an API server stores it, with these parts of spec and metadata. */
export function storedService(
  namespace: string,
  name: string,
  spec: object,
  metadata: object = {},
): Record<string, unknown> {
  return {
    metadata: { namespace, name, resourceVersion: "7", ...metadata },
    spec: {
      type: "ClusterIP",
      clusterIP: "10.96.0.5",
      clusterIPs: ["10.96.0.5"],
      ipFamilies: ["IPv4"],
      ipFamilyPolicy: "SingleStack",
      internalTrafficPolicy: "Cluster",
      sessionAffinity: "None",
      ports: [{ port: 80, targetPort: 80, protocol: "TCP" }],
      ...spec,
    },
    status: { loadBalancer: {} },
  };
}
