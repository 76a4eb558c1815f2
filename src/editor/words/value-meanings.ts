/** What each value of an enumerated field means. Source: the API reference of Kubernetes and its pages on Services. */
export const VALUE_MEANINGS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "spec.type": {
    ClusterIP: "A virtual address that can be reached from inside the cluster only.",
    NodePort: "Like ClusterIP, and a port on every node as well.",
    LoadBalancer: "Like NodePort, and a load balancer of the cloud or of a controller as well.",
    ExternalName: "A DNS alias: no address, no ports, no Pods.",
  },
  "spec.ports[].protocol": {
    TCP: "The Transmission Control Protocol.",
    UDP: "The User Datagram Protocol: DNS, QUIC.",
    SCTP: "The Stream Control Transmission Protocol; not every network plugin and load balancer has it.",
  },
  "spec.ports[].appProtocol": {
    "kubernetes.io/h2c": "HTTP/2 without TLS.",
    "kubernetes.io/ws": "WebSocket without TLS.",
    "kubernetes.io/wss": "WebSocket over TLS.",
  },
  "spec.clusterIP": { None: "Headless: no virtual address, DNS answers with the addresses of the Pods." },
  "spec.sessionAffinity": {
    None: "Each connection goes to any Pod.",
    ClientIP: "All connections of a client address go to the same Pod.",
  },
  "spec.externalTrafficPolicy": {
    Cluster: "Traffic from outside is spread over all endpoints; the client's address is hidden.",
    Local:
      "Traffic from outside stays on the node that it reaches and keeps the client's address; nodes without an endpoint drop it.",
  },
  "spec.internalTrafficPolicy": {
    Cluster: "Traffic from inside the cluster goes to any endpoint.",
    Local: "Traffic from inside the cluster goes to endpoints of the same node only; without any, it is dropped.",
  },
  "spec.trafficDistribution": {
    PreferClose: "Endpoints in the client's zone are preferred. The older name of PreferSameZone.",
    PreferSameZone: "Endpoints in the client's zone are preferred.",
    PreferSameNode: "Endpoints on the client's node are preferred, then those in its zone.",
  },
  "spec.ipFamilies": { IPv4: "An address of IPv4.", IPv6: "An address of IPv6." },
  "spec.ipFamilyPolicy": {
    SingleStack: "One address.",
    PreferDualStack: "Addresses of both families where the cluster has both, otherwise one.",
    RequireDualStack: "Addresses of both families; refused by a cluster that has only one.",
  },
  "status.loadBalancer.ingress[].ipMode": {
    VIP: "Packets arrive at the node with the load balancer's address as their destination.",
    Proxy: "The load balancer ends the connection and opens one of its own to the node or the Pod.",
  },
};

/** Labels that programs and people share, with what they mean. Source: "Recommended Labels" of the Kubernetes documentation. */
export const COMMON_LABELS: Readonly<Record<string, string>> = {
  "app.kubernetes.io/name": "The name of the application.",
  "app.kubernetes.io/instance": "The name of this instance of the application.",
  "app.kubernetes.io/version": "The version of the application.",
  "app.kubernetes.io/component": "The part of the application: database, frontend.",
  "app.kubernetes.io/part-of": "The larger application that this one belongs to.",
  "app.kubernetes.io/managed-by": "The tool that manages the application.",
};
